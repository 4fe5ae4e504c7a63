"""The calculator on the dues page: a form whose address can be kept and passed on."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dues.dates import parse_day
from dues.enums import AmountType
from dues.models import DuesOrder, DuesRate
from dues.money import parse_amount
from dues.terms import DuesCalculation
from portal.association.enums import ApplicantKind, MembershipType

# Field → name in the address.
QUERY_NAMES = {
    "kind": "art",
    "membership_type": "mitgliedschaft",
    "rate": "gruppe",
    "base": "grundlage",
    "own_amount": "betrag",
    "admitted_on": "tag",
}
CHOOSE = ("", _("Bitte wählen"))
LONGEST_TYPED = 60


@dataclass(frozen=True)
class Answer:
    """What the calculator found, and by which order and rate."""

    order: DuesOrder
    rate: DuesRate
    calculation: DuesCalculation


class ParsedField(forms.CharField):
    """A text that ``parse`` turns into a value; nothing typed is None."""

    def __init__(self, *, parse: Callable[[str], Any], **kwargs: Any) -> None:
        self.parse = parse
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        # Far longer than any amount or day; the message names the beginning only.
        return self.parse(typed[:LONGEST_TYPED]) if typed else None


class CalculatorForm(forms.Form):
    """Kind, membership type, category and day of admission, with the figures the order's rates need.

    ``orders`` are all published ones with their rates, by first day. The day decides which of them counts; a category
    of another version is looked up by its name. After ``is_valid()`` the result is in ``answer``.
    """

    kind = forms.ChoiceField(label=_("Wer tritt bei?"), choices=[CHOOSE, *ApplicantKind.choices])
    membership_type = forms.ChoiceField(label=_("Art der Mitgliedschaft"), choices=[CHOOSE, *MembershipType.choices])
    rate = forms.ChoiceField(label=_("Beitragsgruppe"))
    base = ParsedField(label=_("Bemessungsgrundlage in Euro"), parse=parse_amount, required=False)
    own_amount = ParsedField(
        label=_("Ihr eigener Betrag in Euro"),
        parse=parse_amount,
        required=False,
        help_text=_("Nur bei Mindestbeiträgen, wenn Sie mehr zahlen möchten. Zum Beispiel 100,00."),
    )
    admitted_on = ParsedField(
        label=_("Tag der Aufnahme"), parse=parse_day, help_text=_("Tag, Monat und Jahr, zum Beispiel 15.03.2027.")
    )

    def __init__(self, query: Mapping[str, str], *, orders: Sequence[DuesOrder], today: dt.date) -> None:
        self.orders = orders
        self.answer: Answer | None = None
        self._shown_order = order_on(orders, _day_or(query.get(QUERY_NAMES["admitted_on"], ""), today)) or orders[-1]
        is_asked = any(name in query for name in QUERY_NAMES.values())
        super().__init__(
            self._with_category_of_shown_order(query, today) if is_asked else None,
            initial={"admitted_on": f"{today:%d.%m.%Y}"},
            auto_id="rechner-%s",
        )
        rates = list(self._shown_order.rates.all())
        self.fields["rate"].choices = [  # type: ignore[attr-defined]
            CHOOSE,
            *((str(rate.pk), _choice_label(rate)) for rate in rates),
        ]
        self.fields["rate"].error_messages["invalid_choice"] = _(
            "Diese Beitragsgruppe gibt es nicht. Bitte wählen Sie eine aus der Liste."
        )
        for name in ("kind", "membership_type"):
            self.fields[name].error_messages["invalid_choice"] = _("Bitte wählen Sie eine Angabe aus der Liste.")
        for field in self.fields.values():
            field.error_messages["required"] = _("Bitte ausfüllen.")
        self._leave_out_figures(rates)

    def add_prefix(self, field_name: str) -> str:
        """German names in the address."""
        return QUERY_NAMES.get(field_name, field_name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("admitted_on")
        if day and order_on(self.orders, day) is None:
            self.add_error(
                "admitted_on", _now("Am %(day)s galt keine der hier veröffentlichten Fassungen.") % {"day": _short(day)}
            )
        if not self.errors:
            self._calculate(cleaned)
        return cleaned

    def _calculate(self, cleaned: dict[str, Any]) -> None:
        order = self._shown_order
        rate = next(rate for rate in order.rates.all() if str(rate.pk) == cleaned["rate"])
        if not rate.fits(cleaned["kind"], cleaned["membership_type"]):
            self.add_error("rate", self._does_not_fit(rate, cleaned))
            return
        figures: dict[str, Decimal | None] = {name: cleaned.get(name) for name in ("base", "own_amount")}
        try:
            calculation = order.calculate(rate, admitted_on=cleaned["admitted_on"], **figures)
        except ValidationError as refusal:
            self.add_error("own_amount" if refusal.code == "below_minimum" else "base", refusal)
            return
        self.answer = Answer(order, rate, calculation)

    def _does_not_fit(self, rate: DuesRate, cleaned: dict[str, Any]) -> str:
        fitting = self._shown_order.rates_for(cleaned["kind"], cleaned["membership_type"])
        return _now("„%(category)s“ gilt nicht für diese Angaben. Möglich ist: %(fitting)s.") % {
            "category": rate.category,
            "fitting": ", ".join(f"„{other.category}“" for other in fitting) or _now("keine Beitragsgruppe"),
        }

    def _with_category_of_shown_order(self, query: Mapping[str, str], today: dt.date) -> dict[str, str]:
        """Return what was asked; a category of another version becomes the one of the same name."""
        data = {name: query.get(name, "") for name in QUERY_NAMES.values()}
        if QUERY_NAMES["admitted_on"] not in query:
            data[QUERY_NAMES["admitted_on"]] = _short(today)
        asked = data[QUERY_NAMES["rate"]]
        names = {str(rate.pk): rate.category for order in self.orders for rate in order.rates.all()}
        own = {rate.category: str(rate.pk) for rate in self._shown_order.rates.all()}
        if asked in names and asked not in own.values():
            data[QUERY_NAMES["rate"]] = own.get(names[asked], asked)
        return data

    def _leave_out_figures(self, rates: list[DuesRate]) -> None:
        """Ask for a base or an own amount only where a rate of the order knows one."""
        labels = {rate.base_label for rate in rates if rate.amount_type == AmountType.PERCENT}
        self.fields["base"].help_text = _now("Nur bei Beiträgen nach Prozent: %(labels)s. Zum Beispiel 50.000,00.") % {
            "labels": ", ".join(sorted(labels))
        }
        if not labels:
            del self.fields["base"]
        if not any(rate.amount_type == AmountType.MINIMUM for rate in rates):
            del self.fields["own_amount"]


def order_on(orders: Sequence[DuesOrder], day: dt.date) -> DuesOrder | None:
    """Return which of the published orders, sorted by first day, is in force on that day."""
    return next((order for order in reversed(orders) if order.valid_from <= day), None)


def _choice_label(rate: DuesRate) -> str:
    return f"{rate.category}: {rate.describe()}"


def _day_or(text: str, fallback: dt.date) -> dt.date:
    try:
        return parse_day(text[:LONGEST_TYPED])
    except ValidationError:
        return fallback


def _short(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
