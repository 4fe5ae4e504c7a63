"""People who sign in, for tests."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from portal.accounts.models import User
from portal.accounts.roles import Role

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
