"""The office's note that a signed application has come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from membership.models.application import Application
from portal.association.enums import AcceptedForm


class ReceiptRecord(models.Model):
    """What came, in which form, and when; ``edition`` is that of the paper, and only the application's own counts."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="receipts")
    form = models.CharField(_("Form"), max_length=20, choices=AcceptedForm.choices)
    edition = models.PositiveSmallIntegerField(_("Fassung des Papiers"), default=1, editable=False)
    received_on = models.DateField(_("eingegangen am"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("eingetragen von"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("eingetragen am"), auto_now_add=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Eingang")
        verbose_name_plural = _("Eingänge")
        ordering = ["received_on", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.get_form_display()}"
