"""Messages on their way from the contact form to the board."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.privacy.fields import EncryptedTextField

# A mail that could not be sent for so long will not be sent any more.
KEPT_FOR = timedelta(days=14)


class ContactMessage(models.Model):
    """A message, kept sealed only until its mail is sent (pages.mails)."""

    name = EncryptedTextField(_("Name"))
    email = EncryptedTextField(_("E-Mail-Adresse"))
    text = EncryptedTextField(_("Nachricht"))
    created_at = models.DateTimeField(_("geschrieben"), default=timezone.now)

    class Meta:
        verbose_name = _("Nachricht")
        verbose_name_plural = _("Nachrichten")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
