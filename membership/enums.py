"""Membership's own terms; the statutes' terms (applicant kind, membership type) are in ``portal.association.enums``."""

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
    ACCEPTED = "accepted", _("angenommen")
    REJECTED = "rejected", _("abgelehnt")


OPEN_STATES = frozenset({ApplicationState.CONFIRMED})
"""Waiting for papers or for the board."""

DECIDED_STATES = frozenset({ApplicationState.ACCEPTED, ApplicationState.REJECTED})
"""The board has decided; nothing about the application changes any more."""

STAFF_STATES = OPEN_STATES | DECIDED_STATES
"""What office and board may see: everything but what nobody has confirmed."""


class Representation(models.TextChoices):
    """Whether one authorised signatory suffices."""

    SOLE = "sole", _("Jede Person kann allein unterschreiben.")
    JOINT = "joint", _("Die genannten Personen unterschreiben gemeinsam.")


class RegisterStatus(models.TextChoices):
    """Whether a legal person stands in a public register."""

    REGISTERED = "registered", _("in ein Register eingetragen")
    NOT_REGISTERED = "not_registered", _("nicht eingetragen / öffentlich-rechtlich")


class SignatureChannel(models.TextChoices):
    """How a co-signatory confirms a group's application."""

    PAPER = "paper", _("Unterschrift auf Papier")
    DIGITAL = "digital", _("digitale Bestätigung")
