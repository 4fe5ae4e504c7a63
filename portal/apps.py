"""The project itself: commands and upkeep that concern all rooms."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    label = "portal"

    def ready(self) -> None:
        from portal import personal_data, upkeep

        upkeep.register()
        personal_data.declare()
