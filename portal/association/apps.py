"""The association itself: its settings, legal texts and board."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class AssociationConfig(AppConfig):
    name = "portal.association"
    label = "association"
    verbose_name = _("Verein")

    def ready(self) -> None:
        from portal.association.checks import check_going_live
        from portal.association.going_live import register_check
        from portal.association.samples import legal_text_points, settings_points

        register_check(settings_points)
        register_check(legal_text_points)
        register(check_going_live, deploy=True)
