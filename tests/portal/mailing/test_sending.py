"""Sending: each mail once, none lost, whatever happens in between."""

import datetime as dt
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ObjectDoesNotExist
from django.core.mail.backends.locmem import EmailBackend
from django.db import OperationalError
from django.utils import timezone

from portal.mailing.models import MailState, QueuedMail
from portal.mailing.queue import requeue
from portal.mailing.sending import MAX_ATTEMPTS, PAUSES, SENDING_LIMIT, claim_next, give_up_abandoned, send
from portal.mailing.worker import WorkerInterrupted
from tests.factories.mailing import create_mail, make_message, registered
from tests.portal.parallel import at_once

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def raising(error):
    def compose(pk):
        raise error

    return compose


@pytest.fixture
def now(time_machine):
    time_machine.move_to(NOW, tick=False)
    return NOW


@pytest.mark.django_db
def test_a_mail_is_written_when_it_is_sent(now, mailoutbox):
    create_mail(object_id=5)

    with registered(lambda pk: [make_message(pk), make_message(pk + 1)]):
        state = send(claim_next())

    assert state == MailState.SENT
    assert [message.to for message in mailoutbox] == [["person5@example.org"], ["person6@example.org"]]
    stored = QueuedMail.objects.get()
    assert (stored.state, stored.attempts, stored.error, stored.sent_at) == ("sent", 1, "", NOW)


class Refusing(EmailBackend):
    """A mail server that does not know one mailbox, or closes the connection at it."""

    error: Exception = SMTPRecipientsRefused({"person2@example.org": (550, b"no such mailbox")})

    def send_messages(self, messages):
        if messages[0].to == ["person2@example.org"]:
            raise self.error
        return super().send_messages(messages)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "at_first"), [(Refusing.error, [1, 3]), (SMTPServerDisconnected("gone"), [1])], ids=["refused", "closed"]
)
def test_whoever_has_a_mail_to_several_does_not_get_it_again(time_machine, monkeypatch, mailoutbox, error, at_first):
    time_machine.move_to(NOW, tick=False)
    create_mail(next_attempt_at=NOW)
    monkeypatch.setattr(Refusing, "error", error)

    with registered(lambda pk: [make_message(number) for number in (1, 2, 3)]):
        with monkeypatch.context() as patch:
            patch.setattr("portal.mailing.sending.get_connection", Refusing)
            states = [send(claim_next())]
        waiting = QueuedMail.objects.get()
        got = [message.subject for message in mailoutbox]
        time_machine.move_to(waiting.next_attempt_at, tick=False)
        states.append(send(claim_next()))

    assert (states, got) == (["retry", "sent"], [f"Hinweis {number}" for number in at_first])
    assert sorted(message.subject for message in mailoutbox) == ["Hinweis 1", "Hinweis 2", "Hinweis 3"]
    # Marks, no addresses; nothing of them is left in the end.
    assert (len(waiting.reached.split()), "@" in waiting.reached) == (len(at_first), False)
    assert QueuedMail.objects.get().reached == ""


@pytest.mark.django_db
def test_the_longest_waiting_mail_comes_first_and_future_ones_wait(now):
    late = create_mail(next_attempt_at=NOW - dt.timedelta(minutes=1))
    early = create_mail(next_attempt_at=NOW - dt.timedelta(minutes=2))
    create_mail(next_attempt_at=NOW + dt.timedelta(seconds=1))
    for state in (MailState.SENT, MailState.FAILED, MailState.CANCELLED):
        create_mail(state=state, next_attempt_at=NOW - dt.timedelta(hours=1))

    assert [claim_next(), claim_next(), claim_next()] == [early, late, None]


@pytest.mark.django_db
def test_nothing_to_tell_any_more_is_no_failure(now, mailoutbox):
    create_mail()

    with registered(lambda pk: []):
        assert send(claim_next()) == MailState.CANCELLED

    assert mailoutbox == []


@pytest.mark.django_db
def test_a_mail_about_an_object_that_is_gone_is_cancelled(now):
    create_mail()

    with registered(raising(ObjectDoesNotExist())):
        assert send(claim_next()) == MailState.CANCELLED

    assert QueuedMail.objects.get().error == "ObjectDoesNotExist"


@pytest.mark.django_db
def test_whoever_keeps_that_it_was_sent_is_told_once_it_was(now, mailoutbox):
    kept = []
    mail = create_mail(object_id=7)
    with registered(raising(SMTPServerDisconnected()), note_sent=lambda *told: kept.append(told)):
        assert send(claim_next()) == MailState.RETRY
    assert kept == []
    QueuedMail.objects.update(next_attempt_at=now)
    with registered(lambda pk: [], note_sent=lambda *told: kept.append(told)):
        assert send(claim_next()) == MailState.CANCELLED
    assert kept == []
    QueuedMail.objects.update(state="queued")
    with registered(lambda pk: [make_message(pk)], note_sent=lambda *told: kept.append(told)):
        assert send(claim_next()) == MailState.SENT
    mail.refresh_from_db()
    assert kept == [(7, mail.sent_at)]


