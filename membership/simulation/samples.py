"""Sample cases: every combination of kind, type and category that an order knows, on some days and with some bases."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from dues.enums import AmountType
from dues.models import DuesOrder, DuesRate
from membership.simulation.comparison import Case, folded
from portal.association.enums import ApplicantKind, MembershipType

SAMPLE_BASES = (Decimal("10000.00"), Decimal("100000.00"), Decimal("1000000.00"))
# Month and day: the year's ends, its middle, and a day within a month.
SAMPLE_DAYS = ((1, 1), (2, 15), (7, 1), (12, 31))


@dataclass(frozen=True)
class SampleFigures:
    """What the treasurer may change about the samples: days of admission, and bases (euros) for rates in per cent."""

    days: tuple[dt.date, ...]
    bases: tuple[Decimal, ...] = SAMPLE_BASES

    @classmethod
    def for_order(cls, order: DuesOrder) -> "SampleFigures":
        """Return the usual days, in the first whole calendar year in which the order is in force."""
        first = order.valid_from
        year = first.year if (first.month, first.day) == (1, 1) else first.year + 1
        return cls(tuple(dt.date(year, month, day) for month, day in SAMPLE_DAYS))


def sample_cases(*orders: DuesOrder | None, figures: SampleFigures) -> list[Case]:
    """Return a full year and each day of admission for whatever one of the orders offers, in their order of display.

    Rates of the same name are one case, whichever order they are in.
    """
    cases = []
    for kind, membership_type in product(ApplicantKind, MembershipType):
        rates: dict[str, list[DuesRate]] = {}
        for order in filter(None, orders):
            for rate in order.rates_for(kind, membership_type):
                rates.setdefault(folded(rate.category), []).append(rate)
        for same in rates.values():
            cases += [
                Case(kind, membership_type, same[-1].category, admitted_on=day, base=base)
                for base, day in product(_bases(same, figures), (None, *figures.days))
            ]
    return cases


def _bases(rates: list[DuesRate], figures: SampleFigures) -> tuple[Decimal | None, ...]:
    return figures.bases if any(rate.amount_type == AmountType.PERCENT for rate in rates) else (None,)
