"""The board's resolutions on applications: how they came about, and the votes of those who decided."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.contrib.settings.models import BaseGenericSetting

from membership.models.application import Application
from membership.voting import (
    AbstentionRule,
    ConflictRule,
    Count,
    MajorityRule,
    Outcome,
    QuorumRule,
    Rules,
    TieRule,
    Vote,
)


class DecisionWay(models.TextChoices):
    """How the board comes to a resolution."""

    CIRCULAR = "circular", _("Umlaufverfahren")
    MEETING = "meeting", _("Sitzung")


class DecisionState(models.TextChoices):
    """Where a resolution stands."""

    OPEN = "open", _("Abstimmung läuft")
    ACCEPTED = "accepted", _("angenommen")
    REJECTED = "rejected", _("abgelehnt")
    FAILED = "failed", _("nichts beschlossen")
    CANCELLED = "cancelled", _("abgebrochen")
    REVERSED = "reversed", _("rückgängig gemacht")


NUMBERED_STATES = (DecisionState.ACCEPTED, DecisionState.REJECTED, DecisionState.REVERSED)


class BoardDecision(models.Model):
    """One vote of the board on one application, or the result of a meeting.

    The rules are those of the day it was opened. A resolution outlives the application (which goes after its retention)
    with its number, its day and its figures, so that the numbers of a year have no gap; it names nobody but those who
    voted.
    """

    application = models.ForeignKey(Application, null=True, on_delete=models.SET_NULL, related_name="decisions")
    reference = models.CharField(_("Vorgangsnummer"), max_length=20)
    way = models.CharField(_("Weg"), max_length=10, choices=DecisionWay.choices)
    state = models.CharField(_("Stand"), max_length=10, choices=DecisionState.choices, default=DecisionState.OPEN)
    outcome = models.CharField(_("Ergebnis"), max_length=20, choices=Outcome.choices, blank=True)
    rules = models.JSONField(_("Regeln"), default=dict)

    opened_at = models.DateTimeField(_("begonnen am"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("begonnen von"), on_delete=models.PROTECT, related_name="+"
    )
    closes_at = models.DateTimeField(_("Abstimmung endet"), null=True)
    extensions = models.PositiveSmallIntegerField(_("Verlängerungen"), default=0)
    closed_at = models.DateTimeField(_("abgeschlossen am"), null=True)
    decided_on = models.DateField(_("Tag des Beschlusses"), null=True)
    year = models.PositiveSmallIntegerField(_("Jahr"), null=True)
    number = models.PositiveIntegerField(_("Nummer"), null=True)

    members = models.PositiveSmallIntegerField(_("Mitglieder des Vorstands"), default=0)
    yes = models.PositiveSmallIntegerField(_("Ja-Stimmen"), default=0)
    no = models.PositiveSmallIntegerField(_("Nein-Stimmen"), default=0)
    abstain = models.PositiveSmallIntegerField(_("Enthaltungen"), default=0)
    conflict = models.PositiveSmallIntegerField(_("Befangene"), default=0)
    present = models.ManyToManyField(settings.AUTH_USER_MODEL, verbose_name=_("anwesend"), related_name="+")
    protocol_reference = models.CharField(_("Fundstelle im Protokoll"), max_length=120, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Beschluss")
        verbose_name_plural = _("Beschlüsse")
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["state", "closes_at"], name="decision_due")]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="decision_number_once"),
            models.UniqueConstraint(fields=["application"], condition=Q(state="open"), name="decision_one_open"),
            models.CheckConstraint(
                name="decision_numbered_when_decided",
                condition=Q(
                    state__in=[state.value for state in NUMBERED_STATES],
                    number__isnull=False,
                    year__isnull=False,
                    decided_on__isnull=False,
                )
                | (~Q(state__in=[state.value for state in NUMBERED_STATES]) & Q(number__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.reference}/{self.pk}"

    @property
    def label(self) -> str:
        """The resolution's number as the minutes quote it („VB 2026/14“); empty before there is one."""
        return f"VB {self.year}/{self.number}" if self.number else ""

    @property
    def is_open(self) -> bool:
        """Whether votes are taken."""
        return self.state == DecisionState.OPEN

    @property
    def is_circular(self) -> bool:
        """Whether the board votes in the portal, without meeting."""
        return self.way == DecisionWay.CIRCULAR

    @property
    def recorded_by(self) -> Any:
        """Who entered what a meeting decided; None where it follows from the votes, whoever began to vote."""
        return None if self.is_circular else self.opened_by

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which votes are taken: the vote closes when it is over."""
        return timezone.localdate(self.closes_at) - dt.timedelta(days=1) if self.closes_at else None

    @property
    def voting_rules(self) -> Rules:
        """The rules of this vote."""
        return Rules(**self.rules)

    @property
    def count(self) -> Count:
        """The figures on record, without the chair's vote."""
        return Count(self.members, self.yes, self.no, self.abstain, self.conflict)