@pytest.mark.django_db
def test_failed_attempts_are_repeated_after_growing_pauses_then_given_up(time_machine):
    time_machine.move_to(NOW, tick=False)
    create_mail(next_attempt_at=NOW)
    pauses = []

    with registered(raising(SMTPServerDisconnected("an anna@example.org"))):
        for _attempt in range(MAX_ATTEMPTS - 1):
            begun = timezone.now()
            assert send(claim_next()) == MailState.RETRY
            assert claim_next() is None
            waiting = QueuedMail.objects.get()
            assert waiting.error == "SMTPServerDisconnected"
            pauses.append(waiting.next_attempt_at - begun)
            time_machine.move_to(waiting.next_attempt_at, tick=False)
        assert send(claim_next()) == MailState.FAILED

    failed = QueuedMail.objects.get()
    assert tuple(pauses) == PAUSES
    assert (failed.state, failed.attempts, failed.error) == ("failed", 10, "SMTPServerDisconnected")
    assert claim_next() is None


@pytest.mark.django_db
def test_an_unknown_kind_fails_without_stopping_the_queue(now):
    create_mail(kind="tests.removed")

    assert send(claim_next()) == MailState.RETRY
    assert QueuedMail.objects.get().error == "UnknownMail"


@pytest.mark.django_db
def test_logs_name_neither_address_nor_text(now, caplog):
    create_mail()

    with registered(raising(SMTPServerDisconnected("an anna@example.org"))):
        send(claim_next())

    assert "SMTPServerDisconnected in test_sending.py:" in caplog.text
    assert "anna@" not in caplog.text


@pytest.mark.django_db
def test_a_lost_database_leaves_the_mail_to_be_taken_up_again(now):
    create_mail()

    with registered(raising(OperationalError("gone"))), pytest.raises(OperationalError):
        send(claim_next())

    assert QueuedMail.objects.get().state == MailState.SENDING


@pytest.mark.django_db
def test_a_worker_told_to_stop_puts_the_mail_back(now):
    create_mail()

    with registered(raising(WorkerInterrupted())), pytest.raises(WorkerInterrupted):
        send(claim_next())

    waiting = QueuedMail.objects.get()
    assert (waiting.state, waiting.attempts, waiting.next_attempt_at) == ("retry", 0, NOW)


@pytest.mark.django_db
def test_a_mail_whose_worker_died_is_taken_up_after_the_limit(time_machine, mailoutbox):
    time_machine.move_to(NOW, tick=False)
    mail = create_mail(next_attempt_at=NOW)
    dead = claim_next()

    time_machine.move_to(NOW + SENDING_LIMIT, tick=False)
    assert claim_next() is None
    time_machine.move_to(NOW + SENDING_LIMIT + dt.timedelta(seconds=1), tick=False)
    with registered(lambda pk: [make_message(pk)]):
        assert send(claim_next()) == MailState.SENT
        # The worker thought dead comes back and finishes: it sends a double, but changes nothing more.
        send(dead)

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("sent", 2)
    first, double = mailoutbox
    assert first.extra_headers["Message-ID"] == double.extra_headers["Message-ID"]


@pytest.mark.django_db
def test_an_attempt_keeps_the_message_id_and_sending_again_by_hand_does_not(now, mailoutbox):
    mail = create_mail()
    with registered(lambda pk: [make_message(pk)]):
        send(claim_next())
        # The server had it, but the worker died before it could say so.
        QueuedMail.objects.update(state=MailState.RETRY)
        send(claim_next())
        for _ in range(2):
            mail.refresh_from_db()
            assert requeue(mail) is True
            send(claim_next())
    first, repeated, by_hand, by_hand_again = (message.extra_headers["Message-ID"] for message in mailoutbox)

    assert first == repeated
    assert len({first, by_hand, by_hand_again}) == 3


@pytest.mark.django_db
def test_a_mail_that_kills_every_worker_is_given_up(time_machine):
    time_machine.move_to(NOW, tick=False)
    create_mail(
        state=MailState.SENDING, attempts=MAX_ATTEMPTS, claimed_at=NOW - SENDING_LIMIT - dt.timedelta(seconds=1)
    )

    assert claim_next() is None
    assert give_up_abandoned() == 1

    assert (QueuedMail.objects.get().state, QueuedMail.objects.get().error) == ("failed", "Abandoned")


@pytest.mark.django_db(transaction=True)
def test_parallel_workers_send_each_mail_once():
    for number in range(20):
        create_mail(object_id=number)
    sent = []

    def work(_number):
        while mail := claim_next():
            sent.append(mail.object_id)
            send(mail)

    with registered(lambda pk: [make_message(pk)]):
        answers = at_once(4, work)
        # A worker that lost a race stops looking until its next round.
        work(0)

    assert answers == [None] * 4
    assert sorted(sent) == list(range(20))
    assert sorted(message.subject for message in django_mail.outbox) == sorted(f"Hinweis {n}" for n in range(20))
    assert QueuedMail.objects.filter(state=MailState.SENT, attempts=1).count() == 20
