"""Who may do what with legal texts and terms of office: what the groups' permissions say, within the rules."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from portal.association.models import LegalText

PUBLISH = "publish"
FROZEN_ACTIONS = ("change", "delete", PUBLISH)


class LegalTextPolicy(ModelPermissionPolicy):
    """Published texts are neither changed nor deleted, not even by technical administrators."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: LegalText) -> bool:
        """Whether the person may do it with this text."""
        if instance.is_published and action in FROZEN_ACTIONS:
            return False
        return self.user_has_permission(user, action)
