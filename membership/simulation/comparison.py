"""Two dues orders side by side: what each case owes under the old one and under the new one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dues.models import DuesOrder, DuesRate
from portal.association.enums import ApplicantKind, MembershipType


@dataclass(frozen=True)
class Case:
    """Somebody who owes dues: a rate, known by its name, and the figures it depends on.

    With ``admitted_on`` the case asks for the first year's dues and the admission fee, without for a full year.
    """

    kind: ApplicantKind
    membership_type: MembershipType
    category: str
    admitted_on: dt.date | None = None
    base: Decimal | None = None
    own_amount: Decimal | None = None


@dataclass(frozen=True)
class Line:
    """A case with its two amounts in euros; None where an order has no such rate for it, and ``remark`` says why."""

    case: Case
    old: Decimal | None
    new: Decimal | None
    remark: str = ""

    @property
    def difference(self) -> Decimal | None:
        """New less old; None where one of them is missing."""
        return None if self.old is None or self.new is None else self.new - self.old


@dataclass(frozen=True)
class Comparison:
    """All lines, and the sums of those that have both amounts."""

    lines: tuple[Line, ...]

    @property
    def comparable(self) -> list[Line]:
        return [line for line in self.lines if line.difference is not None]

    @property
    def old(self) -> Decimal:
        return sum((line.old for line in self.comparable if line.old is not None), Decimal("0.00"))

    @property
    def new(self) -> Decimal:
        return sum((line.new for line in self.comparable if line.new is not None), Decimal("0.00"))

    @property
    def difference(self) -> Decimal:
        return self.new - self.old

    @property
    def left_out(self) -> int:
        """How many lines have no difference and so are in no sum."""
        return len(self.lines) - len(self.comparable)


def compare(cases: Iterable[Case], *, old: DuesOrder | None, new: DuesOrder) -> Comparison:
    """Return what each case owes under ``old`` (None: there was no order) and under ``new``. Stores nothing."""
    return Comparison(tuple(_line(case, old, new) for case in cases))


def _line(case: Case, old: DuesOrder | None, new: DuesOrder) -> Line:
    before, old_remark = _owed(case, old)
    after, new_remark = _owed(case, new)
    remarks = []
    if old_remark:
        remarks.append(_("bisher: %(remark)s") % {"remark": old_remark})
    if new_remark:
        remarks.append(_("neu: %(remark)s") % {"remark": new_remark})
    return Line(case, before, after, "; ".join(remarks))


def _owed(case: Case, order: DuesOrder | None) -> tuple[Decimal | None, str]:
    """Return what the case owes under the order, or None and the reason in German."""
    rate = rate_of(case, order) if order else None
    if order is None or rate is None:
        return None, _("keine Beitragsgruppe dieses Namens")
    # A full year is the same whenever somebody was admitted.
    admitted_on = case.admitted_on or order.valid_from
    try:
        calculation = order.calculate(rate, admitted_on=admitted_on, base=case.base, own_amount=case.own_amount)
    except ValidationError as refusal:
        return None, " ".join(refusal.messages)
    return (calculation.first_payment if case.admitted_on else calculation.full_year.amount), ""


def rate_of(case: Case, order: DuesOrder) -> DuesRate | None:
    """Return the order's rate of the case's name for its kind and type; names are compared as the guards do."""
    fitting = order.rates_for(case.kind, case.membership_type)
    return next((rate for rate in fitting if folded(rate.category) == folded(case.category)), None)


def folded(category: str) -> str:
    """Return a category's name without the differences that make no other category."""
    return category.casefold().strip()
