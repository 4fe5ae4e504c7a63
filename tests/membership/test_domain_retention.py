"""What must not be kept any longer goes, with everything that belongs to it."""

from datetime import datetime, time, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db.models import ProtectedError
from django.utils import timezone

from membership.domain import erase_application, open_vote, record_posted, withdraw_application
from membership.domain.vote import close_due_votes
from membership.mail_kinds import REJECTED
from membership.models import Application, ApplicationText, CoSignature, Letter, SepaMandate
from portal.mailing.models import QueuedMail
from portal.mailing.registry import kinds_about_nothing
from portal.mailing.worker import Worker
from portal.privacy import audit
from portal.privacy.models import AuditEntry, RetentionPeriod
from portal.privacy.retention import apply_rule, rule_named
from tests.factories.decisions import accept, board, ready, reject
from tests.factories.membership import GROUP, create_application, create_user, make_mandate

pytestmark = pytest.mark.django_db
UNCONFIRMED, CLOSED = "unconfirmed_applications", "closed_applications"


def lines() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", "subject_reference"))


def create_rejected() -> Application:
    application = create_application(GROUP, payment_way="direct_debit", mandate=make_mandate())
    return reject(application)


def send_everything(moment: datetime) -> None:
    """Let the worker send at ``moment`` whatever is due then."""
    with time_machine.travel(moment, tick=False):
        Worker().send_due_mails()


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
    send_everything(sent_at)
    assert apply_rule(rule, over - timedelta(seconds=1)) == 0
    assert apply_rule(rule, over) == 1
    assert (Application.objects.count(), SepaMandate.objects.count(), CoSignature.objects.count()) == (0, 0, 0)
    assert QueuedMail.objects.count() == 0
    assert lines() == [("closed_deleted", reference)]


def test_a_letter_counts_from_the_day_it_was_posted() -> None:
    rejected, rule = reject(create_application(email="")), rule_named(CLOSED)
    later = rejected.decision_recorded_at + timedelta(days=20)
    posted_on = timezone.localdate(later)
    over = rule.default.after(timezone.make_aware(datetime.combine(posted_on, time.min)))
    with time_machine.travel(later, tick=False):
        record_posted(Letter.objects.get(kind=REJECTED), sent_on=posted_on, sent_by=create_user())
    assert apply_rule(rule, over - timedelta(seconds=1)) == 0
    assert apply_rule(rule, over) == 1


def test_a_letter_that_nobody_posts_does_not_keep_the_application_for_ever() -> None:
    rejected, rule = reject(create_application(email="")), rule_named(CLOSED)
    over = rule.default.after(rejected.decision_recorded_at)
    assert apply_rule(rule, over - timedelta(seconds=1)) == 0
    assert apply_rule(rule, over) == 1
    assert (Application.objects.count(), Letter.objects.count()) == (0, 0)


@pytest.mark.parametrize(("state", "deleted"), [("queued", 0), ("sending", 0), ("retry", 0), ("failed", 1)])
def test_a_notice_given_up_after_the_last_attempt_does_not_keep_it_either(state: str, deleted: int) -> None:
    rejected, rule = create_rejected(), rule_named(CLOSED)
    QueuedMail.objects.filter(kind=REJECTED).update(state=state)
    over = rule.default.after(rejected.decision_recorded_at)
    assert apply_rule(rule, over - timedelta(seconds=1)) == 0
    assert apply_rule(rule, over) == deleted
    assert Application.objects.count() == 1 - deleted


def test_the_notice_counts_when_the_queue_has_forgotten_it() -> None:
    """Its lines go after ninety days, long before the six months are over."""
    rule = rule_named(CLOSED)
    ended = [withdraw_application(create_application()), create_rejected(), accept(create_application())]
    sent_at = timezone.now() + timedelta(days=20)
    send_everything(sent_at)
    QueuedMail.objects.all().delete()
    told = Application.objects.filter(pk__in=[each.pk for each in ended])
    assert set(told.values_list("told_at", flat=True)) == {sent_at}
    over = rule.default.after(sent_at)
    assert apply_rule(rule, over - timedelta(seconds=1)) == 0
    assert apply_rule(rule, over) == 2


def test_where_nobody_can_be_told_the_end_counts() -> None:
    rejected, rule = create_rejected(), rule_named(CLOSED)
    QueuedMail.objects.filter(kind=REJECTED).update(state="cancelled")
    over = rule.default.after(rejected.decision_recorded_at)
    assert apply_rule(rule, over - timedelta(seconds=1)) == 0
    assert apply_rule(rule, over) == 1


def test_another_message_is_no_notice_of_the_end() -> None:
    rejected = create_rejected()
    waiting = QueuedMail.objects.filter(kind=REJECTED, object_id=rejected.pk)
    waiting.update(next_attempt_at=timezone.now() + timedelta(days=99))
    send_everything(timezone.now() + timedelta(days=20))
    assert Application.objects.get().told_at is None


def test_what_was_told_before_the_column_came_is_filled_in() -> None:
    mailed, posted, silent = create_rejected(), reject(create_application(email="")), create_rejected()
    sent_at, day = timezone.now(), timezone.localdate()
    QueuedMail.objects.filter(kind=REJECTED, object_id=mailed.pk).update(state="sent", sent_at=sent_at)
    Letter.objects.filter(application=posted, kind=REJECTED).update(sent_on=day)
    import_module("membership.migrations.0012_told_at").fill(apps, None)
    told = dict(Application.objects.values_list("pk", "told_at"))
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    assert told == {mailed.pk: sent_at, posted.pk: midnight, silent.pk: None}


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
