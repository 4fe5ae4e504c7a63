"""Taking mails out of the queue and sending them, each exactly once as far as a mail server allows.

A row is claimed in a transaction of its own, sent outside of any, and then marked. A worker killed in between leaves
the row in „wird gesendet“; after ``SENDING_LIMIT`` it is taken up again. The receiver may then get the mail twice, with
the same Message-ID, but never not at all. A mail to several people is noted for each as soon as the mail server has it:
whoever has it does not get it again because somebody else's mailbox refuses.
"""

import datetime as dt
import logging
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMessage, get_connection
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.mailing.errors import error_class, whereabouts
from portal.mailing.message_id import repeated_message_id
from portal.mailing.models import DONE_STATES, WAITING_STATES, MailState, QueuedMail, QueuedMailQuerySet
from portal.mailing.registry import composer_of, note_sent

logger = logging.getLogger(__name__)

SENDING_LIMIT = dt.timedelta(minutes=10)
# The pause after each failed attempt; after the last one the mail is given up. Together about three days.
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440))
MAX_ATTEMPTS = len(PAUSES) + 1


def claim_next() -> QueuedMail | None:
    """Return the mail that has waited longest, claimed for this process; None when nothing is due."""
    now = timezone.now()
    if not _due(now).exists():
        # An idle worker takes no write lock.
        return None
    with transaction.atomic():
        mail = _locked(_due(now).order_by("next_attempt_at", "pk")).first()
        if mail is None:
            return None
        claimed = QueuedMail.objects.filter(pk=mail.pk, state=mail.state, attempts=mail.attempts).update(
            state=MailState.SENDING, attempts=F("attempts") + 1, claimed_at=now
        )
    if not claimed:
        return None
    mail.refresh_from_db()
    return mail


def give_up_abandoned() -> int:
    """Mark mails as failed whose every attempt ended with the worker's death; returns how many."""
    abandoned = QueuedMail.objects.filter(_abandoned(timezone.now()), attempts__gte=MAX_ATTEMPTS)
    return abandoned.update(state=MailState.FAILED, error="Abandoned")


def send(mail: QueuedMail) -> MailState:
    """Write and send a claimed mail, and note how it went; returns the new state.

    Anything that goes wrong is noted and tried again, so that one bad mail never stops the others. Only the class of
    the error is kept: mail servers name addresses in their messages.
    """
    try:
        return _mark(mail, MailState.SENT if _deliver(mail) else MailState.CANCELLED)
    except ObjectDoesNotExist as error:
        return _mark(mail, MailState.CANCELLED, error=error)
    except (OperationalError, InterfaceError):
        # The database went away: the mail stays claimed and is taken up again after the time limit.
        raise
    except Exception as error:  # noqa: BLE001 - whatever a composer or a mail server raises, the queue goes on
        return _mark_failed_attempt(mail, error)
    except BaseException:
        release(mail)
        raise


def release(mail: QueuedMail) -> None:
    """Put a claimed mail back as if nothing had been tried: the worker was told to stop."""
    _claimed(mail).update(state=MailState.RETRY, attempts=F("attempts") - 1, next_attempt_at=timezone.now())


def _due(now: dt.datetime) -> QueuedMailQuerySet:
    waiting = Q(state__in=WAITING_STATES, next_attempt_at__lte=now)
    return QueuedMail.objects.filter(waiting | (_abandoned(now) & Q(attempts__lt=MAX_ATTEMPTS)))


def _abandoned(now: dt.datetime) -> Q:
    """Mails whose worker has not been heard of for too long."""
    return Q(state=MailState.SENDING, claimed_at__lt=now - SENDING_LIMIT)


def _locked(mails: QueuedMailQuerySet) -> QueuedMailQuerySet:
    """Lock the rows where the database can; SQLite's transactions hold the only write lock from their beginning."""
    if connection.features.has_select_for_update_skip_locked:
        return mails.select_for_update(skip_locked=True)
    return mails


def _deliver(mail: QueuedMail) -> int:
    """Send the messages of the mail that are not delivered yet, over one connection; returns how many there are.

    One that the server refuses does not hold up the others; its error is raised at the end.
    """
    messages = composer_of(mail.kind)(mail.object_id)
    waiting = [message for message in messages if _mark_of(mail, message) not in mail.reached.split()]
    if not waiting:
        return len(messages)
    refusal: Exception | None = None
    with get_connection() as server:
        for message in waiting:
            mark = _mark_of(mail, message)
            message.extra_headers["Message-ID"] = repeated_message_id(mail.pk, _generation(mail), mark)
            message.connection = server
            try:
                message.send()
            except (SMTPRecipientsRefused, SMTPResponseException) as error:
                refusal = refusal or error
                continue
            if len(messages) > 1:
                mail.reached = f"{mail.reached} {mark}"
                _claimed(mail).update(reached=mail.reached)
    if refusal is not None:
        raise refusal
    return len(messages)


def _generation(mail: QueuedMail) -> str:
    return f"{mail.created_at.isoformat()}/{mail.resent}" if mail.resent else mail.created_at.isoformat()


def _mark_of(mail: QueuedMail, message: EmailMessage) -> str:
    """Return what stands for the message's receiver in ``reached``: nobody reads an address out of it."""
    return salted_hmac(f"mailing.reached.{mail.pk}", ",".join(message.recipients())).hexdigest()[:16]


def _mark_failed_attempt(mail: QueuedMail, error: Exception) -> MailState:
    if mail.attempts >= MAX_ATTEMPTS:
        logger.error(
            "mail %s (%s) given up after %s attempts: %s", mail.pk, mail.kind, mail.attempts, whereabouts(error)
        )
        return _mark(mail, MailState.FAILED, error=error)
    logger.warning("mail %s (%s) waits for another attempt: %s", mail.pk, mail.kind, whereabouts(error))
    return _mark(mail, MailState.RETRY, error=error, next_attempt_at=timezone.now() + PAUSES[mail.attempts - 1])


def _mark(
    mail: QueuedMail, state: MailState, *, error: Exception | None = None, next_attempt_at: dt.datetime | None = None
) -> MailState:
    """Note the new state, unless another worker took the mail up after the time limit."""
    values: dict[str, Any] = {"state": state, "error": error_class(error) if error else ""}
    if state in DONE_STATES:
        values["reached"] = ""
    if state == MailState.SENT:
        values["sent_at"] = timezone.now()
    if next_attempt_at:
        values["next_attempt_at"] = next_attempt_at
    with transaction.atomic():
        if _claimed(mail).update(**values) and state == MailState.SENT:
            note_sent(mail.kind, mail.object_id, values["sent_at"])
    return state


def _claimed(mail: QueuedMail) -> QueuedMailQuerySet:
    return QueuedMail.objects.filter(pk=mail.pk, state=MailState.SENDING, attempts=mail.attempts)
