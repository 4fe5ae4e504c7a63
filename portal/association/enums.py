"""The statutes' terms, as the whole portal uses them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicantKind(models.TextChoices):
    """Who can become a member (docs/facts.md, F38)."""

    NATURAL_PERSON = "natural_person", _("natürliche Person")
    LEGAL_PERSON = "legal_person", _("juristische Person")
    UNINCORPORATED_GROUP = "unincorporated_group", _("nichtrechtsfähiger Zusammenschluss")


class MembershipType(models.TextChoices):
    """Both are open to every kind of applicant (docs/facts.md, F39)."""

    REGULAR = "regular", _("ordentliche Mitgliedschaft")
    SUPPORTING = "supporting", _("Fördermitgliedschaft")


class AcceptedForm(models.TextChoices):
    """In which forms a signed declaration may reach the association."""

    PAPER = "paper", _("unterschriebenes Original auf Papier")
    SCAN = "scan", _("hochgeladene Kopie des unterschriebenen Antrags")
    DIGITAL = "digital", _("digitale Bestätigung ohne Unterschrift")


class LegalTextKind(models.TextChoices):
    """What a legal text is for. The first group is what an application is bound to."""

    STATUTES = "statutes", _("Satzung")
    DECLARATION = "declaration", _("Erklärung zum Beitritt")
    GROUP_DECLARATION = "group_declaration", _("Erklärung der Mitunterzeichnenden")
    PRIVACY_NOTICE = "privacy_notice", _("Datenschutzhinweise zum Aufnahmeantrag (Art. 13 DSGVO)")
    PRIVACY_NOTICE_COSIGNERS = (
        "privacy_notice_cosigners",
        _("Datenschutzhinweise für Mitunterzeichnende (Art. 14 DSGVO)"),
    )
    LIABILITY_NOTICE = "liability_notice", _("Hinweis zur persönlichen Haftung (§ 54 Abs. 2 BGB)")
    SEPA_MANDATE = "sepa_mandate", _("Text des SEPA-Lastschriftmandats")
    CONSENT_DIRECTORY = "consent_directory", _("Einwilligung: Eintrag im Mitgliederverzeichnis")
    CONSENT_NEWSLETTER = "consent_newsletter", _("Einwilligung: Rundbrief")
    CONSENT_PHOTOS = "consent_photos", _("Einwilligung: Fotos")
