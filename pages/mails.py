"""The mail from the contact form, and forgetting what it said."""

from django.core.mail import EmailMessage
from django.utils import timezone

from pages.contact import MAIL_KIND, recipient
from pages.models.contact_message import KEPT_FOR, ContactMessage
from portal.mailing.compose import build_mail
from portal.mailing.models import DONE_STATES, QueuedMail


def compose_contact_message(pk: int) -> list[EmailMessage]:
    """Return the mail to the board; nothing if the message is gone or nobody is there to read it."""
    message = ContactMessage.objects.filter(pk=pk).first()
    address = recipient()
    if message is None or not address:
        return []
    return [build_mail("contact_message", {"message": message}, to=address, reply_to=message.email)]


def delete_delivered_messages() -> int:
    """Delete messages whose mail is sent, and those that waited too long; returns how many. Runs every few minutes."""
    done = QueuedMail.objects.filter(kind=MAIL_KIND, state__in=DONE_STATES).values("object_id")
    too_old = ContactMessage.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    deleted, _rows = (ContactMessage.objects.filter(pk__in=done) | too_old).delete()
    return deleted
