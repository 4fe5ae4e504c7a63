"""The two figures dues may depend on, base and own amount, in the words of the rates that ask for them."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from dues.enums import AmountType
from dues.models import DuesRate
from dues.money import format_amount
from membership.definition import Field, FieldType

LEAST = Decimal("0.01")


def least_own_amount(rate: DuesRate) -> Decimal:
    """Return the least amount somebody may name under a rate with a minimum: something, even where it is 0."""
    return max(rate.amount or Decimal(0), LEAST)


def figure_label(field: Field, rates: Sequence[DuesRate]) -> str:
    """Return the label of a figure; a base is called what the rates call it, where they agree."""
    bases = {rate.base_label for rate in rates if rate.amount_type == AmountType.PERCENT}
    if field.field_type is FieldType.BASE and len(bases) == 1:
        return _("%(base)s, in Euro") % {"base": bases.pop()}
    return str(field.label)


def figure_help(field: Field, rates: Sequence[DuesRate]) -> str:
    """Return with which of ``rates`` a figure is asked, and what it has to be."""
    asking = [rate for rate in rates if rate.amount_type == field.amount_type]
    if field.field_type is FieldType.BASE:
        sentences = [_for_whom(asking, rates), _bases(asking), _("Zum Beispiel 50.000,00.")]
    else:
        sentences = [_for_whom(asking, rates), _least(asking)]
    return " ".join(filter(None, sentences))


def _for_whom(asking: list[DuesRate], rates: Sequence[DuesRate]) -> str:
    if len(asking) == len(rates):
        return ""
    return _("Nur bei %(categories)s.") % {"categories": ", ".join(f"„{rate.category}“" for rate in asking)}


def _bases(asking: list[DuesRate]) -> str:
    """Name the base of every rate, where they differ and no label can name them all."""
    if len({rate.base_label for rate in asking}) == 1:
        return ""
    return "; ".join(f"„{rate.category}“: {rate.base_label}" for rate in asking) + "."


def _least(asking: list[DuesRate]) -> str:
    if len(asking) == 1:
        least = format_amount(least_own_amount(asking[0]))
        return _("Sie bestimmen den Betrag, mindestens %(least)s.") % {"least": least}
    limits = [f"„{rate.category}“ {format_amount(least_own_amount(rate))}" for rate in asking]
    return _("Sie bestimmen den Betrag, mindestens: %(limits)s.") % {"limits": ", ".join(limits)}
