"""Confirming the mail address, and the two ways to get another confirmation mail."""

from django.db import transaction
from django.utils import timezone

from membership.domain.errors import AlreadyConfirmed, ConfirmationExpired, EmailAlreadyCorrected, MailedTooOften
from membership.domain.invitations import invite_cosigners
from membership.domain.locking import lock
from membership.enums import ApplicationState
from membership.mail_kinds import CONFIRM, OFFICE_NOTICE, RECEIVED
from membership.models import Application
from portal.mailing.queue import cancel_mails, queue_mail
from portal.privacy import audit

MOST_MAILS = 10
"""How often one application's confirmation mail is sent; each has a generation of its own, the first is 1."""


def confirm_email(application: Application) -> Application:
    """Confirm the address: from now on office and board see the application, and are told; co-signatories are invited.

    A second click changes nothing. Raises ConfirmationExpired when the link is older than seven days.
    """
    with transaction.atomic():
        locked = lock(application)
        if locked.state != ApplicationState.UNCONFIRMED:
            return locked
        now = timezone.now()
        if locked.confirmation_expired(now):
            raise ConfirmationExpired
        locked.state, locked.confirmed_at, locked.clock_started_at = ApplicationState.CONFIRMED, now, now
        locked.save(update_fields=["state", "confirmed_at", "clock_started_at"])
        cancel_mails(CONFIRM, locked.pk)
        audit.record(locked, "application_confirmed")
        queue_mail(RECEIVED, locked.pk)
        queue_mail(OFFICE_NOTICE, locked.pk)
        invite_cosigners(locked)
        return locked


def resend_confirmation(application: Application) -> Application:
    """Send a new confirmation link; earlier ones stop working. Raises AlreadyConfirmed and MailedTooOften."""
    with transaction.atomic():
        locked = _lock_unconfirmed(application)
        if locked.confirmation_generation >= MOST_MAILS:
            raise MailedTooOften
        audit.record(locked, "confirmation_resent")
        return _send_new_link(locked)


def correct_email(application: Application, *, email: str) -> Application:
    """Replace a mistyped address and send the link there; earlier links stop working.

    Raises AlreadyConfirmed, and EmailAlreadyCorrected the second time.
    """
    with transaction.atomic():
        locked = _lock_unconfirmed(application)
        if locked.email_corrected_at:
            raise EmailAlreadyCorrected
        locked.email, locked.email_corrected_at = email, timezone.now()
        locked.save(update_fields=["email", "email_corrected_at"])
        audit.record(locked, "email_corrected")
        return _send_new_link(locked)


def _lock_unconfirmed(application: Application) -> Application:
    locked = lock(application)
    if locked.state != ApplicationState.UNCONFIRMED:
        raise AlreadyConfirmed
    return locked


def _send_new_link(locked: Application) -> Application:
    locked.confirmation_generation += 1
    locked.confirmation_sent_at = timezone.now()
    locked.save(update_fields=["confirmation_generation", "confirmation_sent_at"])
    cancel_mails(CONFIRM, locked.pk)
    queue_mail(CONFIRM, locked.pk)
    return locked
