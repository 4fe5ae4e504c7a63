"""Everything that changes somebody's second factor: noted in the log and told to the person by mail."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from portal.accounts.models import User
from portal.accounts.second_factor.requirement import DEVICES, devices_of, needs_second_factor
from portal.mailing.queue import queue_mail
from portal.privacy import audit

MAIL_CHANGED = "accounts.second_factor_changed"
MAIL_RESET = "accounts.second_factor_reset"
LOGGED = (
    "second_factor_added",
    "second_factor_removed",
    "recovery_codes_made",
    "recovery_code_used",
    "second_factor_reset",
)


class AppAlreadySetUp(Exception):
    """The person has an app already; it is removed before another one is set up."""


class LastDevice(Exception):
    """The person's rights demand a second factor: the last device stays."""


def add_app(person: User, secret: str) -> Authenticator:
    """Store the app whose code was checked; raises AppAlreadySetUp."""
    with transaction.atomic():
        _lock(person)
        if Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
            raise AppAlreadySetUp
        return _added(person, TOTP.activate(person, secret).instance)


def add_passkey(person: User, name: str, credential: dict[str, Any]) -> Authenticator:
    """Store the passkey that was checked."""
    with transaction.atomic():
        _lock(person)
        return _added(person, WebAuthn.add(person, name, credential).instance)


def remove_device(person: User, device: Authenticator) -> None:
    """Remove one device; recovery codes go with the last one. Raises LastDevice."""
    with transaction.atomic():
        _lock(person)
        others = devices_of(person).exclude(pk=device.pk).exists()
        if not others and needs_second_factor(person):
            raise LastDevice
        kind = device.type
        device.delete()
        if not others:
            Authenticator.objects.filter(user=person).delete()
        audit.record(person, "second_factor_removed", kind=kind)
        queue_mail(MAIL_CHANGED, person.pk)


def make_recovery_codes(person: User) -> list[str]:
    """Replace the person's recovery codes; returns the new ones, which are shown once."""
    with transaction.atomic():
        _lock(person)
        Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
        codes = RecoveryCodes.activate(person).generate_codes()
        audit.record(person, "recovery_codes_made")
    return codes


def note_use(device: Authenticator) -> None:
    """Note that a device was shown; a recovery code that was used up is told to the person."""
    with transaction.atomic():
        device.record_usage()
        if device.type == Authenticator.Type.RECOVERY_CODES:
            audit.record(device.user, "recovery_code_used")
            queue_mail(MAIL_CHANGED, device.user_id)


def reset_second_factor(person: User, *, by: User | None) -> None:
    """Remove every device and code, for somebody who lost them; all sign-ins of the person end.

    ``by`` is the technician, None on the server itself. The person is told by mail and sets up a new device at the next
    sign-in.
    """
    with transaction.atomic():
        _lock(person)
        Authenticator.objects.filter(user=person).delete()
        audit.record(person, "second_factor_reset", actor=by)
        queue_mail(MAIL_RESET, person.pk)


def _added(person: User, device: Authenticator) -> Authenticator:
    audit.record(person, "second_factor_added", kind=device.type)
    queue_mail(MAIL_CHANGED, person.pk)
    return device


def _lock(person: User) -> None:
    """Let changes to one person's devices happen one after the other."""
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)


def has_recovery_codes(person: User) -> bool:
    """Whether recovery codes were made."""
    return Authenticator.objects.filter(user=person).exclude(type__in=DEVICES).exists()
