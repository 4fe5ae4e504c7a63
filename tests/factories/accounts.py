"""People who sign in, for tests."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.accounts.second_factor.requirement import devices_of, needs_second_factor
from portal.accounts.second_factor.session import DEVICE

PASSWORD = "ein langes Passwort 7"


def create_person(email: str = "ada@example.org", *, roles: tuple[Role, ...] = (), **fields: Any) -> User:
    """Return a stored person who can sign in with PASSWORD and holds the roles."""
    person: User = get_user_model().objects.create_user(
        email, PASSWORD, **{"first_name": "Ada", "last_name": "Lovelace", **fields}
    )
    for role in roles:
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        person.groups.add(group)
    return person


def create_technician(email: str = "technik@example.org") -> User:
    """Return a stored technical administrator."""
    return create_person(email, first_name="Grace", last_name="Hopper", is_superuser=True)


def create_app(person: User, secret: str = "") -> Authenticator:
    """Return a stored app for one-time codes."""
    device: Authenticator = TOTP.activate(person, secret or generate_totp_secret()).instance
    return device


def show_second_factor(client: Client, person: User) -> None:
    """Complete a sign-in as if the person had shown a device; whoever needs one and has none gets one."""
    if needs_second_factor(person) and not devices_of(person).exists():
        create_app(person)
    device = devices_of(person).first()
    if device is not None:
        session = client.session
        session[DEVICE] = device.pk
        session.save()
