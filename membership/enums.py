"""Membership's own terms; the statutes' terms (applicant kind, membership type) are in ``portal.association.enums``."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How an application reached the association."""

    ONLINE = "online", _("online")
    PAPER = "paper", _("auf Papier")


class ApplicationState(models.TextChoices):
    """Where an application stands; the README next to this file draws the ways between the states."""

    UNCONFIRMED = "unconfirmed", _("E-Mail-Adresse noch nicht bestätigt")
    CONFIRMED = "confirmed", _("eingegangen")
    READY = "ready", _("beschlussreif")
    ACCEPTED = "accepted", _("angenommen")
    REJECTED = "rejected", _("abgelehnt")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


OPEN_STATES = frozenset({ApplicationState.CONFIRMED, ApplicationState.READY})
"""Waiting for papers or for the board."""

DECIDED_STATES = frozenset({ApplicationState.ACCEPTED, ApplicationState.REJECTED})
"""The board has decided; nothing about the application changes any more."""

REVERSIBLE = timedelta(minutes=10)
"""How long a decision can be taken back, and the message about it waits."""

CLOSED_STATES = DECIDED_STATES | {ApplicationState.WITHDRAWN}
"""Nothing is done any more: decided, or withdrawn before that."""

STAFF_STATES = OPEN_STATES | CLOSED_STATES
"""What office and board may see: everything but what nobody has confirmed."""


class Responsible(models.TextChoices):
    """Who does what is still open before the board can decide."""

    APPLICANT = "applicant", _("antragstellende Seite")
    OFFICE = "office", _("Geschäftsstelle")


class CompletenessCode(models.TextChoices):
    """The lines of the list that says whether the board can decide; which of them an application has depends on it."""

    ORIGINAL = "original", _("Unterschriebener Antrag eingegangen")
    COSIGNATURES = "cosignatures", _("Fünf Unterschriften")
    SIGNATORIES = "signatories", _("Unterschrift der vertretungsberechtigten Personen geprüft")
    REPRESENTATIVES = "representatives", _("Unterschrift der gesetzlichen Vertreter geprüft")
    MANDATE = "mandate", _("Unterschrift auf dem SEPA-Lastschriftmandat geprüft")
    ANSWER = "answer", _("Antwort auf die Rückfrage")


CHECKED_BY_HAND = frozenset({CompletenessCode.SIGNATORIES, CompletenessCode.REPRESENTATIVES, CompletenessCode.MANDATE})
"""What only somebody who looks at the paper can say is done."""


class Representation(models.TextChoices):
    """Whether one authorised signatory suffices."""

    SOLE = "sole", _("Jede Person kann allein unterschreiben.")
    JOINT = "joint", _("Die genannten Personen unterschreiben gemeinsam.")


class RegisterStatus(models.TextChoices):
    """Whether a legal person stands in a public register."""

    REGISTERED = "registered", _("in ein Register eingetragen")
    NOT_REGISTERED = "not_registered", _("nicht eingetragen / öffentlich-rechtlich")


class AttachmentSource(models.TextChoices):
    """Who sent a file."""

    APPLICANT = "applicant", _("antragstellende Seite")
    OFFICE = "office", _("Geschäftsstelle")


class SignatureChannel(models.TextChoices):
    """How a co-signatory confirms a group's application."""

    PAPER = "paper", _("Unterschrift auf Papier")
    DIGITAL = "digital", _("digitale Bestätigung")


class SignatureStanding(models.TextChoices):
    """Where one row of a group's co-signatories stands today."""

    NAMED = "named", _("noch keine Unterschrift")
    INVITED = "invited", _("eingeladen")
    EXPIRED = "expired", _("Link abgelaufen")
    CONFIRMED = "confirmed", _("digital bestätigt")
    SIGNED = "signed", _("auf Papier unterschrieben")
    DECLINED = "declined", _("abgelehnt")
    REVOKED = "revoked", _("Einladung zurückgenommen")


class LinkState(models.TextChoices):
    """What a genuine link to co-sign leads to; each is the sentence that its reader finds."""

    OPEN = "open", _("Dieser Link wartet auf Ihre Bestätigung.")
    CONFIRMED = "confirmed", _("Sie haben den Antrag bestätigt.")
    SIGNED = "signed", _("Ihre Unterschrift liegt schon auf Papier vor.")
    DECLINED = "declined", _("Sie haben die Bestätigung abgelehnt.")
    EXPIRED = "expired", _("Dieser Link ist abgelaufen.")
    REVOKED = "revoked", _("Diese Einladung wurde zurückgenommen.")
    REPLACED = "replaced", _("Dieser Link gilt nicht mehr.")
    CHANGED = "changed", _("Der Antrag wurde geändert.")
    PAUSED = "paused", _("Dieser Antrag wird gerade bearbeitet.")
    DECIDED = "decided", _("Über diesen Antrag hat der Vorstand schon entschieden.")
    WITHDRAWN = "withdrawn", _("Dieser Antrag wurde zurückgezogen.")
    PAPER_ONLY = "paper_only", _("Der Verein nimmt Bestätigungen zurzeit nur auf Papier an.")
