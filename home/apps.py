"""The shell around all rooms: home page, navigation, starter content."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    verbose_name = _("Startseite")

    def ready(self) -> None:
        from portal.delivery.snapshot import register_part

        register_part("association", load_association)
        register_part("is_live", load_is_live)


def load_association() -> Any:
    from portal.association.models import AssociationSettings

    return AssociationSettings.load()


def load_is_live() -> bool:
    from portal.association.going_live import is_live

    return is_live()
