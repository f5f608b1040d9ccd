"""The rows of an XLSX file: a zip of XML, of which nothing but values is read. Pure.

Formulas are never computed and what they last came to is not trusted; entities of XML and bombs of
zip are refused. Merged cells hide what stands in the cells below the first, so they are refused
too, except above the rows.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, BinaryIO

from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string

from moderation.importing.row_limits import Fault, Row, bounded, picked

#: What all of it unpacks to at most, and how much more than it was packed in.
UNPACKED_BYTES = 700_000_000
_TIMES = 200
_SHEETS = 20
_PIECE = 1024 * 1024
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^<>]*?ref="([A-Z]{1,3})(\d+):[A-Z]{1,3}(\d+)"')
#: No mark of a merged cell is longer.
_LONGEST_MARK = 200


def prepare() -> None:
    """Load what later could not be opened: write a small sheet, and read it."""
    kept, book = BytesIO(), Workbook()
    book.active.append(["a", 1, 1.5, True, date(2026, 1, 1)])  # type: ignore[union-attr]
    book.save(kept)
    for sheet in sheets(kept):
        list(sheet.rows(None, None))


def sheets(given: BinaryIO) -> Iterator[XlsxSheet]:
    """The sheets of a workbook, in their order. Raises Fault for a bomb or what is none."""
    _measure(given)
    given.seek(0)
    book = load_workbook(given, read_only=True, data_only=False, keep_links=False)
    found = [each for each in book.worksheets if hasattr(each, "iter_rows")]
    if not found:
        raise Fault("empty")
    for each in found[:_SHEETS]:
        yield XlsxSheet(each)


class XlsxSheet:
    """One sheet of a workbook."""

    def __init__(self, sheet: Any) -> None:
        """Take the library's sheet."""
        self.name: str = sheet.title
        self.length: int = sheet.max_row or 0
        self._sheet = sheet
        # What a file says of its own size is not believed.
        sheet.reset_dimensions()

    def check(self, head: int) -> None:
        """Raise Fault where cells below the head are merged."""
        archive, left = self._sheet.parent._archive, b""
        with archive.open(self._sheet._worksheet_path) as packed:
            while piece := packed.read(_PIECE):
                left += piece
                for column, first, last in _MERGED.findall(left):
                    if int(last) > head:
                        where = column_index_from_string(column.decode())
                        raise Fault("merged", max(int(first), head + 1), where)
                left = left[-_LONGEST_MARK:]

    def rows(self, places: Sequence[int] | None, most: int | None) -> Iterator[Row]:
        """Its rows, numbered as the sheet shows them."""
        yield from bounded(self._numbered(places), most, places)

    def _numbered(self, places: Sequence[int] | None) -> Iterator[Row]:
        for number, cells in enumerate(self._sheet.iter_rows(), start=1):
            yield number, [_told(cell) for cell in picked(cells, places)]


def _told(cell: Any) -> Any:
    """What stands in a cell: a text, or what it is with its value."""
    value = None if isinstance(cell, str) else cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type in ("f", "e"):
            return [cell.data_type, value if cell.data_type == "e" else ""]
        return value.strip()
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return ["d", day.isoformat()]
    if cell.data_type == "f":
        return ["f", ""]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _measure(given: BinaryIO) -> None:
    """Raise Fault for what unpacks to more than any sheet."""
    given.seek(0)
    try:
        with zipfile.ZipFile(given) as packed:
            entries = packed.infolist()
    except zipfile.BadZipFile as error:
        raise Fault("broken") from error
    unpacked = sum(entry.file_size for entry in entries)
    once = sum(entry.compress_size for entry in entries)
    if unpacked > UNPACKED_BYTES or (unpacked > _PIECE * 20 and unpacked > once * _TIMES):
        raise Fault("bomb")
