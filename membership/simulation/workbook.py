"""The comparison as a workbook (XLSX)."""

import datetime as dt
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from membership.simulation.comparison import Comparison, Line
from membership.spreadsheet import neutralized

EURO, DAY = '#,##0.00 "€"', "dd.mm.yyyy"
WIDTHS = (28, 26, 34, 16, 20, 14, 14, 14, 60)


def render_workbook(comparison: Comparison, *, title: str) -> bytes:
    """Return the workbook: one row per case, the sums below; texts never become formulas."""
    book = Workbook()
    sheet: Worksheet = book.active
    sheet.title = _("Vergleich")
    totals = [_("Summe"), None, None, None, None, comparison.old, comparison.new, comparison.difference, None]
    rows: list[tuple[list[Any], Font | None]] = [
        ([title], Font(bold=True, size=14)),
        (_headings(), Font(bold=True)),
        *((_cells(line), None) for line in comparison.lines),
        (totals, Font(bold=True)),
    ]
    for number, (values, font) in enumerate(rows, 1):
        _write_row(sheet, number, values, font)
    sheet.freeze_panes = "A3"
    for number, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _headings() -> list[str]:
    return [
        _("Wer"),
        _("Mitgliedschaft"),
        _("Beitragsgruppe"),
        _("Aufnahme am"),
        _("Bemessungsgrundlage"),
        _("bisher"),
        _("neu"),
        _("Unterschied"),
        _("Bemerkung"),
    ]


def _cells(line: Line) -> list[Any]:
    case = line.case
    return [
        str(case.kind.label),
        str(case.membership_type.label),
        case.category,
        case.admitted_on or _("volles Jahr"),
        case.base,
        line.old,
        line.new,
        line.difference,
        line.remark,
    ]


def _write_row(sheet: Worksheet, row: int, values: list[Any], font: Font | None) -> None:
    for column, value in enumerate(values, 1):
        cell: Cell = sheet.cell(row=row, column=column)
        _fill(cell, value)
        if font:
            cell.font = font


def _fill(cell: Cell, value: Any) -> None:
    if isinstance(value, str):
        cell.value, cell.data_type = neutralized(value), "s"
        return
    cell.value = value
    if value is not None:
        cell.number_format = DAY if isinstance(value, dt.date) else EURO