class Ballot(models.Model):
    """What one person on the board says in one vote; saying something else replaces it until the vote closes."""

    decision = models.ForeignKey(BoardDecision, on_delete=models.CASCADE, related_name="ballots")
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Person"), on_delete=models.PROTECT, related_name="+"
    )
    vote = models.CharField(_("Stimme"), max_length=10, choices=Vote.choices)
    cast_at = models.DateTimeField(_("abgegeben am"))

    class Meta:
        default_permissions = ()
        verbose_name = _("Stimme")
        verbose_name_plural = _("Stimmen")
        ordering = ["decision", "cast_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "voter"], name="ballot_once")]

    def __str__(self) -> str:
        return f"{self.decision_id}/{self.voter_id}"


class BoardNote(models.Model):
    """What the board notes for itself about an application: nobody else reads it, and no export has it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="board_notes")
    text = models.TextField(_("Notiz"), max_length=4000)
    written_at = models.DateTimeField(_("geschrieben am"), auto_now_add=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("geschrieben von"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("Notiz des Vorstands")
        verbose_name_plural = _("Notizen des Vorstands")
        ordering = ["application", "written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.pk}"


class VotingRules(BaseGenericSetting):
    """How the board decides. A vote keeps the rules of the day it was opened."""

    quorum = models.CharField(
        _("Beschlussfähig ist der Vorstand, wenn teilnehmen"),
        max_length=20,
        choices=QuorumRule.choices,
        default=QuorumRule.MORE_THAN_HALF,
    )
    majority = models.CharField(
        _("In einer Sitzung ist aufgenommen, wer erhält"),
        max_length=20,
        choices=MajorityRule.choices,
        default=MajorityRule.SIMPLE,
        help_text=_("Stimmberechtigt sind auch Mitglieder des Vorstands, die in der Sitzung fehlen."),
    )
    circular_majority = models.CharField(
        _("Im Umlaufverfahren ist aufgenommen, wer erhält"),
        max_length=20,
        choices=MajorityRule.choices,
        default=MajorityRule.UNANIMOUS,
        db_default=MajorityRule.UNANIMOUS,
        help_text=_(
            "Sagt die Satzung nichts über das Umlaufverfahren, müssen dort nach dem Gesetz alle zustimmen (§ 28 mit "
            "§ 32 BGB). Wählen Sie etwas anderes nur, wenn die Satzung es erlaubt."
        ),
    )
    abstentions = models.CharField(
        _("Enthaltungen"), max_length=20, choices=AbstentionRule.choices, default=AbstentionRule.NOT_COUNTED
    )
    conflicts = models.CharField(
        _("Befangene"),
        max_length=20,
        choices=ConflictRule.choices,
        default=ConflictRule.LEFT_OUT,
        help_text=_("Wer befangen ist, stimmt in keinem Fall mit ab (§ 34 BGB)."),
    )
    tie = models.CharField(_("Bei Stimmengleichheit"), max_length=20, choices=TieRule.choices, default=TieRule.REJECTED)
    chair_function = models.CharField(
        _("Funktion des Vorsitzes"),
        max_length=80,
        blank=True,
        default="Vorsitz",
        help_text=_("So heißt die Funktion in den Amtszeiten. Nur nötig, wenn die Stimme des Vorsitzes entscheidet."),
    )
    deadline_days = models.PositiveSmallIntegerField(
        _("Tage für eine Abstimmung im Umlauf"), default=7, help_text=_("Wird beim Öffnen vorgeschlagen; 1 bis 60.")
    )
    closes_early = models.BooleanField(
        _("Die Abstimmung endet, sobald alle abgestimmt haben"),
        default=True,
        help_text=_("Sonst kann jede Person ihre Stimme bis zum letzten Tag ändern."),
    )
    extends = models.BooleanField(
        _("Bei zu wenigen Stimmen einmal verlängern"),
        default=True,
        help_text=_(
            "Um dieselbe Zahl von Tagen; auch dann, wenn alle zustimmen müssen und noch jemand schweigt. Fehlen danach "
            "immer noch Stimmen, ist nichts beschlossen."
        ),
    )

    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("quorum"),
                    FieldPanel("majority"),
                    FieldPanel("circular_majority"),
                    FieldPanel("abstentions"),
                    FieldPanel("conflicts"),
                ],
                heading=_("Mehrheit"),
            ),
            MultiFieldPanel([FieldPanel("tie"), FieldPanel("chair_function")], heading=_("Stimmengleichheit")),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("deadline_days")]), FieldPanel("closes_early"), FieldPanel("extends")],
                heading=_("Umlaufverfahren"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("Regeln für Beschlüsse")
        verbose_name_plural = _("Regeln für Beschlüsse")
        constraints = [
            models.CheckConstraint(
                name="votingrules_days",
                condition=Q(deadline_days__gte=1, deadline_days__lte=60),
                violation_error_message=_("Bitte geben Sie 1 bis 60 Tage an."),
            ),
            models.CheckConstraint(
                name="votingrules_chair",
                condition=~Q(tie="chair") | ~Q(chair_function=""),
                violation_error_message=_("Bitte nennen Sie die Funktion des Vorsitzes."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def as_rules(self, way: DecisionWay) -> Rules:
        """Return the settings as the rules of a vote that goes this way."""
        values: dict[str, Any] = {name: getattr(self, name) for name in Rules.__dataclass_fields__}
        if way is DecisionWay.CIRCULAR:
            values["majority"] = self.circular_majority
        return Rules(**values)
