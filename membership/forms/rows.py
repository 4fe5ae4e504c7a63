"""Repeating rows that work without JavaScript: a counted number of rows, and a button that asks for one more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from membership.definition import Column, Field, FieldType
from membership.forms.inputs import MISSING, make_cell
from membership.models.signature import fold_name

ADD_ROW = "add_row"
"""Name of the button; its value is the field that gets another row."""


@dataclass(frozen=True)
class RowCount:
    """How many rows of ``field`` a form has."""

    field: Field
    rows: int

    @classmethod
    def from_data(cls, field: Field, data: Mapping[str, Any] | None) -> "RowCount":
        """Return what was posted, within the definition's limits, with one more if the button asked for it."""
        posted = str((data or {}).get(count_name(field), ""))
        rows = int(posted) if posted.isascii() and posted.isdigit() and len(posted) < 4 else field.shown_rows
        if data and data.get(ADD_ROW) == field.name:
            rows += 1
        return cls(field, max(field.shown_rows, min(rows, field.max_rows)))

    @property
    def can_add(self) -> bool:
        """Whether the definition allows another row."""
        return self.rows < self.field.max_rows


def count_name(field: Field) -> str:
    """Return the name of the hidden input that carries the number of rows."""
    return f"{field.name}_rows"


def cell_name(field: Field, row: int, column: Column) -> str:
    """Return the name of one cell; rows count from one."""
    return f"{field.name}_{row}_{column.name}"


def every_input(field: Field) -> set[str]:
    """Return the names of all inputs a repeating field can have, with that of its count."""
    rows = range(1, field.max_rows + 1)
    return {count_name(field)} | {cell_name(field, row, column) for row in rows for column in field.columns}


def make_cells(count: RowCount, *, required: bool) -> dict[str, forms.Field]:
    """Return the form fields of all cells and the hidden count; the first ``min_rows`` rows must be filled in."""
    cells: dict[str, forms.Field] = {}
    for row in range(1, count.rows + 1):
        for column in count.field.columns:
            must = required and column.required and row <= count.field.min_rows
            label = _("%(column)s, Zeile %(row)s") % {"column": column.label, "row": row}
            cells[cell_name(count.field, row, column)] = make_cell(column, label=label, required=must)
    return cells


def collect(count: RowCount, form: forms.Form) -> list[dict[str, str]]:
    """Return the filled rows; adds errors to ``form`` for half-filled rows, and for a person or address named twice."""
    rows: list[dict[str, str]] = []
    seen: dict[str, int] = {}
    for row in range(1, count.rows + 1):
        cells = {column: cell_name(count.field, row, column) for column in count.field.columns}
        values = {column.name: form.cleaned_data.get(name, "") for column, name in cells.items()}
        if not any(form.data.get(name, "").strip() for name in cells.values()):
            continue
        for column, name in cells.items():
            if column.required and not values[column.name] and name not in form.errors:
                form.add_error(name, MISSING)
            if known := _known_row(column, values[column.name], seen, row):
                form.add_error(name, _twice(column, known))
        rows.append(values)
    return rows


def _known_row(column: Column, value: str, seen: dict[str, int], row: int) -> int:
    """Return the number of an earlier row with the same person or address, 0 for none; notes this one in ``seen``."""
    if column.name == "name":
        mark = fold_name(value)
    elif column.field_type is FieldType.EMAIL:
        mark = value.lower()
    else:
        return 0
    if not mark:
        return 0
    first = seen.setdefault(mark, row)
    return first if first < row else 0


def _twice(column: Column, row: int) -> str:
    if column.field_type is FieldType.EMAIL:
        return _("Diese E-Mail-Adresse steht schon in Zeile %(row)s. Jede Person braucht eine eigene.") % {"row": row}
    return _("Diese Person steht schon in Zeile %(row)s.") % {"row": row}
