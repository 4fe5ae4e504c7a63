"""The shell around all rooms: home page, navigation, starter content."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    verbose_name = _("Startseite")

    def ready(self) -> None:
        from wagtail.signals import copy_for_translation_done

        from home import frame, going_live
        from home.translation import share_rights
        from portal.association.going_live import register_check
        from portal.privacy.catalogue import declare_not_personal

        frame.register()
        for model in ("HomePage", "StarterRecord"):
            declare_not_personal(f"home.{model}", reason="content of the site and how it began")
        register_check(going_live.open_points)
        copy_for_translation_done.connect(share_rights, dispatch_uid="home.translation.share_rights")
