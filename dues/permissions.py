"""Who may do what with dues orders in the admin: drafts are edited, published ones are read."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from dues.models import DuesOrder

VIEW, ADD, CHANGE, DELETE, PUBLISH = "view", "add", "change", "delete", "publish"


class DuesOrderPermissionPolicy(ModelPermissionPolicy):
    """The model's permissions, but nobody changes or deletes what is published."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: DuesOrder) -> bool:
        if instance.is_published and action in (CHANGE, DELETE, PUBLISH):
            return False
        return super().user_has_permission_for_instance(user, action, instance)

    def may_view(self, user: Any) -> bool:
        """Whether the user may read orders in the admin."""
        return self.user_has_any_permission(user, [VIEW, ADD, CHANGE, PUBLISH])


policy = DuesOrderPermissionPolicy(DuesOrder)
