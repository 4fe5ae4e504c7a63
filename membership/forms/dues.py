"""The dues in the application form: every rate with what it costs, explained, and the figures it depends on."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dues.enums import AmountType
from dues.models import DuesRate
from dues.money import format_amount
from dues.terms import DuesCalculation
from dues.wording import conditions_in_words
from membership.definition import Field, FieldType
from membership.figures import least_own_amount
from membership.forms.checks import check_base
from membership.offer import Offer

CALCULATE = "calculate"
"""Name of the button that shows the amounts for what was typed, without submitting."""


@dataclass(frozen=True)
class RateChoice:
    """A rate as the form shows it.

    ``calculation`` is None while a base is missing; ``widget`` is the bound radio button, None for a rate that is not
    chosen here.
    """

    rate: DuesRate
    conditions: list[str]
    calculation: DuesCalculation | None
    widget: Any = None
    is_chosen: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether the amount depends on what was typed: worth seeing how."""
        return self.rate.amount_type in (AmountType.PERCENT, AmountType.MINIMUM)

    @property
    def label(self) -> str:
        """Category and yearly amount in one line."""
        return rate_label(self.rate)


def rate_label(rate: DuesRate) -> str:
    """Return category and yearly amount in one line."""
    return f"{rate.category}: {rate.describe()}"


def rate_choices(form: forms.Form, offer: Offer, field: Field) -> list[RateChoice]:
    """Return the rates of a field: those to choose from, or the reduced ones a person may wish for."""
    base, own_amount = _typed(form, "dues_base"), _typed(form, "own_amount")
    if field.field_type is not FieldType.RATE:
        return [_choice(offer, rate, base, own_amount) for rate in offer.reduced_rates]
    bound = form[field.name]
    return [
        _choice(offer, rate, base, own_amount, widget=widget, is_chosen=str(bound.value()) == str(rate.pk))
        for rate, widget in zip(offer.rates, bound.subwidgets, strict=True)
    ]


def below_minimum(rate: DuesRate, own_amount: Decimal | None) -> str:
    """Return what is wrong with an own amount under ``rate``; empty when nothing is."""
    least = least_own_amount(rate)
    if rate.amount_type != AmountType.MINIMUM or own_amount is None or own_amount >= least:
        return ""
    return _("Das ist weniger als der Mindestbeitrag. Bitte nennen Sie mindestens %(least)s im Jahr.") % {
        "least": format_amount(least)
    }


def _choice(offer: Offer, rate: DuesRate, base: Decimal | None, own_amount: Decimal | None, **more: Any) -> RateChoice:
    if below_minimum(rate, own_amount):
        own_amount = None
    is_open = rate.amount_type == AmountType.PERCENT and base is None
    calculation = None if is_open else offer.calculate(rate, base=base, own_amount=own_amount)
    return RateChoice(rate, conditions_in_words(rate, offer.dues_order), calculation, **more)


def _typed(form: forms.Form, name: str) -> Decimal | None:
    """Return a figure as typed, None where it cannot be read or is not asked."""
    text = str(form[name].value() or "") if name in form.fields else ""
    try:
        return check_base(text)
    except ValidationError:
        return None
