"""Who may do what with applications in the admin.

The office records what comes; the board decides, and sees applications only while a term runs. The treasurer sees no
application, but what members pay and how. All of it rests on a group's permissions. Nobody adds, changes or deletes:
states change through ``membership.domain`` alone.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.permission_policies.base import BaseDjangoAuthPermissionPolicy

from membership.models import Application
from portal.association.models import BoardTerm, is_board_member

VIEW, RECORD, DECIDE, UNMASK = "view", "record", "decide", "unmask"


class ApplicationPermissionPolicy(BaseDjangoAuthPermissionPolicy):
    """``view``, ``record``, ``decide`` and ``unmask``; every other action is refused to everybody."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if not user.is_active:
            return False
        records = user.has_perm("membership.record_application")
        decides = user.has_perm("membership.decide_application") and is_board_member(user)
        unmasks = user.has_perm("membership.unmask_application")
        return {VIEW: records or decides, RECORD: records, DECIDE: decides, UNMASK: unmasks}.get(action, False)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the active users who hold a permission that one of ``actions`` rests on."""
        actions = set(actions)
        wanted = Q(pk__in=[])
        if actions & {VIEW, RECORD}:
            wanted |= self.holders("record_application")
        if UNMASK in actions:
            wanted |= self.holders("unmask_application")
        if actions & {VIEW, DECIDE}:
            in_office = BoardTerm.objects.running().values("user")
            wanted |= self.holders("decide_application") & Q(pk__in=in_office)
        return get_user_model().objects.filter(wanted, is_active=True).distinct()

    def holders(self, codename: str) -> Q:
        """Return the condition for who holds a permission on applications: by group, alone, or as administrator."""
        same = {"codename": codename, "content_type": ContentType.objects.get_for_model(Application)}
        by_group = {f"groups__permissions__{key}": value for key, value in same.items()}
        alone = {f"user_permissions__{key}": value for key, value in same.items()}
        return Q(is_superuser=True) | Q(**by_group) | Q(**alone)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Application]:
        """Return what office and board may see: nothing unconfirmed."""
        allowed = self.user_has_any_permission(user, actions)
        return Application.objects.for_staff() if allowed else Application.objects.none()


class ListPermissionPolicy(ApplicationPermissionPolicy):
    """Lists beside the applications (members, letters): read by whoever reads applications."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        """Return everything or nothing."""
        allowed = self.user_has_any_permission(user, actions)
        return self.model._default_manager.all() if allowed else self.model._default_manager.none()


policy = ApplicationPermissionPolicy(Application)


def may_see_applications(user: Any) -> bool:
    """Whether somebody sees applications today, or bank data of members: the reason to demand a second factor."""
    return policy.user_has_any_permission(user, (VIEW, UNMASK))
