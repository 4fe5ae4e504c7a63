"""The mails of this room, written when they are sent."""

from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from portal.accounts import invitations, password_reset
from portal.accounts.models import Invitation, User
from portal.mailing.compose import build_mail
from portal.mailing.registry import register_mail


def invitation_mail(pk: int) -> list[EmailMessage]:
    """Return the invitation; nothing when it was accepted meanwhile or the account is switched off."""
    invitation = Invitation.objects.select_related("user", "invited_by").get(pk=pk)
    if invitation.is_accepted or not invitation.user.is_active:
        return []
    context = {
        "person": invitation.user,
        "inviter": invitation.invited_by,
        "url": invitations.invitation_url(invitation),
        "valid_until": invitation.valid_until,
    }
    return [build_mail("accounts_invitation", context, to=invitation.user.email)]


def password_reset_mail(pk: int) -> list[EmailMessage]:
    """Return the mail with the link; nothing when the account is switched off."""
    user = User.objects.get(pk=pk)
    if not user.is_active or not user.has_usable_password():
        return []
    context = {"person": user, "url": password_reset.password_reset_url(user)}
    return [build_mail("accounts_password_reset", context, to=user.email)]


def register() -> None:
    """Tell the queue who writes these mails."""
    register_mail(invitations.MAIL, invitation_mail, label=_("Einladung"), about="accounts.Invitation")
    register_mail(password_reset.MAIL, password_reset_mail, label=_("Neues Passwort"), about="accounts.User")
