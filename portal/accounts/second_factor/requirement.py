"""Who needs a second factor. Rooms name the reasons in ``AppConfig.ready()``."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

Reason = Callable[[Any], bool]

_reasons: list[Reason] = []
# Recovery codes help out where a device is lost; they are no device.
DEVICES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def require_second_factor(reason: Reason) -> None:
    """Demand a second factor of everybody for whom ``reason(person)`` is true."""
    if reason not in _reasons:
        _reasons.append(reason)


def needs_second_factor(person: Any) -> bool:
    """Whether the person's rights demand one today."""
    return any(reason(person) for reason in _reasons)


def devices_of(person: Any) -> QuerySet[Authenticator]:
    """Return the person's devices, the oldest first."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=DEVICES).order_by("created_at", "pk")


def unused_recovery_codes(person: Any) -> int:
    """Return how many recovery codes the person still has."""
    codes = Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(codes.wrap().get_unused_codes()) if codes else 0
