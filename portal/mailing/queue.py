"""Putting mails into the queue, and taking them up again by hand."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.mailing.models import WAITING_STATES, MailState, QueuedMail
from portal.mailing.registry import composer_of, kinds_about

# What may be sent again by hand; everything else is on its way.
REPEATABLE_STATES = (MailState.FAILED, MailState.CANCELLED, MailState.SENT)


def queue_mail(kind: str, pk: int, *, not_before: datetime | None = None) -> QueuedMail:
    """Queue a mail of ``kind`` about the object ``pk``, inside the caller's transaction.

    The mail exists exactly if the change it tells of was committed; it waits until ``not_before``. Raises UnknownMail
    for a kind nobody registered.
    """
    composer_of(kind)
    now = timezone.now()
    return QueuedMail.objects.create(kind=kind, object_id=pk, created_at=now, next_attempt_at=not_before or now)


def cancel_mails(kind: str, pk: int) -> int:
    """Take back mails of ``kind`` about ``pk`` that still wait; returns how many. One being sent is not stopped."""
    waiting = QueuedMail.objects.filter(kind=kind, object_id=pk, state__in=WAITING_STATES)
    return waiting.update(state=MailState.CANCELLED)


def forget_mails(model: str, pk: int) -> int:
    """Delete every line of the queue about the row ``pk`` of ``model`` (``app_label.Model``); returns how many.

    For erasure: nothing waits any more, and nothing says that anything was sent.
    """
    deleted, _rows = QueuedMail.objects.filter(kind__in=kinds_about(model), object_id=pk).delete()
    return deleted


def requeue(mail: QueuedMail) -> bool:
    """Send a mail again that failed, was cancelled or was sent; False when it, or another that tells the same, is on
    its way anyway: that one may have to wait.

    It goes out as a message of its own: a mailbox that knows the first one must not drop it as a double.
    """
    with transaction.atomic():
        if QueuedMail.objects.open().filter(kind=mail.kind, object_id=mail.object_id).exists():
            return False
        renewed = QueuedMail.objects.filter(pk=mail.pk, state__in=REPEATABLE_STATES).update(
            state=MailState.QUEUED,
            attempts=0,
            next_attempt_at=timezone.now(),
            error="",
            sent_at=None,
            resent=F("resent") + 1,
        )
    return bool(renewed)
