"""The terms of a dues order: what an amount, a first year and a due date can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AmountType(models.TextChoices):
    """How a rate's yearly amount comes about."""

    FIXED = "fixed", _("fester Betrag")
    MINIMUM = "minimum", _("Mindestbetrag, mehr ist möglich")
    PERCENT = "percent", _("Prozentsatz einer Bemessungsgrundlage")
    HONORARY = "honorary", _("beitragsfrei (Ehrenmitgliedschaft)")


class FirstYearRule(models.TextChoices):
    """What is owed for the calendar year of admission."""

    FULL = "full", _("voller Jahresbeitrag")
    MONTH_BEGUN = "month_begun", _("je angefangenem Monat ein Zwölftel")
    FULL_MONTH = "full_month", _("je vollem Monat ein Zwölftel")
    QUARTER_BEGUN = "quarter_begun", _("je angefangenem Quartal ein Viertel")
    DAYS = "days", _("taggenau")
    FREE_UNTIL_NEW_YEAR = "free", _("beitragsfrei bis zum nächsten 1. Januar")


class DueRule(models.TextChoices):
    """When dues have to be paid."""

    FIXED_DAY = "fixed_day", _("an einem festen Tag im Jahr")
    DAYS_AFTER_ADMISSION = "days_after", _("einige Tage nach der Aufnahme, aber nicht vor einem festen Tag")


class PaymentWay(models.TextChoices):
    """How dues can be paid."""

    BANK_TRANSFER = "bank_transfer", _("Überweisung")
    DIRECT_DEBIT = "direct_debit", _("SEPA-Lastschrift")


class Standing(models.TextChoices):
    """Where a dues order stands on a day; only draft or published is stored, the rest follows from the dates."""

    DRAFT = "draft", _("Entwurf")
    UPCOMING = "upcoming", _("beschlossen, noch nicht in Kraft")
    IN_FORCE = "in_force", _("in Kraft")
    SUPERSEDED = "superseded", _("abgelöst")
