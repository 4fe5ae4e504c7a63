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
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _cell(sheet: Any, value: Any) -> "WriteOnlyCell":
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, neutralized(value))
        cell.data_type = "s"
        return cell
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, dt.date):
        cell.number_format = DAY
    return cell
