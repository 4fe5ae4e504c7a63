"""The mails of this room, written when they are sent."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts import invitations, password_reset
from portal.accounts.models import Invitation, User
from portal.accounts.second_factor import changes
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


def second_factor_changed_mail(pk: int) -> list[EmailMessage]:
    """Tell the person that a device was added or removed, or a recovery code used."""
    return _about_second_factor(pk, "accounts_second_factor_changed")


def second_factor_reset_mail(pk: int) -> list[EmailMessage]:
    """Tell the person that a technician has taken all devices away."""
    return _about_second_factor(pk, "accounts_second_factor_reset")


def _about_second_factor(pk: int, template: str) -> list[EmailMessage]:
    user = User.objects.get(pk=pk)
    if not user.is_active:
        return []
    url = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("second_factor_devices")
    return [build_mail(template, {"person": user, "url": url}, to=user.email)]


def register() -> None:
    """Tell the queue who writes these mails."""
    register_mail(invitations.MAIL, invitation_mail, label=_("Einladung"), about="accounts.Invitation")
    register_mail(password_reset.MAIL, password_reset_mail, label=_("Neues Passwort"), about="accounts.User")
    for kind, compose, label in (
        (changes.MAIL_CHANGED, second_factor_changed_mail, _("Zweiter Faktor geändert")),
        (changes.MAIL_RESET, second_factor_reset_mail, _("Zweiter Faktor zurückgesetzt")),
    ):
        register_mail(kind, compose, label=label, about="accounts.User")
