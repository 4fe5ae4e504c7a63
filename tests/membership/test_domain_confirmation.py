"""Confirming the address, asking for another mail, correcting a typing error."""

from datetime import timedelta

import pytest
from django.utils import timezone

from membership.domain import confirm_email, correct_email, resend_confirmation
from membership.domain.errors import AlreadyConfirmed, ConfirmationExpired, EmailAlreadyCorrected, MailedTooOften
from membership.models import Application
from portal.mailing.models import QueuedMail
from portal.privacy.audit import entries_of
from tests.factories.membership import create_application

pytestmark = pytest.mark.django_db


def mails() -> list[tuple[str, str]]:
    return list(QueuedMail.objects.order_by("pk").values_list("kind", "state"))


def actions(application: Application) -> list[str]:
    return [entry.action for entry in entries_of(application)]


def test_before_confirmation_staff_see_nothing() -> None:
    create_application(confirmed=False)
    assert [query.count() for query in (Application.objects.for_staff(), Application.objects.open())] == [0, 0]
    assert Application.objects.unconfirmed().count() == 1


def test_confirming() -> None:
    application = confirm_email(create_application(confirmed=False))
    assert (application.state, application.confirmed_at is not None) == ("confirmed", True)
    assert list(Application.objects.for_staff()) == [application]
    assert mails() == [
        ("application_confirm", "cancelled"),
        ("application_received", "queued"),
        ("office_notice", "queued"),
    ]
    assert actions(application) == ["application_submitted", "application_confirmed"]


def test_a_second_click_changes_nothing() -> None:
    application = create_application()
    before = mails()
    again = confirm_email(application)
    assert again.confirmed_at == application.confirmed_at
    assert mails() == before


def test_expired_after_seven_days(time_machine) -> None:
    application = create_application(confirmed=False)
    time_machine.move_to(application.confirmation_sent_at + timedelta(days=7) - timedelta(seconds=1), tick=False)
    assert application.confirmation_expired(timezone.now()) is False
    time_machine.move_to(application.confirmation_sent_at + timedelta(days=7), tick=False)
    with pytest.raises(ConfirmationExpired):
        confirm_email(application)
    assert Application.objects.get().state == "unconfirmed"


def test_resending_voids_the_link_and_starts_the_week_anew(time_machine) -> None:
    application = create_application(confirmed=False)
    time_machine.move_to(application.submitted_at + timedelta(days=8))
    resent = resend_confirmation(application)
    assert resent.confirmation_generation == application.confirmation_generation + 1
    assert resent.confirmation_expired(timezone.now()) is False
    assert mails() == [("application_confirm", "cancelled"), ("application_confirm", "queued")]
    assert confirm_email(resent).state == "confirmed"


def test_ten_mails_are_enough() -> None:
    application = create_application(confirmed=False)
    for _time in range(9):
        application = resend_confirmation(application)
    with pytest.raises(MailedTooOften):
        resend_confirmation(application)
    assert Application.objects.get().confirmation_generation == 10
    assert mails() == [("application_confirm", "cancelled")] * 9 + [("application_confirm", "queued")]


def test_correcting_once() -> None:
    application = create_application(confirmed=False)
    corrected = correct_email(application, email="richtig@example.org")
    assert Application.objects.get().email == "richtig@example.org"
    assert corrected.confirmation_generation == 2
    assert actions(application) == ["application_submitted", "email_corrected"]
    with pytest.raises(EmailAlreadyCorrected):
        correct_email(application, email="nochmal@example.org")
    assert Application.objects.get().email == "richtig@example.org"


def test_nothing_to_resend_or_correct_once_it_is_confirmed() -> None:
    application = create_application()
    with pytest.raises(AlreadyConfirmed):
        resend_confirmation(application)
    with pytest.raises(AlreadyConfirmed):
        correct_email(application, email="neu@example.org")
    assert Application.objects.get().email == "mara@example.org"
