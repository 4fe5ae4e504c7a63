"""Who sees the list of mails: it is read, never written; sending again is a permission of its own."""

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

VIEW = "view"
RESEND = "resend"


class QueuedMailPolicy(ModelPermissionPolicy):
    """Reading and sending again, as the group's permissions say; nothing else for anybody."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the person may do it."""
        return action in (VIEW, RESEND) and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Whether the person may do one of these."""
        return any(self.user_has_permission(user, action) for action in actions)
