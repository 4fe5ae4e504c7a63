"""Telling the applicant: by mail where there is an address, else by a letter the office prints and posts."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from membership.domain.errors import LetterNotWaiting, PostedImplausible
from membership.mail_kinds import OUTCOMES
from membership.models import Application, Letter
from portal.accounts.models import User
from portal.mailing.queue import cancel_mails, queue_mail
from portal.privacy import audit


def tell_applicant(kind: str, application: Application, *, not_before: datetime | None = None) -> None:
    """Queue the message ``kind`` in the caller's transaction; it does not go before ``not_before``."""
    if application.email:
        queue_mail(kind, application.pk, not_before=not_before)
    else:
        now = timezone.now()
        Letter.objects.create(application=application, kind=kind, created_at=now, not_before=not_before or now)


def take_back_message(kind: str, application: Application) -> bool:
    """Take back the message ``kind`` if it still waits; returns whether it did. One on its way is not stopped."""
    letters = Letter.objects.waiting().filter(application=application, kind=kind)
    return bool(cancel_mails(kind, application.pk) + letters.update(cancelled_at=timezone.now()))


def mail_waiting_letters(locked: Application) -> None:
    """Send by mail what was to go by post: the applicant has an address now. The caller has locked the application."""
    for letter in list(locked.letters.waiting()):
        letter.cancelled_at = timezone.now()
        letter.save(update_fields=["cancelled_at"])
        queue_mail(letter.kind, locked.pk, not_before=letter.not_before)


def note_told(pk: int, told_at: datetime) -> None:
    """Keep on the application when the applicant was told how it ended: the queue's line is deleted sooner."""
    Application.objects.filter(pk=pk).update(told_at=told_at)


def record_posted(letter: Letter, *, sent_on: date, sent_by: User) -> Letter:
    """Note that a letter was posted. Raises LetterNotWaiting, and PostedImplausible for a day that cannot be."""
    with transaction.atomic():
        locked = Letter.objects.select_for_update(of=("self",)).select_related("application").get(pk=letter.pk)
        if not locked.is_waiting or locked.not_before > timezone.now():
            raise LetterNotWaiting
        if not timezone.localdate(locked.created_at) <= sent_on <= timezone.localdate():
            raise PostedImplausible
        locked.sent_on, locked.sent_by = sent_on, sent_by
        locked.save(update_fields=["sent_on", "sent_by"])
        if locked.kind in OUTCOMES:
            note_told(locked.application_id, timezone.make_aware(datetime.combine(sent_on, time.min)))
        audit.record(locked.application, "letter_posted", actor=sent_by, letter=locked.kind)
        return locked
