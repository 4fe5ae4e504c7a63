"""The association's roles. Groups carry them; the starter content creates the groups with their permissions.

Technical administrators are marked by ``is_superuser`` and hold no role.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.association.models import is_board_member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


class Role(models.TextChoices):
    """The value is the name of the group."""

    EDITORS = "Redaktion", _("Redaktion")
    OFFICE = "Geschäftsstelle", _("Geschäftsstelle")
    BOARD = "Vorstand", _("Vorstand")
    TREASURY = "Kasse", _("Kasse")


def has_role(user: "User | AnonymousUser", role: Role) -> bool:
    """Whether the person holds the role now. „Vorstand“ counts only while a term of office runs.

    Being a technical administrator is no role: it answers False without the group.
    """
    if not user.is_active or not user.groups.filter(name=role).exists():
        return False
    return role != Role.BOARD or is_board_member(user)
