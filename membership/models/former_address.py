"""Mail addresses that applications had before."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from membership.models.application import Application


class FormerAddress(models.Model):
    """An address that was replaced: kept for the notice that goes to it, then deleted."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="former_addresses")
    email = models.EmailField(_("E-Mail-Adresse"), max_length=254)
    replaced_at = models.DateTimeField(_("ersetzt am"))

    class Meta:
        default_permissions = ()
        verbose_name = _("frühere E-Mail-Adresse")
        verbose_name_plural = _("frühere E-Mail-Adressen")

    def __str__(self) -> str:
        return f"{self.application_id}/{self.pk}"
