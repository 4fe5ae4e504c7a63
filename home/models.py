"""The home page."""

from django.utils.translation import gettext_lazy as _

from pages.models import BasePage


class HomePage(BasePage):
    """What the association is, and the ways on from there."""

    class Meta:
        verbose_name = _("Startseite")
