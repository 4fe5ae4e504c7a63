"""What the calculation needs to know of a rate and an order: plain values, no database."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class RateTerms:
    """One rate; amounts are euros, ``percent`` is 0.11 for 0.11 %. What the amount type does not know stays None."""

    amount_type: str
    amount: Decimal | None = None
    percent: Decimal | None = None
    base_label: str = ""
    floor: Decimal | None = None
    cap: Decimal | None = None
    paragraph: str = ""


@dataclass(frozen=True)
class OrderTerms:
    """What an order says about the first year, the due date and the admission fee (euros)."""

    first_year_rule: str
    due_rule: str
    due_month: int
    due_day: int
    due_days_after_admission: int = 0
    admission_fee: Decimal = Decimal(0)
    first_year_paragraph: str = ""
    due_paragraph: str = ""
    admission_fee_paragraph: str = ""


@dataclass(frozen=True)
class Step:
    """One line of an explanation: what happens, what it adds (negative: takes away), and the sum so far."""

    text: str
    change: Fraction
    total: Fraction
    paragraph: str = ""


@dataclass(frozen=True)
class Explained:
    """An amount in whole cents with the steps that lead to it; their changes add up to exactly this amount."""

    amount: Decimal
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Due:
    """A day on which something has to be paid, with the reason and the paragraph it comes from."""

    on: dt.date
    text: str
    paragraph: str = ""


@dataclass(frozen=True)
class DuesCalculation:
    """What a member admitted on a day owes: a full year, the calendar year of admission, the fee counted apart.

    ``due`` and ``admission_fee_due`` are None when nothing is owed.
    """

    admitted_on: dt.date
    full_year: Explained
    first_year: Explained
    due: Due | None
    admission_fee: Decimal
    admission_fee_paragraph: str
    admission_fee_due: Due | None

    @property
    def first_payment(self) -> Decimal:
        """The first year's dues together with the admission fee."""
        return self.first_year.amount + self.admission_fee
