"""The persons who confirm a group's application."""

import unicodedata
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from membership.enums import OPEN_STATES, ApplicationState, SignatureChannel, SignatureStanding
from membership.fields import SIGNATURES_NEEDED
from membership.models.application import Application

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})

INVITATION_LIVES = timedelta(days=14)
"""How long a personal link to co-sign works."""

REMINDED_AFTER = timedelta(days=7)
"""When somebody who has not answered is asked once more."""


def fold_name(name: str) -> str:
    """Return ``name`` without case, umlauts, accents, punctuation and spaces: two spellings of one name fold alike.

    >>> fold_name("Jörg  Müller-Weiß") == fold_name("JOERG MUELLER WEISS")
    True
    """
    text = unicodedata.normalize("NFC", name).lower().translate(UMLAUTS)
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if letter.isalnum())


class CoSignatureQuerySet(models.QuerySet["CoSignature"]):
    """Rows of co-signatories."""

    def present(self) -> "CoSignatureQuerySet":
        """Return the rows that carry a signature, on paper or digital."""
        return self.filter(present=True)

    def confirmed(self) -> "CoSignatureQuerySet":
        """Return the rows that were confirmed digitally."""
        return self.present().filter(channel=SignatureChannel.DIGITAL)

    def people(self) -> int:
        """Return how many different persons signed: the same name in two spellings counts once."""
        return self.present().order_by().values("folded_name").distinct().count()

    def unanswered(self) -> "CoSignatureQuerySet":
        """Return invitations to open applications that nobody has answered or revoked, expired ones too."""
        return self.filter(
            application__state__in=OPEN_STATES,
            channel=SignatureChannel.DIGITAL,
            present=False,
            invited_at__isnull=False,
            declined_at__isnull=True,
            revoked_at__isnull=True,
        )

    def to_remind(self, now: datetime) -> "CoSignatureQuerySet":
        """Return invitations that wait for seven days and whose link still works, where five have not signed yet."""
        return (
            self.unanswered()
            .filter(application__state=ApplicationState.CONFIRMED)
            .exclude(models.Exists(CoSignature.objects.five_of("application")))
            .filter(
                reminded_at__isnull=True, invited_at__lte=now - REMINDED_AFTER, invited_at__gt=now - INVITATION_LIVES
            )
        )

    def five_of(self, outer: str) -> models.QuerySet[Any, Any]:
        """Return a row, for a subquery, if five different persons signed the application in the column ``outer``."""
        return (
            self.present()
            .filter(application=models.OuterRef(outer))
            .order_by()
            .values("application")
            .annotate(people=models.Count("folded_name", distinct=True))
            .filter(people__gte=SIGNATURES_NEEDED)
        )


class CoSignature(models.Model):
    """One row: recorded from paper by the office, or confirmed digitally at a personal link.

    Who confirms is one person, however often they sign. Of a link only ``generation`` is kept, the number of links sent
    so far; those up to ``changed_generation`` were sent before the application was changed. A digital confirmation
    keeps who, when (``recorded_at``), what (``content_hash``) and on which declaration; no address of a machine.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="cosignatures")
    position = models.PositiveSmallIntegerField(_("Zeile"))
    name = models.CharField(_("Name"), max_length=120, blank=True)
    folded_name = models.TextField(blank=True, editable=False)
    function = models.CharField(_("Funktion"), max_length=120, blank=True)
    email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    channel = models.CharField(
        _("Weg"), max_length=10, choices=SignatureChannel.choices, default=SignatureChannel.PAPER
    )

    generation = models.PositiveSmallIntegerField(default=0, editable=False)
    changed_generation = models.PositiveSmallIntegerField(default=0, editable=False)
    invited_at = models.DateTimeField(_("eingeladen am"), null=True)
    reminded_at = models.DateTimeField(_("erinnert am"), null=True)
    declined_at = models.DateTimeField(_("abgelehnt am"), null=True)
    revoked_at = models.DateTimeField(_("Einladung zurückgenommen am"), null=True)
    voided_at = models.DateTimeField(_("durch Änderung des Antrags ungültig seit"), null=True)

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
    content_hash = models.CharField(_("Prüfsumme des bestätigten Antrags"), max_length=64, blank=True, editable=False)
    declaration = models.ForeignKey(
        "association.LegalText",
        verbose_name=_("bestätigte Erklärung"),
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
            models.CheckConstraint(
                name="cosignature_digital_whole",
                condition=models.Q(present=False)
                | models.Q(channel=SignatureChannel.PAPER)
                | (~models.Q(content_hash="") & models.Q(declaration__isnull=False, recorded_by__isnull=True)),
            ),
            models.UniqueConstraint(
                "application",
                Lower("email"),
                name="cosignature_address_confirms_once",
                condition=models.Q(present=True, channel=SignatureChannel.DIGITAL) & ~models.Q(email=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.position}"

    @property
    def standing(self) -> SignatureStanding:
        """Where the row stands now."""
        return self.standing_at(timezone.now())

    @property
    def is_confirmed(self) -> bool:
        """Whether the person confirmed digitally."""
        return self.present and self.channel == SignatureChannel.DIGITAL

    @property
    def expires_at(self) -> datetime | None:
        """When the link stops working; None for somebody who was not invited."""
        return self.invited_at + INVITATION_LIVES if self.invited_at else None

    def standing_at(self, moment: datetime) -> SignatureStanding:
        """Return where the row stands at ``moment``."""
        if self.present:
            is_paper = self.channel == SignatureChannel.PAPER
            return SignatureStanding.SIGNED if is_paper else SignatureStanding.CONFIRMED
        if self.declined_at:
            return SignatureStanding.DECLINED
        if self.revoked_at:
            return SignatureStanding.REVOKED
        if self.channel == SignatureChannel.DIGITAL and self.expires_at:
            return SignatureStanding.INVITED if moment < self.expires_at else SignatureStanding.EXPIRED
        return SignatureStanding.NAMED
