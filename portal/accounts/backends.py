"""How people are recognized, and which of their groups count today."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from portal.accounts import throttling
from portal.accounts.roles import Role
from portal.association.models import is_board_member


class PersonBackend(ModelBackend):
    """Sign-in by e-mail address, with a brake; the board's permissions end with the term of office."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Any:
        """Return the person, or None; refuses while the account's sign-in is closed, right password or not."""
        email = username or kwargs.get("email")
        if not email or password is None:
            return None
        if throttling.is_locked(email):
            raise PermissionDenied
        person = super().authenticate(request, username=email, password=password)
        if person is None:
            throttling.note_failure(email)
        else:
            throttling.forget_failures(email)
        return person

    def _get_group_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        groups = list(user_obj.groups.all())
        if any(group.name == Role.BOARD for group in groups) and not is_board_member(user_obj):
            groups = [group for group in groups if group.name != Role.BOARD]
        return Permission.objects.filter(group__in=groups)
