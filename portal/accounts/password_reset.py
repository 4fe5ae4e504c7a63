"""A new password by mail."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from portal.accounts.invitations import invite
from portal.accounts.models import User
from portal.mailing.models import QueuedMail
from portal.mailing.queue import queue_mail

MAIL = "accounts.password_reset"
# Whoever presses the button again and again gets one mail.
PAUSE = dt.timedelta(minutes=5)


def request_password_reset(email: str) -> None:
    """Queue a mail with a link if the address belongs to somebody who may sign in.

    Somebody who was invited and has no password yet is invited again. The caller answers alike in every case, so that
    nobody learns who has an account.
    """
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).filter(email__iexact=email, is_active=True).first()
        if user is None:
            return
        if user.has_usable_password():
            if not _asked_just_now(MAIL, user.pk):
                queue_mail(MAIL, user.pk)
        elif hasattr(user, "invitation") and timezone.now() - user.invitation.invited_at > PAUSE:
            invite(user, by=user.invitation.invited_by)


def password_reset_url(user: User) -> str:
    """Return the full address of the link; it ends with the next sign-in or password, at the latest after a day."""
    path = reverse(
        "wagtailadmin_password_reset_confirm",
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
            "token": default_token_generator.make_token(user),
        },
    )
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def _asked_just_now(kind: str, pk: int) -> bool:
    return QueuedMail.objects.filter(kind=kind, object_id=pk, created_at__gt=timezone.now() - PAUSE).exists()
