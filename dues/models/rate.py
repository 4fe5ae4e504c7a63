"""One line of a dues order."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from dues.enums import AmountType
from dues.fields import AmountField, ChoiceSetField, PercentField
from dues.money import format_amount, format_number
from dues.terms import RateTerms
from portal.association.enums import ApplicantKind, MembershipType

# Which figures each amount type needs; the others stay empty.
FIGURES = {
    AmountType.FIXED: ("amount",),
    AmountType.MINIMUM: ("amount",),
    AmountType.PERCENT: ("percent", "base_label"),
    AmountType.HONORARY: (),
}
FIGURES_ALLOWED = {**FIGURES, AmountType.PERCENT: ("percent", "base_label", "floor", "cap")}
ALL_FIGURES = ("amount", "percent", "base_label", "floor", "cap")


def _money(label: Promise | str, help_text: Promise | str) -> AmountField:
    return AmountField(label, null=True, blank=True, help_text=help_text)


class DuesRate(Orderable):
    """What members of some kinds and membership types pay a year; all amounts are euros with cents."""

    order = ParentalKey("dues.DuesOrder", on_delete=models.CASCADE, related_name="rates", verbose_name=_("Ordnung"))
    category = models.CharField(
        _("Beitragsgruppe"),
        max_length=120,
        help_text=_("So wählen Antragsteller sie aus, zum Beispiel „Regelbeitrag“."),
    )
    note = models.CharField(
        _("Erläuterung"), max_length=300, blank=True, help_text=_("Für wen gilt dieser Beitrag? Ein kurzer Satz.")
    )
    applicant_kinds = ChoiceSetField(
        _("Gilt für"), enum=ApplicantKind, help_text=_("Wer diese Beitragsgruppe wählen kann; mindestens eine Angabe.")
    )
    membership_types = ChoiceSetField(
        _("Art der Mitgliedschaft"), enum=MembershipType, help_text=_("Mindestens eine Angabe.")
    )
    amount_type = models.CharField(
        _("Art des Beitrags"),
        max_length=20,
        choices=AmountType.choices,
        default=AmountType.FIXED,
        help_text=_("Sie bestimmt, welche der folgenden Angaben gebraucht werden; die anderen bleiben leer."),
    )
    amount = _money(_("Betrag im Jahr"), _("Euro; fester Betrag oder Mindestbetrag."))
    percent = PercentField(
        _("Prozentsatz"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Zum Beispiel 0,11 für 0,11 %."),
    )
    base_label = models.CharField(
        _("Bemessungsgrundlage"),
        max_length=120,
        blank=True,
        help_text=_("Zum Beispiel „Personalkosten des Vorjahres“."),
    )
    floor = _money(_("Mindestens"), _("Euro; leer, wenn es keine Untergrenze gibt."))
    cap = _money(_("Höchstens"), _("Euro; leer, wenn es keine Obergrenze gibt."))
    admission_fee = _money(
        _("Abweichende Aufnahmegebühr"), _("Euro; leer heißt: wie in der Ordnung, 0 heißt: keine Aufnahmegebühr.")
    )
    is_reduced = models.BooleanField(
        _("Ermäßigter Beitrag"), default=False, help_text=_("Wird im Antrag als Ermäßigung angeboten.")
    )
    proof = models.CharField(
        _("Nachweis"),
        max_length=200,
        blank=True,
        help_text=_("Welcher Nachweis gezeigt wird. Er wird nur angesehen, nie gespeichert. Leer heißt: keiner."),
    )
    needs_board_decision = models.BooleanField(
        _("Nur mit Vorstandsbeschluss"),
        default=False,
        help_text=_("Der Vorstand beschließt über diesen Beitrag im Einzelfall."),
    )
    paragraph = models.CharField(
        _("Fundstelle"),
        max_length=60,
        blank=True,
        help_text=_("Zum Beispiel „§ 2 Absatz 1“; steht in der Erklärung des Rechners."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("Beitragssatz")
        verbose_name_plural = _("Beitragssätze")

    def __str__(self) -> str:
        return self.category

    def clean(self) -> None:
        """Refuse figures that are missing or do not belong to the amount type, and a floor above the cap."""
        super().clean()
        errors = {}
        kind = AmountType(self.amount_type) if self.amount_type in AmountType.values else None
        for name in ALL_FIGURES:
            value = getattr(self, name)
            if kind and name in FIGURES[kind] and value in (None, ""):
                errors[name] = _now("Bitte ausfüllen: Diese Art des Beitrags braucht die Angabe.")
            if kind and name not in FIGURES_ALLOWED[kind] and value not in (None, ""):
                errors[name] = _now("Bitte leeren: Diese Art des Beitrags kennt die Angabe nicht.")
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            errors["floor"] = _now("Die Untergrenze liegt über der Obergrenze.")
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the line of a draft. Raises OrderFrozenError when its order is published."""
        self.order.refuse_if_frozen()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the line of a draft. Raises OrderFrozenError when its order is published."""
        self.order.refuse_if_frozen()
        return super().delete(*args, **kwargs)

    def fits(self, kind: str, membership_type: str) -> bool:
        """Say whether an applicant of this kind and membership type may choose the rate."""
        return kind in self.applicant_kinds and membership_type in self.membership_types

    def terms(self) -> RateTerms:
        """Return what the calculation needs of this rate."""
        return RateTerms(
            amount_type=self.amount_type,
            amount=self.amount,
            percent=self.percent,
            base_label=self.base_label,
            floor=self.floor,
            cap=self.cap,
            paragraph=self.paragraph,
        )

    def describe(self) -> str:
        """Return the yearly amount in words, for tables and choices: ``mindestens 60,00 € im Jahr``."""
        if self.amount_type == AmountType.HONORARY:
            return _now("beitragsfrei")
        if self.amount_type == AmountType.PERCENT:
            return self._describe_percent()
        amount = format_amount(self.amount or Decimal(0))
        if self.amount_type == AmountType.MINIMUM:
            return _now("mindestens %(amount)s im Jahr") % {"amount": amount}
        return _now("%(amount)s im Jahr") % {"amount": amount}

    def _describe_percent(self) -> str:
        percent = f"{format_number(self.percent or Decimal(0))} %"
        parts = [_now("%(percent)s im Jahr (%(base)s)") % {"percent": percent, "base": self.base_label}]
        if self.floor is not None:
            parts.append(_now("mindestens %(amount)s") % {"amount": format_amount(self.floor)})
        if self.cap is not None:
            parts.append(_now("höchstens %(amount)s") % {"amount": format_amount(self.cap)})
        return ", ".join(parts)
