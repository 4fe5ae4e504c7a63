"""Lists as workbooks (XLSX).

openpyxl is imported where a workbook is made: it brings NumPy, and web processes that make none go without both.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What spreadsheet programs take for the beginning of a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
DAY = "dd.mm.yyyy"


def neutralized(text: str) -> str:
    """Return ``text`` so that no spreadsheet program takes it for a formula, however the file is passed on."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def render_list(title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a workbook with one sheet: headings with their widths, then the rows; texts never become formulas.

    Rows are written as they come, so that a long list does not have to fit into memory.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, (_heading, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    heading_row = []
    for heading, _width in columns:
        cell = WriteOnlyCell(sheet, heading)
        cell.font = Font(bold=True)
        heading_row.append(cell)
    sheet.append(heading_row)
    day = WriteOnlyCell(sheet)
    day.number_format = DAY
    for row in rows:
        sheet.append(_value(value, sheet, day) for value in row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _value(value: Any, sheet: Any, day: "WriteOnlyCell") -> Any:
    """Return ``value`` as it is appended: a plain one where its cell needs nothing said.

    A cell is written before the next value is asked for, so that ``day`` serves all days.
    """
    if isinstance(value, dt.date):
        day.value = value
        return day
    return _text(value, sheet) if isinstance(value, str) else value


def _text(text: str, sheet: Any) -> Any:
    """Return a text that stays one: what looks like a formula is neutralized, what looks like an error named text."""
    if not text.startswith("#"):
        return neutralized(text)
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
