"""The office puts another mail address in the place of a confirmed one."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from membership import links, mail_kinds, mails
from membership.domain import change_email, create_draft, mark_ready, withdraw_application
from membership.domain.errors import ApplicationError, NotOpen, SameAddress
from membership.history import mails_of
from membership.models import Application, ApplicationDraft, FormerAddress, Letter
from membership.stored import stored_rows
from portal.accounts.models import User
from portal.association.enums import ApplicantKind, MembershipType
from portal.mailing.links import UnknownLink
from portal.mailing.models import QueuedMail
from portal.mailing.worker import Worker
from portal.privacy import audit
from portal.privacy.retention import apply_rule, rule_named
from tests.factories.decisions import accept, complete, office, ready, reject
from tests.factories.membership import EMAIL, create_application, create_user
from tests.portal.parallel import at_once

pytestmark = pytest.mark.django_db
NEW = "neu@example.org"
PURPOSES = (links.STATUS, links.CONFIRMATION, links.RECEIPT)


def change(application: Application, email: str = NEW) -> Application:
    return change_email(application, email=email, changed_by=office())


def waiting(kind: str) -> int:
    return QueuedMail.objects.filter(kind=kind, state="queued").count()


def test_the_address_is_another_and_every_link_is_void() -> None:
    application = create_application()
    tokens = {purpose: links.token(application, purpose) for purpose in PURPOSES}
    changed = change(application)
    assert Application.objects.get().email == changed.email == NEW
    for purpose, token in tokens.items():
        with pytest.raises(UnknownLink):
            links.application_for(purpose, token)
    assert links.application_for(links.STATUS, links.token(changed, links.STATUS)) == application


def test_a_correction_begun_at_the_former_link_is_deleted() -> None:
    application = create_application()
    kind, membership_type = ApplicantKind.NATURAL_PERSON, MembershipType.REGULAR
    create_draft(kind=kind, membership_type=membership_type, application=application)
    other = create_draft(kind=kind, membership_type=membership_type)
    change(application)
    assert list(ApplicationDraft.objects.all()) == [other]


def test_the_new_link_goes_to_the_new_address_and_a_notice_without_content_to_the_former() -> None:
    application = create_application()
    Worker().send_due_mails()
    mail.outbox.clear()
    changed = change(application)
    Worker().send_due_mails()
    told = {message.to[0]: message for message in mail.outbox}
    assert sorted(told) == [EMAIL, NEW]
    assert links.url(changed, links.STATUS) in str(told[NEW].body).split()
    assert told[NEW].subject == f"Neue E-Mail-Adresse zu Ihrem Aufnahmeantrag {application.reference}"
    notice = told[EMAIL]
    assert notice.subject == "Eine E-Mail-Adresse wurde geändert"
    whole = f"{notice.subject} {notice.body} {notice.alternatives[0][0]}"
    secrets = (application.reference, "Mara", "Muster", NEW, "/mitglied-werden/", "Aufnahmeantrag")
    assert [word for word in secrets if word in whole] == []
    kinds = ("Hinweis an die bisherige E-Mail-Adresse", "Neuer Link an die neue E-Mail-Adresse")
    assert [line.what for line in mails_of(changed) if line.what in kinds] == list(kinds)


def test_the_log_says_that_and_who_and_no_address() -> None:
    application = create_application()
    change(application)
    entry = audit.entries_of(application).last()
    assert (entry.action, entry.actor, entry.details) == ("email_changed", office(), {})


def test_what_waits_goes_to_the_new_address() -> None:
    application = create_application()
    assert waiting(mail_kinds.RECEIVED) == 1
    change(application)
    (message,) = mails.received(application.pk)
    assert message.to == [NEW]


def test_changed_twice_only_the_last_link_is_sent_and_each_former_address_is_told() -> None:
    application = create_application()
    change(application)
    change(application, "neuer@example.org")
    assert waiting(mail_kinds.EMAIL_CHANGED) == 1
    assert waiting(mail_kinds.FORMER_ADDRESS) == 2
    assert list(FormerAddress.objects.order_by("pk").values_list("email", flat=True)) == [EMAIL, NEW]


def test_who_had_no_address_gets_by_mail_what_was_to_go_by_post() -> None:
    with time_machine.travel(dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC), tick=False):
        application = reject(create_application(email=""))
        letter = Letter.objects.get(kind=mail_kinds.REJECTED)
        change(application)
        letter.refresh_from_db()
        assert letter.cancelled_at == timezone.now()
        queued = QueuedMail.objects.get(kind=mail_kinds.REJECTED)
        assert queued.next_attempt_at == letter.not_before == timezone.now() + dt.timedelta(minutes=10)
    assert FormerAddress.objects.count() == 0
    assert waiting(mail_kinds.FORMER_ADDRESS) == 0


@pytest.mark.parametrize(
    "prepare",
    [
        lambda: create_application(),
        lambda: ready(),
        lambda: accept(create_application()),
        lambda: reject(create_application()),
        lambda: withdraw_application(create_application()),
    ],
    ids=["confirmed", "ready", "accepted", "rejected", "withdrawn"],
)
def test_in_every_state_the_office_sees_and_nothing_else_changes(prepare: Any) -> None:
    application = prepare()
    kept = ("state", "content_hash", "edition", "answers", "clock_started_at", "decided_on", "decision_recorded_at")
    before = Application.objects.values(*kept).get()
    change(application)
    assert Application.objects.values(*kept).get() == before
    assert Application.objects.get().email == NEW


def test_a_ready_application_stays_ready() -> None:
    application = mark_ready(complete(create_application()), marked_by=office())
    assert change(application).state == "ready"


def test_an_unconfirmed_address_is_not_the_offices_to_change() -> None:
    application = create_application(confirmed=False)
    with pytest.raises(NotOpen):
        change(application)
    assert Application.objects.get().email == EMAIL
    assert FormerAddress.objects.count() == 0


@pytest.mark.parametrize("email", [EMAIL, EMAIL.upper()])
def test_the_same_address_is_no_change(email: str) -> None:
    application = create_application()
    with pytest.raises(SameAddress):
        change(application, email)
    stored = Application.objects.get()
    assert (stored.email, stored.status_generation) == (EMAIL, application.status_generation)
    assert waiting(mail_kinds.EMAIL_CHANGED) == 0


def test_the_former_address_is_handed_out_and_goes_after_fourteen_days() -> None:
    changed = change(create_application())
    (row,) = [each for each in stored_rows(changed) if each.model == "formeraddress"]
    assert {field.name: field.value for field in row.fields}["email"] == EMAIL
    rule, over = rule_named("former_addresses"), FormerAddress.objects.get().replaced_at + dt.timedelta(days=14)
    assert apply_rule(rule, over - dt.timedelta(seconds=1)) == 0
    assert apply_rule(rule, over) == 1
    assert FormerAddress.objects.count() == 0
    assert QueuedMail.objects.filter(kind=mail_kinds.FORMER_ADDRESS).count() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_is_changed_once() -> None:
    application, person = create_application(), create_user()
    results = at_once(4, lambda number: _changed(application, NEW, person))
    assert sorted(results) == ["SameAddress"] * 3 + ["done"]
    stored = Application.objects.get()
    assert (stored.email, stored.status_generation) == (NEW, application.status_generation + 1)
    assert (FormerAddress.objects.count(), waiting(mail_kinds.EMAIL_CHANGED)) == (1, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_follow_each_other() -> None:
    application, person = create_application(), create_user()
    addresses = ["eins@example.org", "zwei@example.org"]
    results = at_once(2, lambda number: _changed(application, addresses[number], person))
    assert results == ["done"] * 2
    last = Application.objects.get().email
    first = next(address for address in addresses if address != last)
    assert sorted(FormerAddress.objects.values_list("email", flat=True)) == sorted([EMAIL, first])
    assert waiting(mail_kinds.EMAIL_CHANGED) == 1


def _changed(application: Application, email: str, person: User) -> str:
    try:
        change_email(application, email=email, changed_by=person)
    except ApplicationError as refusal:
        return type(refusal).__name__
    return "done"
