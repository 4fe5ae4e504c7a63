"""Inviting people: the only way into the portal besides the first administrator."""

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from portal.accounts import throttling
from portal.accounts.models import Invitation, User
from portal.mailing.links import make_token, read_token
from portal.mailing.queue import queue_mail

PURPOSE = "accounts.invitation"
MAIL = "accounts.invitation"


class InvitationClosed(Exception):
    """The link was used already, or its seven days are over."""


def invite(user: User, *, by: User | None = None) -> Invitation:
    """Invite the person, or invite again: earlier links end, seven new days begin, a mail is queued.

    The person keeps a password that was chosen before until a new one is chosen.
    """
    with transaction.atomic():
        invitation, is_new = Invitation.objects.select_for_update().get_or_create(
            user=user, defaults={"invited_at": timezone.now(), "invited_by": by}
        )
        if not is_new:
            Invitation.objects.filter(pk=invitation.pk).update(
                invited_at=timezone.now(), accepted_at=None, generation=F("generation") + 1
            )
            invitation.refresh_from_db()
        queue_mail(MAIL, invitation.pk)
    return invitation


def invitation_url(invitation: Invitation) -> str:
    """Return the full address of the link in the mail."""
    token = make_token(PURPOSE, invitation.pk, invitation.generation)
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("accounts:invitation", args=[token])


def find_invitation(token: str) -> Invitation:
    """Return the invitation a link belongs to, open or not; raises UnknownLink."""
    pk = read_token(PURPOSE, token, generation_of=_generation)
    return Invitation.objects.select_related("user").get(pk=pk)


def accept_invitation(invitation: Invitation, *, password: str) -> User:
    """Set the person's first password; raises InvitationClosed when the link was used or has run out meanwhile.

    The password has passed the validators already.
    """
    with transaction.atomic():
        current = Invitation.objects.select_for_update().select_related("user").get(pk=invitation.pk)
        if current.generation != invitation.generation or current.is_accepted or current.is_expired:
            raise InvitationClosed
        current.accepted_at = timezone.now()
        current.save(update_fields=["accepted_at"])
        current.user.set_password(password)
        current.user.save(update_fields=["password"])
    throttling.forget_failures(current.user.email)
    return current.user


def _generation(pk: int) -> int | None:
    found = Invitation.objects.filter(pk=pk, user__is_active=True)
    return found.values_list("generation", flat=True).first()
