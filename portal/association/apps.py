"""The association itself: its settings, legal texts and board."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssociationConfig(AppConfig):
    name = "portal.association"
    label = "association"
    verbose_name = _("Verein")
