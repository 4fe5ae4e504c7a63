"""What membership costs, as „Mitglied werden“ shows it: by who joins, and the lowest amount at a glance."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from dues.enums import AmountType
from dues.models import DuesOrder, DuesRate
from dues.wording import conditions_in_words
from portal.association.enums import ApplicantKind, MembershipType


@dataclass(frozen=True)
class Cost:
    """One rate for one kind of applicant."""

    category: str
    amount: str
    conditions: list[str]
    is_supporting: bool


@dataclass(frozen=True)
class CostsOfKind:
    """What members of one kind may pay."""

    label: str
    example: str
    costs: list[Cost]


def costs_by_kind(order: DuesOrder) -> list[CostsOfKind]:
    """Return the rates of ``order`` for each kind of applicant that has any; a rate for all stands with each."""
    rates = list(order.rates.all())
    groups = [
        CostsOfKind(
            label=str(ApplicantKind(kind).label),
            example=_example(kind),
            costs=[_cost(rate, order) for rate in rates if kind in rate.applicant_kinds],
        )
        for kind in ApplicantKind.values
    ]
    return [group for group in groups if group.costs]


def lowest_amount(order: DuesOrder) -> Decimal | None:
    """Return the least that anybody pays a year without a decision of the board; None where that cannot be said."""
    amounts = [_least(rate) for rate in order.rates.all() if not _is_an_exception(rate)]
    known = [amount for amount in amounts if amount is not None]
    return min(known) if known and len(known) == len(amounts) else None


def _is_an_exception(rate: DuesRate) -> bool:
    return rate.needs_board_decision or rate.amount_type == AmountType.HONORARY


def _least(rate: DuesRate) -> Decimal | None:
    return rate.floor if rate.amount_type == AmountType.PERCENT else rate.amount


def _cost(rate: DuesRate, order: DuesOrder) -> Cost:
    return Cost(
        category=rate.category,
        amount=rate.describe(),
        conditions=conditions_in_words(rate, order),
        is_supporting=rate.membership_types == [MembershipType.SUPPORTING.value],
    )


def _example(kind: str) -> str:
    examples = {
        ApplicantKind.NATURAL_PERSON: _("Sie treten selbst bei."),
        ApplicantKind.LEGAL_PERSON: _("Zum Beispiel Verein, Gesellschaft, Genossenschaft, Kommune oder Hochschule."),
        ApplicantKind.UNINCORPORATED_GROUP: _("Zum Beispiel eine Initiative ohne Eintragung im Vereinsregister."),
    }
    return examples[ApplicantKind(kind)]
