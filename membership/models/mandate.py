"""The authority to collect dues by direct debit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from membership.models.application import Application
from portal.privacy.fields import EncryptedTextField
from portal.privacy.masking import mask_iban, mask_name


class SepaMandate(models.Model):
    """Bank data of one application, encrypted; shown masked wherever it is shown."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="mandate")
    account_holder = EncryptedTextField(_("Kontoinhaberin oder Kontoinhaber"))
    iban = EncryptedTextField(_("IBAN"))
    creditor_identifier = models.CharField(_("Gläubiger-Identifikationsnummer"), max_length=18)
    mandate_reference = models.CharField(
        _("Mandatsreferenz"), max_length=35, blank=True, help_text=_("Leer, bis sie vergeben ist („wird mitgeteilt“).")
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("SEPA-Lastschriftmandat")
        verbose_name_plural = _("SEPA-Lastschriftmandate")

    def __str__(self) -> str:
        return self.mandate_reference or str(_("Mandatsreferenz wird mitgeteilt"))

    @property
    def masked_iban(self) -> str:
        """The IBAN with only its ends readable."""
        return mask_iban(self.iban)

    @property
    def masked_holder(self) -> str:
        """The holder's initials."""
        return mask_name(self.account_holder)
