"""Dues orders for tests."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from dues.enums import AmountType
from dues.models import DuesOrder, DuesRate
from portal.association.enums import ApplicantKind, MembershipType


def make_rate(**fields: Any) -> DuesRate:
    """Return an unsaved rate: a fixed 60 euros for everybody unless told otherwise."""
    defaults: dict[str, Any] = {
        "category": "Regelbeitrag",
        "applicant_kinds": ApplicantKind.values,
        "membership_types": MembershipType.values,
        "amount_type": AmountType.FIXED,
        "paragraph": "§ 2",
    }
    if fields.get("amount_type", AmountType.FIXED) in (AmountType.FIXED, AmountType.MINIMUM):
        defaults["amount"] = Decimal("60.00")
    return DuesRate(**{**defaults, **fields})


def make_minimum(**fields: Any) -> DuesRate:
    """Return an unsaved rate: 60 euros or more."""
    return make_rate(**{"category": "Mindestbeitrag", "amount_type": AmountType.MINIMUM, **fields})


def make_percentage(**fields: Any) -> DuesRate:
    """Return an unsaved rate in per cent: 0.11 % of last year's turnover, at least 110, at most 1,200 euros."""
    figures = {"percent": Decimal("0.11"), "floor": Decimal("110.00"), "cap": Decimal("1200.00")}
    names = {"category": "Beitrag nach Umsatz", "base_label": "Umsatz des Vorjahres"}
    return make_rate(**{"amount_type": AmountType.PERCENT, **names, **figures, **fields})


def create_order(*, rates: Iterable[DuesRate] | None = None, published: bool = True, **fields: Any) -> DuesOrder:
    """Return a stored order, published unless told otherwise, in force since 2020, with one rate for everybody."""
    order = DuesOrder.objects.create(**{"valid_from": dt.date(2020, 1, 1), "payment_ways": ["bank_transfer"], **fields})
    for position, rate in enumerate([make_rate()] if rates is None else rates):
        rate.order = order
        rate.sort_order = position
        rate.save()
    order = DuesOrder.objects.get(pk=order.pk)
    if published:
        order.freeze()
    return order
