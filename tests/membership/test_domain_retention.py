"""What must not be kept any longer goes, with everything that belongs to it."""

from datetime import timedelta

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from membership.domain import erase_application, open_vote
from membership.domain.vote import close_due_votes
from membership.mail_kinds import REJECTED
from membership.models import Application, ApplicationText, CoSignature, Letter, SepaMandate
from portal.mailing.models import QueuedMail
from portal.mailing.registry import kinds_about_nothing
from portal.privacy import audit
from portal.privacy.models import AuditEntry, RetentionPeriod
from portal.privacy.retention import apply_rule, rule_named
from tests.factories.decisions import board, ready, reject
from tests.factories.membership import GROUP, create_application, create_user, make_mandate

pytestmark = pytest.mark.django_db
UNCONFIRMED, CLOSED = "unconfirmed_applications", "closed_applications"


def lines() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", "subject_reference"))


def create_rejected() -> Application:
    application = create_application(GROUP, payment_way="direct_debit", mandate=make_mandate())
    return reject(application)


def test_unconfirmed_goes_after_fourteen_days() -> None:
    old = create_application(GROUP, confirmed=False, payment_way="direct_debit", mandate=make_mandate())
    confirmed = create_application(GROUP)
    due = old.submitted_at + timedelta(days=14)
    assert apply_rule(rule_named(UNCONFIRMED), due - timedelta(seconds=1)) == 0
    assert apply_rule(rule_named(UNCONFIRMED), due) == 1
    assert list(Application.objects.all()) == [confirmed]
    assert SepaMandate.objects.count() == 0
    assert {row.application for row in CoSignature.objects.all()} == {confirmed}
    assert {row.application for row in ApplicationText.objects.all()} == {confirmed}


def test_its_mails_and_notes_go_and_a_line_stays() -> None:
    application = create_application(confirmed=False)
    key, reference = application.pk, application.reference
    apply_rule(rule_named(UNCONFIRMED), application.submitted_at + timedelta(days=15))
    assert QueuedMail.objects.filter(object_id=key).count() == 0
    assert lines() == [("unconfirmed_deleted", reference)]
    assert AuditEntry.objects.get().details == {}


def test_a_second_run_finds_nothing() -> None:
    application = create_application(confirmed=False)
    later = application.submitted_at + timedelta(days=15)
    rule = rule_named(UNCONFIRMED)
    assert [apply_rule(rule, later), apply_rule(rule, later)] == [1, 0]


def test_the_association_sets_the_period() -> None:
    RetentionPeriod.objects.create(rule=UNCONFIRMED, number=3)
    application = create_application(confirmed=False)
    assert apply_rule(rule_named(UNCONFIRMED), application.submitted_at + timedelta(days=3)) == 1


def test_what_was_confirmed_in_between_stays() -> None:
    application = create_application()
    later = application.submitted_at + timedelta(days=400)
    assert rule_named(UNCONFIRMED).remove(application.pk, later) is False
    assert Application.objects.count() == 1


def test_a_rejected_application_goes_six_months_after_the_notice() -> None:
    rejected = create_rejected()
    reference, rule = rejected.reference, rule_named(CLOSED)
    sent_at = rejected.decision_recorded_at + timedelta(days=20)
    over = rule.default.after(sent_at)
    assert apply_rule(rule, over) == 0
    QueuedMail.objects.filter(kind=REJECTED).update(state="sent", sent_at=sent_at)
    assert apply_rule(rule, over - timedelta(days=1)) == 0
    assert apply_rule(rule, over) == 1
    assert (Application.objects.count(), SepaMandate.objects.count(), CoSignature.objects.count()) == (0, 0, 0)
    assert QueuedMail.objects.count() == 0
    assert lines() == [("closed_deleted", reference)]


def test_a_letter_counts_from_the_day_it_was_posted() -> None:
    rejected, rule = reject(create_application(email="")), rule_named(CLOSED)
    posted_on = timezone.localdate() + timedelta(days=20)
    over = rule.default.after(rejected.decision_recorded_at + timedelta(days=21))
    assert apply_rule(rule, over) == 0
    Letter.objects.filter(kind=REJECTED).update(sent_on=posted_on)
    assert apply_rule(rule, over - timedelta(days=3)) == 0
    assert apply_rule(rule, over) == 1


def test_an_open_application_stays_however_old() -> None:
    application = create_application()
    assert apply_rule(rule_named(CLOSED), application.submitted_at + timedelta(days=4000)) == 0


def test_addresses_of_cosignatories_go_thirty_days_after_the_decision() -> None:
    rejected = create_rejected()
    CoSignature.objects.update(email="anna@example.org")
    rule = rule_named("cosignatory_emails")
    due = rejected.decision_recorded_at + timedelta(days=30)
    assert apply_rule(rule, due - timedelta(seconds=1)) == 0
    assert apply_rule(rule, due) == CoSignature.objects.count()
    assert set(CoSignature.objects.values_list("name", "email")) == {(f"Person {row}", "") for row in range(1, 6)}


def test_erasing_leaves_one_line_with_the_reference() -> None:
    application = create_application(GROUP, payment_way="direct_debit", mandate=make_mandate())
    other = create_application()
    office = create_user()
    reference = application.reference
    audit.record(application.cosignatures.first(), "signature_recorded", name="Anna Eins")
    erase_application(application, erased_by=office)
    assert list(Application.objects.all()) == [other]
    entries = AuditEntry.objects.exclude(subject_reference=other.reference)
    assert [(entry.action, entry.subject_reference, entry.actor, entry.details) for entry in entries] == [
        ("application_erased", reference, office, {})
    ]
    assert set(QueuedMail.objects.values_list("object_id", flat=True)) == {other.pk}


def test_erasing_breaks_an_open_vote_off() -> None:
    application, (member,) = ready(), board(1)
    decision = open_vote(application, opened_by=member, closes_on=timezone.localdate())
    erase_application(application, erased_by=create_user())
    decision.refresh_from_db()
    assert (decision.state, decision.application, decision.closed_at is None) == ("cancelled", None, False)
    assert close_due_votes() == 0


def test_erasing_twice_is_refused_by_the_database_row() -> None:
    application = create_application()
    copy = Application.objects.get()
    erase_application(application, erased_by=create_user())
    with pytest.raises(Application.DoesNotExist):
        erase_application(copy, erased_by=create_user("zwei@example.org"))


def test_what_is_protected_cannot_be_erased_half() -> None:
    application = create_application()
    count = AuditEntry.objects.count()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Application, "delete", _refuse)
        with pytest.raises(ProtectedError):
            erase_application(application, erased_by=create_user())
    assert (Application.objects.count(), AuditEntry.objects.count()) == (1, count)


def _refuse(self: Application) -> None:
    raise ProtectedError("Beispiel", set())


def test_every_kind_of_mail_says_what_it_is_about() -> None:
    assert kinds_about_nothing() == []
