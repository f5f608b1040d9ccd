"""The program that draws a paper; run by a process that is thrown away, see ``portal.apart``.

The fonts are read, and the library is used once, before the process gives everything up.
"""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from typing import BinaryIO

from fpdf.enums import XPos, YPos

from portal.apart.confining import run
from portal.printing.dots import dots
from portal.printing.page import BOTTOM, LEFT, LINE, RIGHT, SIZE, SMALL, TIGHT, TOP, Output, Paper
from portal.printing.sheets import Part, PartKind, Sheet
from portal.printing.tables import table

#: In millimetres.
_COLUMN = 50
_HEAD_LEFT, _HEAD_GAP = 68, 4
_QUOTE = 5
_SIGNING = 38


def draw(given: BinaryIO, made: BinaryIO) -> None:
    """Draw the paper whose texts are given."""
    draw_on(_READY.pop(), Sheet.from_bytes(given.read()), made)


def draw_on(paper: Paper, sheet: Sheet, made: BinaryIO) -> None:
    """The whole paper, from its head to who signs."""
    paper.sheet = sheet
    paper.set_title(paper.readable(sheet.title))
    paper.set_lang(sheet.language)
    paper.add_page(orientation="landscape" if sheet.wide else "portrait")
    _head(paper, sheet)
    _name(paper, sheet)
    for part in sheet.parts:
        if part is sheet.parts[-1]:
            _keep_with_signature(paper, part)
        _DRAWN[part.kind](paper, part)
        paper.ln(_AFTER[part.kind])
    _sign(paper, sheet)
    if paper.replaced and sheet.unprintable:
        paper.ln(3)
        _note(paper, Part(PartKind.NOTE, text=sheet.unprintable))
    made.write(bytes(paper.output(output_producer_class=Output)))


def _head(paper: Paper, sheet: Sheet) -> None:
    """Whose letter it is, and under which words; place and day."""
    start, right = paper.get_y(), LEFT + _HEAD_LEFT + _HEAD_GAP
    if not sheet.left:
        right = LEFT
    for place, line in enumerate(sheet.left):
        paper.write_in("B" if place == len(sheet.left) - 1 else "", 10)
        _centred(paper, line.upper(), LEFT, _HEAD_LEFT)
    if sheet.left:
        paper.write_in("", 10)
        if sheet.number:
            _centred(paper, "*", LEFT, _HEAD_LEFT)
            _centred(paper, sheet.number, LEFT, _HEAD_LEFT)
    below = paper.get_y()
    paper.set_y(start)
    width = paper.w - RIGHT - right
    paper.write_in("B", 11)
    _centred(paper, sheet.right.upper(), right, width)
    if sheet.motto:
        _centred(paper, sheet.motto, right, width)
    length = paper.get_string_width(paper.readable(sheet.motto or sheet.right.upper()))
    middle, under = right + width / 2, paper.get_y() + 0.6
    paper.line(middle - length / 2, under, middle + length / 2, under)
    paper.ln(2.5)
    paper.write_in("I", 10.5)
    if sheet.left:
        _centred(paper, sheet.day, right, width)
    else:
        paper.ln(4)
        paper.block(sheet.day, align="R")
    paper.set_y(max(below, paper.get_y()) + 9)


def _centred(paper: Paper, text: str, x: float, width: float) -> None:
    """Lines in the middle of a column."""
    if text:
        paper.set_x(x)
        paper.multi_cell(
            width, TIGHT, paper.readable(text), align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )


def _name(paper: Paper, sheet: Sheet) -> None:
    """What kind of paper it is, about what, and to whom."""
    width = paper.w - LEFT - RIGHT
    paper.write_in("B", 14)
    _centred(paper, sheet.heading.upper(), LEFT, width)
    paper.ln(1)
    paper.write_in("B", SIZE)
    _centred(paper, sheet.about, LEFT, width)
    if sheet.addressed:
        paper.ln(5)
        paper.write_in()
        _centred(paper, sheet.addressed, LEFT, width)
    paper.ln(7)


def _fact(paper: Paper, part: Part) -> None:
    """A label with its text beside it, or dots to write on."""
    paper.room_for(LINE * 2)
    paper.write_in("B" if not part.text else "")
    top, page = paper.get_y(), paper.page_no()
    if not part.text:
        dots(paper, part.label, 1)
        return
    paper.set_text_color(70)
    paper.set_x(LEFT)
    paper.multi_cell(_COLUMN - 3, LINE, paper.readable(part.label), align="L")
    paper.set_text_color(0)
    below = paper.get_y() + LINE if paper.get_y() == top else paper.get_y()
    paper.set_y(top)
    paper.write_in("B")
    paper.block(part.text, x=LEFT + _COLUMN)
    if paper.page_no() == page:
        paper.set_y(max(below, paper.get_y()))


