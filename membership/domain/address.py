"""Another mail address for an application, at the applicant's request. The office asks back first who requests it."""

from django.db import transaction
from django.utils import timezone

from membership.domain.errors import NotOpen, SameAddress
from membership.domain.locking import lock
from membership.domain.telling import mail_waiting_letters
from membership.enums import ApplicationState
from membership.mail_kinds import EMAIL_CHANGED, FORMER_ADDRESS
from membership.models import Application, FormerAddress
from portal.accounts.models import User
from portal.mailing.queue import cancel_mails, queue_mail
from portal.privacy import audit


def change_email(application: Application, *, email: str, changed_by: User) -> Application:
    """Write to ``email`` from now on: a new status link goes there, and a notice without content to the former address.

    Every link that was sent or shown before stops working, a correction begun at one is deleted, and letters that wait
    become mails. Possible in every state that the office sees, a decided application included: what is told of it goes
    to this address. Raises NotOpen before the first address is confirmed (the applicant corrects it then), SameAddress.
    """
    with transaction.atomic():
        locked = lock(application)
        if locked.state == ApplicationState.UNCONFIRMED:
            raise NotOpen
        if locked.email.lower() == email.lower():
            raise SameAddress
        if locked.email:
            former = FormerAddress.objects.create(application=locked, email=locked.email, replaced_at=timezone.now())
            queue_mail(FORMER_ADDRESS, former.pk)
        locked.email = email
        _void_links(locked)
        mail_waiting_letters(locked)
        cancel_mails(EMAIL_CHANGED, locked.pk)
        queue_mail(EMAIL_CHANGED, locked.pk)
        audit.record(locked, "email_changed", actor=changed_by)
        return locked


def _void_links(locked: Application) -> None:
    """Store the address, with no way left from what the former mailbox holds to the application."""
    links = ("status_generation", "confirmation_generation", "receipt_generation")
    for name in links:
        setattr(locked, name, getattr(locked, name) + 1)
    locked.save(update_fields=["email", *links])
    locked.drafts.all().delete()
