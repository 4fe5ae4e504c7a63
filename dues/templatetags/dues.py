"""Amounts and rates in templates."""

from decimal import Decimal
from fractions import Fraction

from django import template

from dues import wording
from dues.models import DuesOrder, DuesRate
from dues.money import format_amount, format_exact
from portal.privacy.models import AuditEntry

register = template.Library()


@register.filter
def euro(amount: Decimal) -> str:
    """``1.200,00 €``."""
    return format_amount(amount)


@register.filter
def difference(amount: Decimal) -> str:
    """``+12,00 €``, ``−12,00 €``, ``0,00 €``."""
    sign = "" if not amount else "+" if amount > 0 else "−"
    return sign + format_amount(abs(amount))


@register.filter
def exact_euro(amount: Fraction) -> str:
    """``64,657534… €``."""
    return format_exact(amount)


@register.filter
def kinds(rate: DuesRate) -> str:
    """For whom the rate is."""
    return wording.kinds_in_words(rate)


@register.filter
def types(rate: DuesRate) -> str:
    """The membership types of the rate."""
    return wording.types_in_words(rate)


@register.filter
def conditions(rate: DuesRate, order: DuesOrder) -> list[str]:
    """What to know about the rate besides its amount."""
    return wording.conditions_in_words(rate, order)


@register.filter
def rules(order: DuesOrder) -> list[tuple[str, str]]:
    """What holds besides the rates."""
    return wording.rules_in_words(order)


@register.filter
def resolution(order: DuesOrder) -> str:
    """Who decided the order, when."""
    return wording.resolution_in_words(order)


@register.filter
def unbroken(text: str) -> str:
    """Keep amount and euro sign on one line."""
    return text.replace(" €", "\N{NO-BREAK SPACE}€")


@register.filter
def dues_action(entry: AuditEntry) -> str:
    """An entry of an order's history in words."""
    return wording.action_in_words(entry.action)
