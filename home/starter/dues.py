"""The sample dues order."""

from decimal import Decimal
from typing import Any

from dues.models import DuesOrder, DuesRate
from dues.publishing import publish_order
from home.starter.files import Entry, read_mapping
from home.starter.records import load_once
from home.starter.values import References, field_value


def load_dues() -> int:
    """Publish the sample order unless it was loaded before; returns how many orders were made."""
    return int(load_once(read_mapping("dues.yaml"), create_order))


def create_order(entry: Entry) -> DuesOrder | None:
    """Store and publish the order with its rates; an association that has one of its own needs no sample."""
    if DuesOrder.objects.published().exists():
        return None
    values = dict(entry.values)
    rates = values.pop("rates")
    order = DuesOrder(**{name: _value(entry, name, written) for name, written in values.items()})
    order.full_clean(exclude=["version"])
    order.save()
    for position, row in enumerate(rates):
        rate = DuesRate(order=order, sort_order=position, **_rate_values(row))
        rate.full_clean()
        rate.save()
    return publish_order(order, published_by=None)


def _value(entry: Entry, name: str, written: Any) -> Any:
    if not hasattr(DuesOrder, name):
        raise entry.error(f"a dues order has no {name}")
    return field_value(DuesOrder._meta.get_field(name), written, References(_nothing, _nothing, _nothing))


def _rate_values(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "amount": Decimal(row["amount"])} if "amount" in row else row


def _nothing(name: str) -> int:
    raise LookupError(f"a dues order links to nothing ({name})")
