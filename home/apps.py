"""The shell around all rooms: home page, navigation, starter content."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    verbose_name = _("Startseite")

    def ready(self) -> None:
        from home import frame, going_live
        from portal.association.going_live import register_check

        frame.register()
        register_check(going_live.open_points)
