"""Queueing: the mail exists exactly if the change it tells of does."""

import pytest
from django.db import transaction

from portal.mailing.models import MailState, QueuedMail
from portal.mailing.queue import cancel_mails, queue_mail, requeue
from portal.mailing.registry import UnknownMail, composer_of, label_of, register_mail
from tests.factories.mailing import KIND, create_mail, make_message, registered

pytestmark = pytest.mark.django_db


def test_a_queued_mail_holds_kind_and_key_only():
    with registered(lambda pk: [make_message(pk)]):
        mail = queue_mail(KIND, 7)

    stored = QueuedMail.objects.values().get(pk=mail.pk)
    assert (stored["kind"], stored["object_id"], stored["state"], stored["attempts"]) == (KIND, 7, "queued", 0)
    names = "id kind object_id state attempts next_attempt_at claimed_at error reached resent created_at sent_at"
    assert [field.name for field in QueuedMail._meta.get_fields()] == names.split()


def test_a_mail_goes_with_the_transaction_that_failed():
    def change_and_fail():
        with transaction.atomic():
            queue_mail(KIND, 7)
            raise RuntimeError

    with registered(lambda pk: []), pytest.raises(RuntimeError):
        change_and_fail()

    assert QueuedMail.objects.count() == 0


def test_an_unknown_kind_is_refused_at_once():
    with pytest.raises(UnknownMail):
        queue_mail("tests.unknown", 1)

    assert QueuedMail.objects.count() == 0


def test_a_kind_belongs_to_one_composer():
    def compose(pk):
        return []

    with registered(compose):
        register_mail(KIND, compose, label="Hinweis (Test)")
        with pytest.raises(ValueError, match="registered twice"):
            register_mail(KIND, lambda pk: [], label="Hinweis (Test)")

        assert composer_of(KIND) is compose
        assert label_of(KIND) == "Hinweis (Test)"
    assert label_of(KIND) == KIND


def test_waiting_mails_can_be_taken_back():
    waiting = create_mail(state=MailState.RETRY)
    others = [create_mail(state=MailState.SENT), create_mail(state=MailState.SENDING), create_mail(object_id=2)]

    assert cancel_mails(KIND, 1) == 1

    waiting.refresh_from_db()
    assert waiting.state == MailState.CANCELLED
    assert [QueuedMail.objects.get(pk=mail.pk).state for mail in others] == ["sent", "sending", "queued"]


@pytest.mark.parametrize("state", [MailState.FAILED, MailState.CANCELLED, MailState.SENT])
def test_a_mail_that_is_done_can_be_sent_again(state):
    mail = create_mail(state=state, attempts=10, error="SMTPServerDisconnected")

    assert requeue(mail) is True

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error, mail.sent_at, mail.resent) == ("queued", 0, "", None, 1)


def test_a_cancelled_mail_does_not_overtake_the_one_that_waits():
    cancelled, waiting = create_mail(state=MailState.CANCELLED), create_mail()

    assert (cancelled.kind, cancelled.object_id) == (waiting.kind, waiting.object_id)
    assert requeue(cancelled) is False

    cancelled.refresh_from_db()
    assert cancelled.state == MailState.CANCELLED


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.RETRY, MailState.SENDING])
def test_a_mail_on_its_way_is_left_alone(state):
    mail = create_mail(state=state, attempts=2)

    assert requeue(mail) is False

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (state, 2)
