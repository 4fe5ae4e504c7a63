"""What a session says about its owner: whether the second factor was shown, and when the password last was."""

import time
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from portal.accounts.second_factor.requirement import devices_of, needs_second_factor

DEVICE = "accounts.device"
PASSWORD_AT = "accounts.password_at"  # noqa: S105 - a moment
# Whoever changes devices or looks at bank data types the password again after this time.
PASSWORD_FRESH_SECONDS = 10 * 60


def connect() -> None:
    """Let every sign-in by password be noted in its session."""
    user_logged_in.connect(_note_sign_in, dispatch_uid="portal.accounts.second_factor")


def _note_sign_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    request.session.pop(DEVICE, None)
    note_password(request)


def note_password(request: HttpRequest) -> None:
    """Remember that the right password was typed just now."""
    request.session[PASSWORD_AT] = int(time.time())


def password_is_fresh(request: HttpRequest) -> bool:
    """Whether the right password was typed a short time ago."""
    typed = request.session.get(PASSWORD_AT, 0)
    return bool(0 <= time.time() - typed < PASSWORD_FRESH_SECONDS)


def note_device(request: HttpRequest, pk: int) -> None:
    """Remember which device was shown; the session gets a new key."""
    request.session.cycle_key()
    request.session[DEVICE] = pk


def note_removal(request: HttpRequest, person: Any, pk: int) -> None:
    """Keep this session when its own device was removed from it; every other sign-in made with that device ends."""
    if request.session.get(DEVICE) != pk:
        return
    other = devices_of(person).first()
    if other is not None:
        note_device(request, other.pk)
    else:
        request.session.pop(DEVICE)


def is_complete(request: HttpRequest, person: Any) -> bool:
    """Whether the sign-in of this session is complete.

    It ends with the device it was made with: removing that one signs out everywhere.
    """
    shown = request.session.get(DEVICE)
    if shown is not None:
        return devices_of(person).filter(pk=shown).exists()
    return not devices_of(person).exists() and not needs_second_factor(person)


def person_signing_in(request: HttpRequest) -> Any:
    """Return who is signed in, completely or half; AnonymousUser for nobody."""
    if request.user.is_authenticated:
        return request.user
    return getattr(request, "half_signed_in", AnonymousUser())
