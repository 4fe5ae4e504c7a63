"""Who manages people and groups: technical administrators, whatever permissions a group was given.

Whoever may manage users can make themselves a technical administrator.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy


class TechnicianPolicy(ModelPermissionPolicy):
    """Everything for active technical administrators, nothing for anybody else."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the person is a technical administrator."""
        return bool(user.is_active and user.is_superuser)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Whether the person is a technical administrator."""
        return self.user_has_permission(user, "any")

    def users_with_any_permission(self, actions: Iterable[str], include_superusers: bool = True) -> QuerySet[Any]:
        """Return all technical administrators."""
        return get_user_model().objects.filter(is_active=True, is_superuser=True)
