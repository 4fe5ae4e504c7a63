"""Somebody's request to become a member."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dues.enums import PaymentWay
from dues.money import MOST_DIGITS
from membership.enums import DECIDED_STATES, OPEN_STATES, ApplicationState, Channel
from membership.querysets import ApplicationQuerySet
from membership.reference import new_reference
from portal.association.enums import ApplicantKind, MembershipType

CONFIRMATION_LIVES = timedelta(days=7)
"""How long the link in the confirmation mail works; an older one offers a new mail."""


class Application(models.Model):
    """Personal data lives here and in the rows that point here, nowhere else.

    Only the functions of ``membership.domain`` write it. ``answers`` holds what was answered, keyed by field name
    (texts, true/false, lists of rows), but for what has a column or a table of its own (``Storage`` in
    membership.definition).
    """

    reference = models.CharField(_("Vorgangsnummer"), max_length=20, unique=True, default=new_reference, editable=False)
    kind = models.CharField(_("Art"), max_length=30, choices=ApplicantKind.choices)
    membership_type = models.CharField(_("Mitgliedschaft"), max_length=20, choices=MembershipType.choices)
    channel = models.CharField(_("Weg"), max_length=10, choices=Channel.choices, default=Channel.ONLINE)
    state = models.CharField(
        _("Stand"), max_length=20, choices=ApplicationState.choices, default=ApplicationState.UNCONFIRMED
    )
    language = models.CharField(_("Sprache"), max_length=12, default="de")

    applicant_name = models.CharField(_("Name"), max_length=320)
    # Folding makes a name up to fifteen times as long: too long for an index, which no search would use.
    folded_name = models.TextField(blank=True, editable=False)
    email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    answers = models.JSONField(_("Angaben"), default=dict)

    texts = models.ManyToManyField(
        "association.LegalText", through="ApplicationText", verbose_name=_("Rechtstexte"), related_name="+"
    )
    dues_order = models.ForeignKey(
        "dues.DuesOrder", verbose_name=_("Beitrags- und Finanzordnung"), on_delete=models.PROTECT, related_name="+"
    )
    dues_rate = models.ForeignKey(
        "dues.DuesRate", verbose_name=_("Beitragsgruppe"), on_delete=models.PROTECT, related_name="+"
    )
    dues_base = models.DecimalField(
        _("Bemessungsgrundlage"), max_digits=MOST_DIGITS + 2, decimal_places=2, null=True, blank=True
    )
    own_amount = models.DecimalField(
        _("eigener Beitrag im Jahr"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    payment_way = models.CharField(_("Zahlungsweise"), max_length=20, choices=PaymentWay.choices)
    content_hash = models.CharField(_("Prüfsumme"), max_length=64, editable=False)
    # Counts what the paper to be signed has said: only what came in the current edition counts.
    edition = models.PositiveSmallIntegerField(_("Fassung des Papiers"), default=1, editable=False)

    submission_key = models.CharField(_("Formularschlüssel"), max_length=64, unique=True, editable=False)
    receipt_generation = models.PositiveIntegerField(default=1, editable=False)
    confirmation_generation = models.PositiveIntegerField(default=1, editable=False)
    status_generation = models.PositiveIntegerField(default=1, editable=False)
    confirmation_sent_at = models.DateTimeField(_("Bestätigungslink vom"), null=True, editable=False)
    email_corrected_at = models.DateTimeField(_("E-Mail-Adresse berichtigt am"), null=True, editable=False)

    submitted_at = models.DateTimeField(_("gestellt am"))
    received_on = models.DateField(_("mit der Post eingegangen am"), null=True)
    confirmed_at = models.DateTimeField(_("bestätigt am"), null=True)
    # What the office has to answer for runs from here; a request for completion stops it until the answer.
    clock_started_at = models.DateTimeField(_("in Bearbeitung seit"), null=True)
    clock_paused_at = models.DateTimeField(_("Frist angehalten seit"), null=True)
    withdrawn_at = models.DateTimeField(_("zurückgezogen am"), null=True, editable=False)
    decided_on = models.DateField(_("entschieden am"), null=True)
    # Who entered what a meeting decided; nobody where the board voted in the portal.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entschieden von"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # How long it is kept counts from here; the queue's line of the mail is deleted before.
    told_at = models.DateTimeField(_("Nachricht über das Ergebnis vom"), null=True, editable=False)
    decision_recorded_at = models.DateTimeField(_("Entscheidung eingetragen am"), null=True)

    objects = ApplicationQuerySet.as_manager()
    open_lines: list[Any]  # of membership.domain.completeness; only on what the list in the admin shows

    class Meta:
        verbose_name = _("Aufnahmeantrag")
        verbose_name_plural = _("Aufnahmeanträge")
        ordering = ["-submitted_at", "-pk"]
        # Nobody adds, changes or deletes an application in the admin; see membership.permissions.
        default_permissions = ()
        permissions = [
            ("record_application", "Eingänge und Unterschriften zu Aufnahmeanträgen eintragen"),
            ("decide_application", "Über Aufnahmeanträge entscheiden (während der Amtszeit)"),
            ("unmask_application", "Bankdaten zu Aufnahmeanträgen unverdeckt ansehen"),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="application_state_age"),
            models.Index(fields=["clock_started_at"], name="application_clock"),
            models.Index(fields=["applicant_name"], name="application_name"),
            models.Index(fields=["submitted_at"], name="application_submitted"),
        ]
        constraints = [
            models.CheckConstraint(
                name="application_decision_whole",
                condition=models.Q(state__in=sorted(DECIDED_STATES), decided_on__isnull=False)
                | (
                    ~models.Q(state__in=sorted(DECIDED_STATES))
                    & models.Q(decided_on__isnull=True, decided_by__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="application_amount_positive",
                condition=models.Q(own_amount__isnull=True) | models.Q(own_amount__gt=Decimal(0)),
            ),
            models.CheckConstraint(
                name="application_base_not_negative",
                condition=models.Q(dues_base__isnull=True) | models.Q(dues_base__gte=Decimal(0)),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_group(self) -> bool:
        """Whether five persons have to confirm it."""
        return self.kind == ApplicantKind.UNINCORPORATED_GROUP

    @property
    def is_open(self) -> bool:
        """Whether it waits for papers or for the board."""
        return self.state in OPEN_STATES

    @property
    def is_ready(self) -> bool:
        """Whether the board can decide."""
        return self.state == ApplicationState.READY

    @property
    def is_decided(self) -> bool:
        """Whether the board has decided."""
        return self.state in DECIDED_STATES

    @property
    def resolution(self) -> str:
        """The number of the resolution that decided, as the minutes quote it; empty before."""
        decided = self.decisions.filter(state__in=DECIDED_STATES).first()
        return decided.label if decided else ""

    @property
    def fingerprint(self) -> str:
        """What stands on every sheet of the printed application: eight characters, and the edition after the first."""
        return self.content_hash[:8] + (f"-{self.edition}" if self.edition > 1 else "")

    @property
    def yearly_dues(self) -> Decimal:
        """What a full year costs by the rate and the figures of the application, in euros."""
        calculation = self.dues_order.calculate(
            self.dues_rate,
            admitted_on=timezone.localdate(self.submitted_at),
            base=self.dues_base,
            own_amount=self.own_amount,
        )
        return calculation.full_year.amount

    @property
    def awaits_answer(self) -> bool:
        """Whether the applicant has to answer the office."""
        return self.is_open and self.clock_paused_at is not None

    @property
    def standing(self) -> str:
        """The state in words; while the applicant has to answer, that."""
        return _now("wartet auf Antwort") if self.awaits_answer else self.get_state_display()

    def age(self, now: datetime | None = None) -> timedelta | None:
        """Return how long it has been with the association, without the time in which the applicant had to answer.

        The age of a decided one stays what it was on that day; None before anybody works on it.
        """
        if self.clock_started_at is None:
            return None
        until = self.clock_paused_at or self.decision_recorded_at or now or timezone.now()
        return max(until - self.clock_started_at, timedelta(0))

    def confirmation_expired(self, now: datetime) -> bool:
        """Whether the link of the last confirmation mail has outlived its seven days."""
        return self.confirmation_sent_at is None or now >= self.confirmation_sent_at + CONFIRMATION_LIVES


class ApplicationText(models.Model):
    """A text in the version that was shown when the application was submitted."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="text_versions")
    text = models.ForeignKey("association.LegalText", on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        verbose_name = _("gezeigter Rechtstext")
        verbose_name_plural = _("gezeigte Rechtstexte")
        ordering = ["text__kind"]
        constraints = [models.UniqueConstraint(fields=["application", "text"], name="application_text_once")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.text_id}"
