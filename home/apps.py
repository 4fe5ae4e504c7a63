"""The shell around all rooms: home page, navigation, starter content."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    verbose_name = _("Startseite")

    def ready(self) -> None:
        from home import frame

        frame.register()
