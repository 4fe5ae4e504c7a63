"""The persons who confirm a group's application."""

import unicodedata

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from membership.enums import SignatureChannel
from membership.models.application import Application

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def fold_name(name: str) -> str:
    """Return ``name`` without case, umlauts, accents, punctuation and spaces: two spellings of one name fold alike.

    >>> fold_name("Jörg  Müller-Weiß") == fold_name("JOERG MUELLER WEISS")
    True
    """
    text = unicodedata.normalize("NFC", name).lower().translate(UMLAUTS)
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if letter.isalnum())


class CoSignatureQuerySet(models.QuerySet):
    """Rows of co-signatories."""

    def present(self) -> "CoSignatureQuerySet":
        """Return the rows that carry a signature."""
        return self.filter(present=True)

    def people(self) -> int:
        """Return how many different persons signed: the same name in two spellings counts once."""
        return self.present().order_by().values("folded_name").distinct().count()


class CoSignature(models.Model):
    """One row: on paper the office records it; who confirms is one person, however often they sign."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="cosignatures")
    position = models.PositiveSmallIntegerField(_("Zeile"))
    name = models.CharField(_("Name"), max_length=120, blank=True)
    folded_name = models.CharField(max_length=160, blank=True, editable=False)
    function = models.CharField(_("Funktion"), max_length=120, blank=True)
    email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    channel = models.CharField(
        _("Weg"), max_length=10, choices=SignatureChannel.choices, default=SignatureChannel.PAPER
    )
    present = models.BooleanField(_("Unterschrift vorhanden"), default=False)
    signed_on = models.DateField(_("Datum der Unterschrift"), null=True)
    recorded_at = models.DateTimeField(_("eingetragen am"), null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("eingetragen von"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = CoSignatureQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("Mitunterzeichnende Person")
        verbose_name_plural = _("Mitunterzeichnende")
        ordering = ["application", "position"]
        constraints = [
            models.UniqueConstraint(fields=["application", "position"], name="cosignature_position_once"),
            models.CheckConstraint(
                name="cosignature_present_whole",
                condition=models.Q(present=False)
                | (~models.Q(folded_name="") & models.Q(signed_on__isnull=False, recorded_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.position}"
