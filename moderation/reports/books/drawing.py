"""The program that draws a workbook; run by a process that is thrown away, see ``portal.apart``.

The library writes each sheet into a file of its own first; here nothing can be opened any more, so
the sheets are written into memory.
"""

from __future__ import annotations

import io
import os
from datetime import datetime
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from moderation.reports.books.book import Book, Cell, Leaf
from portal.apart.confining import run

#: A file says no moment: that of its making would be the only thing that two of them differ in.
_NO_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001  # The format knows no time zones.
#: Programs show no more levels than these.
_DEEPEST = 7
_WIDTHS = {1: 7, 2: 36, 3: 30}
_USUAL, _TEXT = 13, 110
_BOLD, _HEAD = Font(bold=True), Font(bold=True, size=13)
_GROUND = PatternFill("solid", fgColor="F3F0EB")
_UNDER = Border(bottom=Side(style="thin"))
_WRAPPED = Alignment(wrap_text=True, vertical="center", horizontal="center")
_READ = Alignment(wrap_text=True, vertical="top")
_NUMBER, _SHARE = "#,##0", "0.00%"


class _Writer(ExcelWriter):
    """The library's way out, through memory."""

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet."""
        ws._drawing, written = SpreadsheetDrawing(), io.BytesIO()
        writer: Any = WorksheetWriter(ws, written)
        writer.write()
        ws._rels = writer._rels
        archive: ZipFile = vars(self)["_archive"]
        archive.writestr(ws.path[1:], written.getvalue())
        self.manifest.append(ws)


def draw(given: BinaryIO, made: BinaryIO) -> None:
    """Draw the book whose texts and numbers are given."""
    made.write(draw_book(Book.from_bytes(given.read())))


def draw_book(book: Book) -> bytes:
    """The whole book."""
    work = Workbook()
    work.remove(work.worksheets[0])
    for leaf in book.leaves:
        sheet = work.create_sheet(leaf.name)
        _draw_leaf(sheet, leaf) if leaf.headings else _draw_lines(sheet, leaf)
    work.properties.title, work.properties.creator = book.title, ""
    work.properties.created = work.properties.modified = _NO_MOMENT
    written = io.BytesIO()
    _Writer(work, ZipFile(written, "w", ZIP_DEFLATED)).save()
    return written.getvalue()


def _draw_leaf(sheet: Any, leaf: Leaf) -> None:
    """A table with its title, its headings that stay in sight, and its levels to fold."""
    width, first = len(leaf.headings), len(leaf.above) + 2
    for row, text in enumerate(leaf.above, 1):
        _write(sheet, row, 1, text).font = _HEAD if row == 1 else Font()
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    for column, text in enumerate(leaf.headings, 1):
        cell = _write(sheet, first, column, text)
        cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _GROUND, _UNDER, _WRAPPED
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(column, _USUAL)
    for place, (values, depth) in enumerate(zip(leaf.rows, leaf.depths, strict=True), 1):
        _draw_row(sheet, first + place, leaf, values, depth)
    sheet.freeze_panes = sheet.cell(first + 1, 3)
    sheet.sheet_properties.outlinePr.summaryBelow = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = f"{first}:{first}"


def _draw_row(sheet: Any, number: int, leaf: Leaf, values: tuple[Cell, ...], depth: int) -> None:
    """One row of a table; the first one is the sum of all."""
    shares = len(values) - leaf.shares
    for column, value in enumerate(values, 1):
        if value is None:
            continue
        cell = _write(sheet, number, column, value)
        if not isinstance(value, str):
            cell.number_format = _SHARE if column > shares else _NUMBER
        elif column == 2:
            cell.alignment = Alignment(indent=min(depth, _DEEPEST))
        if not depth:
            cell.font, cell.fill = _BOLD, _GROUND
    if depth:
        sheet.row_dimensions[number].outline_level = min(depth, _DEEPEST)


def _draw_lines(sheet: Any, leaf: Leaf) -> None:
    """Lines of text."""
    sheet.column_dimensions["A"].width = _TEXT
    for number, (text,) in enumerate(leaf.rows, 1):
        _write(sheet, number, 1, text).alignment = _READ


def _write(sheet: Any, row: int, column: int, value: Cell) -> Any:
    """One cell. A text is a text, also one that looks like a formula."""
    cell = sheet.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


if __name__ == "__main__":
    # Whoever writes to the portal goes first.
    os.nice(10)
    # Once for nobody: then nothing of the library is left to be read from the disk.
    draw_book(Book("A", (Leaf("A", ("A",), ("A", "B"), (("A", 1.5),), (0,), 1),)))
    run(draw)
