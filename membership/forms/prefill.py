"""An application as its form would have been typed: the inverse of reading a valid form, for corrections."""

from decimal import Decimal
from typing import Any

from dues.models import DuesRate
from membership.answers import value_of
from membership.definition import Field, FieldType
from membership.fields import FIELDS
from membership.forms.rows import cell_name, count_name
from membership.models import Application
from membership.offer import Offer


def typed_from(application: Application) -> dict[str, str]:
    """Return what a browser would post for everything the application says."""
    data: dict[str, str] = {}
    for field in FIELDS:
        data |= _inputs(field, value_of(application, field))
    return data


def agreed_to_the_same(application: Application, offer: Offer) -> bool:
    """Whether everything the application agreed to is what is offered today, so that its ticks still stand."""
    agreed = set(application.text_versions.values_list("text_id", flat=True))
    return application.dues_order == offer.dues_order and agreed <= {text.pk for text in offer.texts.values()}


def _inputs(field: Field, value: Any) -> dict[str, str]:
    if value in (None, "", False, []):
        return {}
    if field.field_type is FieldType.ROWS:
        cells = {
            cell_name(field, number, column): row.get(column.name, "")
            for number, row in enumerate(value, start=1)
            for column in field.columns
        }
        return {count_name(field): str(max(len(value), field.shown_rows)), **cells}
    return {field.name: _text(value)}


def _text(value: Any) -> str:
    if value is True:
        return "on"
    if isinstance(value, DuesRate):
        return str(value.pk)
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    return str(value)