def _quote(paper: Paper, part: Part) -> None:
    """Somebody's words, with a line beside each line of them."""
    _label(paper, part.label)
    for line in paper.lines(part.text, paper.w - LEFT - RIGHT - _QUOTE):
        paper.room_for(LINE)
        paper.set_draw_color(150)
        paper.set_line_width(0.6)
        paper.line(LEFT + 1, paper.get_y(), LEFT + 1, paper.get_y() + LINE + 0.1)
        paper.set_line_width(0.2)
        paper.set_draw_color(0)
        paper.set_x(LEFT + _QUOTE)
        paper.cell(0, LINE, line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _text(paper: Paper, part: Part) -> None:
    """Sentences of the paper's own, or rows of dots."""
    if not part.text:
        dots(paper, part.label, part.rows)
        return
    _label(paper, part.label)
    paper.block(part.text)


def _note(paper: Paper, part: Part) -> None:
    """Small print."""
    paper.write_in("I", SMALL)
    paper.block(part.text, height=4.6)


def _table_under(paper: Paper, part: Part) -> None:
    """A table below its name."""
    _label(paper, part.label)
    table(paper, part.table)


def _label(paper: Paper, label: str) -> None:
    """What comes next, on the same page as the first lines of it."""
    paper.room_for(LINE * 3)
    if label:
        paper.ln(1.5)
        paper.write_in("B")
        paper.block(label)
    paper.write_in()


def _keep_with_signature(paper: Paper, part: Part) -> None:
    """Take the last words along where who signs would stand alone on the next page."""
    if paper.sheet and paper.sheet.signed and part.text:
        rows = len(paper.lines(part.text, paper.w - LEFT - RIGHT))
        if rows * LINE + _SIGNING < (paper.h - TOP - BOTTOM) / 2:
            paper.room_for((rows + 1) * LINE + _SIGNING)


def _sign(paper: Paper, sheet: Sheet) -> None:
    """To whom copies go, and who signs; never parted by the end of a page."""
    if not sheet.signed and not sheet.copies:
        return
    paper.ln(4)
    paper.room_for(_SIGNING)
    top, middle = paper.get_y(), paper.w / 2 + 8
    paper.write_in("B", SMALL)
    _column(paper, [sheet.copies_label] if sheet.copies else [], LEFT, middle - LEFT - 6)
    paper.write_in("", SMALL)
    _column(paper, [f"- {each}" for each in sheet.copies], LEFT, middle - LEFT - 6)
    below = paper.get_y()
    paper.set_y(top)
    for place, line in enumerate(sheet.signed):
        small = place == len(sheet.signed) - 1 and place > 0
        paper.write_in("I" if small else "B", SMALL + 0.5 if small else SIZE)
        _centred(paper, line if small else line.upper(), middle, paper.w - RIGHT - middle)
    paper.set_y(max(below, top + _SIGNING if sheet.signed else 0))


def _column(paper: Paper, lines: Sequence[str], x: float, width: float) -> None:
    """Lines below each other."""
    for line in lines:
        paper.set_x(x)
        paper.multi_cell(
            width, 4.8, paper.readable(line), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )


_DRAWN = {
    PartKind.FACT: _fact,
    PartKind.QUOTE: _quote,
    PartKind.TEXT: _text,
    PartKind.NOTE: _note,
    PartKind.TABLE: _table_under,
}
_AFTER = {
    PartKind.FACT: 1.2,
    PartKind.QUOTE: 4,
    PartKind.TEXT: 2.5,
    PartKind.NOTE: 2,
    PartKind.TABLE: 4,
}
_READY: list[Paper] = []


def _use_once() -> None:
    """Draw a paper for nobody: then nothing of the library is left to be read from the disk."""
    cells = (("A", "B"), ("C", "1"))
    every = tuple(Part(kind, "A", "B\nC", table=cells) for kind in PartKind)
    sheet = Sheet(
        language="vi", title="A", left=("A",), right="A", day="A", heading="A", parts=every
    )
    draw_on(Paper(), sheet, io.BytesIO())


if __name__ == "__main__":
    # Whoever writes to the portal goes first.
    os.nice(10)
    _use_once()
    _READY.append(Paper())
    run(draw)
