"""The dues order: one version of the rules on dues, frozen once published."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField, StreamField

from dues.blocks import ParagraphsBlock
from dues.calculation import calculate
from dues.enums import DueRule, FirstYearRule, PaymentWay, Standing
from dues.fields import AmountField, ChoiceSetField
from dues.models.querysets import DuesOrderQuerySet
from dues.models.rate import DuesRate
from dues.terms import DuesCalculation, OrderTerms

PARAGRAPH_HELP = _("Zum Beispiel „§ 4“; steht in der Erklärung des Rechners.")
# The last day of each month that every year has.
DAYS_IN_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class OrderFrozenError(ValidationError):
    """Somebody tried to change or delete a published dues order."""

    def __init__(self) -> None:
        super().__init__(
            _("Diese Ordnung ist veröffentlicht und unveränderlich. Legen Sie eine neue Fassung an."), code="frozen"
        )


class DuesOrder(ClusterableModel):
    """One version of the dues and finance order. Amounts are euros with cents."""

    version = models.PositiveIntegerField(
        _("Fassung"),
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text=_("Wird beim Veröffentlichen vergeben."),
    )
    title = models.CharField(
        _("Titel"),
        max_length=120,
        default="Beitrags- und Finanzordnung",
        help_text=_("Steht über der Seite und dem PDF."),
    )
    resolution_date = models.DateField(_("Beschlossen am"), null=True, blank=True, help_text=_("Tag des Beschlusses."))
    resolution_body = models.CharField(
        _("Beschlossen von"), max_length=120, blank=True, help_text=_("Zum Beispiel „Mitgliederversammlung“.")
    )
    resolution_reference = models.CharField(
        _("Fundstelle des Beschlusses"), max_length=120, blank=True, help_text=_("Zum Beispiel „TOP 5 des Protokolls“.")
    )
    valid_from = models.DateField(
        _("Gilt ab"), help_text=_("Ab diesem Tag gilt diese Fassung und löst die bisherige von selbst ab.")
    )
    preamble = RichTextField(
        _("Vorspruch"),
        blank=True,
        features=["bold", "italic", "ol", "ul"],
        help_text=_("Ein einleitender Text vor § 1; kann leer bleiben."),
    )
    paragraphs = StreamField(
        ParagraphsBlock(),
        blank=True,
        verbose_name=_("Paragrafen"),
        help_text=_("Der beschlossene Wortlaut. Die Beträge stehen in den Beitragssätzen, nicht hier."),
    )

    first_year_rule = models.CharField(
        _("Beitrag im ersten Jahr"),
        max_length=20,
        choices=FirstYearRule.choices,
        default=FirstYearRule.MONTH_BEGUN,
        help_text=_("Was im Kalenderjahr der Aufnahme zu zahlen ist."),
    )
    first_year_paragraph = models.CharField(
        _("Fundstelle der Regel"), max_length=60, blank=True, help_text=PARAGRAPH_HELP
    )
    due_rule = models.CharField(
        _("Fälligkeit"),
        max_length=20,
        choices=DueRule.choices,
        default=DueRule.FIXED_DAY,
        help_text=_("Wann der Beitrag zu zahlen ist."),
    )
    due_month = models.PositiveSmallIntegerField(
        _("Fester Tag: Monat"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("Der Monat als Zahl, 3 für März."),
    )
    due_day = models.PositiveSmallIntegerField(
        _("Fester Tag: Tag"),
        default=31,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_("Der Tag im Monat, 31 für den 31. März."),
    )
    due_days_after_admission = models.PositiveSmallIntegerField(
        _("Tage nach der Aufnahme"),
        default=0,
        validators=[MaxValueValidator(366)],
        help_text=_("Nur für die Regel „einige Tage nach der Aufnahme“."),
    )
    due_paragraph = models.CharField(
        _("Fundstelle der Fälligkeit"), max_length=60, blank=True, help_text=PARAGRAPH_HELP
    )
    admission_fee = AmountField(
        _("Aufnahmegebühr"),
        default=Decimal(0),
        help_text=_("Euro, einmalig bei der Aufnahme; 0, wenn es keine gibt."),
    )
    admission_fee_paragraph = models.CharField(
        _("Fundstelle der Aufnahmegebühr"), max_length=60, blank=True, help_text=PARAGRAPH_HELP
    )
    payment_ways = ChoiceSetField(
        _("Zahlungswege"),
        enum=PaymentWay,
        help_text=_(
            "Lastschrift bietet das Formular nur an, wenn eine Gläubiger-Identifikationsnummer eingetragen ist."
        ),
    )
    published_at = models.DateTimeField(_("veröffentlicht am"), null=True, blank=True, editable=False)

    objects = DuesOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("Beitragsordnung")
        verbose_name_plural = _("Beitragsordnungen")
        ordering = ["-valid_from", "-pk"]
        permissions = [("publish_duesorder", "Beitragsordnungen veröffentlichen")]
        constraints = [
            models.UniqueConstraint(
                fields=["valid_from"],
                condition=models.Q(published_at__isnull=False),
                name="dues_one_published_order_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(version__isnull=False),
                name="dues_published_order_has_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.version_label}"

    @property
    def version_label(self) -> str:
        """The version in words, with its first day."""
        day = f"{self.valid_from:%d.%m.%Y}"
        if self.version is None:
            return _now("Entwurf, gilt ab %(day)s") % {"day": day}
        return _now("Fassung %(version)s, gültig ab %(day)s") % {"version": self.version, "day": day}

    @property
    def first_due_day(self) -> dt.date:
        """The fixed due day in the year the order takes force."""
        return dt.date(self.valid_from.year, self.due_month, self.due_day)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def standing(self, on: dt.date | None = None) -> Standing:
        """Return where the order stands on that day (default: today)."""
        if not self.is_published:
            return Standing.DRAFT
        day = on or timezone.localdate()
        if self.valid_from > day:
            return Standing.UPCOMING
        later = DuesOrder.objects.published().filter(valid_from__gt=self.valid_from, valid_from__lte=day)
        return Standing.SUPERSEDED if later.exists() else Standing.IN_FORCE

    def rates_for(self, kind: str, membership_type: str) -> list[DuesRate]:
        """Return the rates an applicant of this kind and membership type may choose, in the order of display."""
        return [rate for rate in self.rates.all() if rate.fits(kind, membership_type)]

    def admission_fee_for(self, rate: DuesRate) -> Decimal:
        """Return the fee charged once on admission under ``rate``."""
        return self.admission_fee if rate.admission_fee is None else rate.admission_fee

    def terms_for(self, rate: DuesRate) -> OrderTerms:
        """Return what the calculation needs of this order for a member under ``rate``."""
        return OrderTerms(
            first_year_rule=self.first_year_rule,
            due_rule=self.due_rule,
            due_month=self.due_month,
            due_day=self.due_day,
            due_days_after_admission=self.due_days_after_admission,
            admission_fee=self.admission_fee_for(rate),
            first_year_paragraph=self.first_year_paragraph,
            due_paragraph=self.due_paragraph,
            admission_fee_paragraph=self.admission_fee_paragraph,
        )

    def calculate(
        self,
        rate: DuesRate,
        *,
        admitted_on: dt.date,
        base: Decimal | None = None,
        own_amount: Decimal | None = None,
    ) -> DuesCalculation:
        """Return what a member admitted on that day owes under ``rate``; see ``dues.calculation.calculate``."""
        return calculate(rate.terms(), self.terms_for(rate), admitted_on=admitted_on, base=base, own_amount=own_amount)

    def clean(self) -> None:
        super().clean()
        if self.due_month and self.due_day and self.due_day > DAYS_IN_MONTH[self.due_month - 1]:
            raise ValidationError({"due_day": _now("Diesen Tag hat der gewählte Monat nicht in jedem Jahr.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the draft. Raises OrderFrozenError for an order whose published version is stored already."""
        with transaction.atomic():
            self.refuse_if_frozen()
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the draft. Raises OrderFrozenError for a published order."""
        with transaction.atomic():
            self.refuse_if_frozen()
            return super().delete(*args, **kwargs)

    def freeze(self) -> None:
        """Number and freeze the draft as it is stored, without the checks of ``publishing.publish_order``.

        Raises OrderFrozenError when it was published meanwhile, ValidationError when another published order
        begins on the same day.
        """
        with transaction.atomic():
            DuesOrder.objects.wait_for_publishing()
            self.refuse_if_frozen()
            published = DuesOrder.objects.published()
            if published.filter(valid_from=self.valid_from).exists():
                raise ValidationError(_now("An diesem Tag tritt schon eine andere Fassung in Kraft."), code="same_day")
            self.version = (published.aggregate(latest=models.Max("version"))["latest"] or 0) + 1
            self.published_at = timezone.now()
            super().save(update_fields=["version", "published_at"])

    def copy_as_draft(self, valid_from: dt.date) -> DuesOrder:
        """Return a stored draft with the same texts, rules and rates, without version and resolution."""
        with transaction.atomic():
            draft = DuesOrder.objects.get(pk=self.pk)
            rates = list(draft.rates.all())
            draft.pk = draft.version = draft.published_at = draft.resolution_date = None
            draft.resolution_reference = ""
            draft.valid_from = valid_from
            draft._state.adding = True
            super(DuesOrder, draft).save(force_insert=True)
            for rate in rates:
                rate.pk, rate.order = None, draft
                rate._state.adding = True
                rate.save(force_insert=True)
        return DuesOrder.objects.get(pk=draft.pk)

    def refuse_if_frozen(self) -> None:
        """Raise OrderFrozenError when the stored order is published, whatever this object in memory says."""
        if self.pk and DuesOrder.objects.published().filter(pk=self.pk).exists():
            raise OrderFrozenError
