"""The same as a workbook, written row by row: no more than one row is in memory at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from moderation.exporting.rows import Line
from portal.files.memory import nameless

_PIECE = 256 * 1024


def workbook(
    title: str, head: Sequence[str], widths: Sequence[int], lines: Iterable[Line]
) -> Iterator[bytes]:
    """A workbook of one sheet whose head stays in sight, piece by piece."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    bold = Font(bold=True)
    names = [_cell(sheet, name) for name in head]
    for name in names:
        name.font = bold
    sheet.append(names)
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
    with nameless() as written:
        book.save(written)
        written.seek(0)
        while piece := written.read(_PIECE):
            yield piece


def _cell(sheet: Any, value: Any) -> Any:
    """A cell: a day is one, and a text is a text whatever it begins with."""
    cell: Any = WriteOnlyCell(sheet, value=value)
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    elif isinstance(value, str):
        cell.data_type = "s"
    return cell
