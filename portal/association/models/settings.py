"""What the association says about itself, kept in one place for footer, legal notice, PDFs and mails."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting

from portal.association.enums import AcceptedForm
from portal.association.panels import SETTINGS_EDIT_HANDLER
from portal.association.validators import (
    compact_creditor_identifier,
    validate_account_holder,
    validate_creditor_identifier,
)


def default_accepted_forms() -> list[str]:
    """Return what the law and most statutes ask for: the signed original, or a copy of it."""
    return [AcceptedForm.PAPER.value, AcceptedForm.SCAN.value]


class AssociationSettings(BaseGenericSetting):
    """The association's particulars and the rules its statutes leave to it.

    An empty field shows no line anywhere.
    """

    # Who it is
    full_name = models.CharField(
        _("vollständiger Name"),
        max_length=200,
        blank=True,
        help_text=_("Der Name, wie er im Vereinsregister steht, mit „e.V.“."),
    )
    short_name = models.CharField(
        _("Kurzname"),
        max_length=60,
        blank=True,
        help_text=_("Steht in der Kopfzeile, in Betreffzeilen und überall, wo wenig Platz ist."),
    )
    street = models.CharField(
        _("Straße und Hausnummer"), max_length=120, blank=True, help_text=_("Anschrift, unter der Post ankommt.")
    )
    postcode = models.CharField(_("Postleitzahl"), max_length=10, blank=True, help_text=_("Fünf Ziffern."))
    city = models.CharField(_("Ort"), max_length=80, blank=True, help_text=_("Ort der Postanschrift."))

    # Register and responsibility
    register_court = models.CharField(
        _("Registergericht"), max_length=120, blank=True, help_text=_("Zum Beispiel „Amtsgericht Chemnitz“.")
    )
    register_number = models.CharField(
        _("Registernummer"), max_length=40, blank=True, help_text=_("Zum Beispiel „VR 1234“.")
    )
    representatives = models.TextField(
        _("vertretungsberechtigte Personen"),
        blank=True,
        help_text=_("Eine Person je Zeile, mit Funktion. Steht im Impressum."),
    )
    responsible_for_content = models.TextField(
        _("verantwortlich für den Inhalt"),
        blank=True,
        help_text=_("Name und Anschrift der Person, die nach § 18 Abs. 2 MStV verantwortlich ist."),
    )
    supervisory_authority = models.TextField(
        _("Aufsichtsbehörde für den Datenschutz"),
        blank=True,
        default="Sächsische Datenschutz- und Transparenzbeauftragte",
        help_text=_("Die Behörde, nicht die Person; auf Wunsch mit Anschrift. Steht in der Datenschutzerklärung."),
    )

    # Ways to reach it
    email = models.EmailField(
        _("E-Mail-Adresse"), blank=True, help_text=_("Öffentliche Adresse; steht im Impressum und in jeder E-Mail.")
    )
    phone = models.CharField(
        _("Telefon"), max_length=40, blank=True, help_text=_("Zweiter schneller Weg der Kontaktaufnahme im Impressum.")
    )
    office_email = models.EmailField(
        _("E-Mail-Adresse der Geschäftsstelle"),
        blank=True,
        help_text=_("Hierhin gehen Hinweise auf neue Anträge. Sie nennen nur die Vorgangsnummer und einen Verweis."),
    )
    board_email = models.EmailField(
        _("E-Mail-Adresse des Vorstands"),
        blank=True,
        help_text=_("Hierhin gehen Hinweise auf Anträge, über die zu entscheiden ist, und das Kontaktformular."),
    )

    # Direct debit
    account_holder = models.CharField(
        _("Kontoinhaber"),
        max_length=255,
        blank=True,
        validators=[validate_account_holder],
        help_text=_("Der Name, unter dem die Bank das Vereinskonto führt; höchstens 70 Zeichen."),
    )
    creditor_identifier = models.CharField(
        _("Gläubiger-Identifikationsnummer"),
        max_length=35,
        blank=True,
        validators=[validate_creditor_identifier],
        help_text=_("18 Zeichen, vergeben von der Bundesbank. Ohne sie wird kein Lastschriftverfahren angeboten."),
    )

    # How applications are taken
    accepted_forms = models.JSONField(
        _("angenommene Formen des Aufnahmeantrags"),
        default=default_accepted_forms,
        help_text=_("In welchen Formen die unterschriebene Erklärung eingehen darf. Mindestens eine."),
    )
    digital_resolution_date = models.DateField(
        _("Beschluss über die digitale Bestätigung: Datum"),
        null=True,
        blank=True,
        help_text=_("Nur zusammen mit der Form „digitale Bestätigung“: der Tag des Vorstandsbeschlusses."),
    )
    digital_resolution_reference = models.CharField(
        _("Beschluss über die digitale Bestätigung: Nummer"),
        max_length=80,
        blank=True,
        help_text=_("Nummer oder Fundstelle des Beschlusses, zum Beispiel „VB 2026/14“."),
    )
    decision_duration = models.CharField(
        _("übliche Dauer bis zur Entscheidung"),
        max_length=120,
        blank=True,
        help_text=_("Zum Beispiel „vier bis sechs Wochen“. Steht auf „Mitglied werden“ und in der Bestätigung."),
    )
    contact_may_cosign = models.BooleanField(
        _("Die Kontaktperson darf eine der fünf Unterschriften leisten"),
        default=True,
        help_text=_("Gilt für nichtrechtsfähige Zusammenschlüsse."),
    )

    # Consents asked for
    offers_directory = models.BooleanField(
        _("Mitgliederverzeichnis anbieten"),
        default=False,
        help_text=_("Der Antrag fragt dann, ob der Eintrag gewünscht ist."),
    )
    offers_newsletter = models.BooleanField(
        _("Rundbrief anbieten"),
        default=False,
        help_text=_("Der Antrag fragt dann, ob der Rundbrief gewünscht ist."),
    )
    offers_photos = models.BooleanField(
        _("Einwilligung zu Fotos anbieten"),
        default=False,
        help_text=_("Der Antrag fragt dann, ob Fotos von Veranstaltungen gezeigt werden dürfen."),
    )

    edit_handler = SETTINGS_EDIT_HANDLER

    class Meta:
        verbose_name = _("Angaben zum Verein")
        verbose_name_plural = _("Angaben zum Verein")

    def __str__(self) -> str:
        return self.short_name or self.full_name or str(self._meta.verbose_name)

    def clean(self) -> None:
        """Normalize the creditor identifier; refuse unknown or missing forms and a half-described resolution."""
        self.creditor_identifier = compact_creditor_identifier(self.creditor_identifier)
        self._clean_accepted_forms()
        self._clean_digital_resolution()

    def _clean_accepted_forms(self) -> None:
        chosen = self.accepted_forms or []
        if not isinstance(chosen, list) or not set(chosen) <= set(AcceptedForm.values):
            raise ValidationError({"accepted_forms": _("Bitte wählen Sie nur Formen aus der Liste.")})
        if not chosen:
            raise ValidationError({"accepted_forms": _("Bitte wählen Sie mindestens eine Form aus.")})
        if set(chosen) == {AcceptedForm.DIGITAL}:
            message = _(
                "Digital bestätigen können nur Zusammenschlüsse. Bitte wählen Sie für alle anderen dazu das Original "
                "auf Papier oder die hochgeladene Kopie."
            )
            raise ValidationError({"accepted_forms": message})

    def _clean_digital_resolution(self) -> None:
        accepted = AcceptedForm.DIGITAL in self.accepted_forms
        if accepted and not (self.digital_resolution_date and self.digital_resolution_reference):
            message = _(
                "Die digitale Bestätigung wird zusammen mit Datum und Nummer des Vorstandsbeschlusses eingeschaltet, "
                "der sie erlaubt. Bitte ergänzen Sie beides oder wählen Sie die Form ab."
            )
            fields = ("digital_resolution_date", "digital_resolution_reference")
            raise ValidationError({field: message for field in fields if not getattr(self, field)})

    @property
    def direct_debit_offered(self) -> bool:
        """Whether applicants may choose direct debit: only with an identifier and a name to debit for."""
        return bool(self.creditor_identifier)

    @property
    def representative_list(self) -> list[str]:
        """The representatives, one text each, without empty lines."""
        return [line.strip() for line in self.representatives.splitlines() if line.strip()]

    @property
    def postal_address(self) -> list[str]:
        """The lines below the name on an envelope; empty while nothing is known."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        return [line for line in (self.street, town) if line]

    @property
    def register_entry(self) -> str:
        """Court and number in one line, or nothing."""
        return ", ".join(part for part in (self.register_court, self.register_number) if part)

    def accepts(self, form: AcceptedForm) -> bool:
        """Whether a signed declaration may come in this form."""
        return form in self.accepted_forms

    def offers(self, purpose: str) -> bool:
        """Whether consent to ``purpose`` („directory“, „newsletter“, „photos“) is asked for at all."""
        return bool(getattr(self, f"offers_{purpose}"))
