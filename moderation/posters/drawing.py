"""The program that draws posters; run by a process that is thrown away, see ``portal.apart``.

One drawing serves both sheets, at their sizes; a card has its own.
"""

from __future__ import annotations

import io
import os
from typing import BinaryIO

import segno
from fpdf.enums import XPos, YPos

from moderation.posters.sheets import Poster, Size, from_bytes, to_bytes
from portal.apart.confining import run
from portal.printing.page import Output, Paper

#: In millimetres, of a sheet of A4; a smaller one is drawn smaller.
_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 18.0
_PICTURE, _BADGE = 100.0, 9.0
_CARD_WIDTH, _CARD_HEIGHT, _CARD_PICTURE = 90.0, 54.0, 42.0
_CARDS_ACROSS, _CARDS_DOWN = 2, 5
#: In millimetres, as the standard says.
_FORMATS = {Size.A4: (210, 297), Size.A5: (148, 210)}
#: The one colour of the portal, as on its pages.
_RED = (143, 29, 33)
_INK, _QUIET = (27, 29, 31), (82, 86, 90)


def draw(given: BinaryIO, made: BinaryIO) -> None:
    """Draw the posters whose texts are given, one page each."""
    draw_on(_READY.pop(), given.read(), made)


def draw_on(paper: Paper, texts: bytes, made: BinaryIO) -> None:
    """All posters on one paper, page after page."""
    posters, size = from_bytes(texts)
    paper.set_auto_page_break(False)
    paper.numbered = False
    paper.set_title(posters[0].heading)
    paper.set_lang(posters[0].language)
    for poster in posters:
        if size is Size.CARD:
            _cards(paper, poster)
        else:
            paper.add_page(format=_FORMATS[size])
            _sheet(paper, poster, _FORMATS[size][0] / _WIDTH)
    made.write(bytes(paper.output(output_producer_class=Output)))


def _sheet(paper: Paper, poster: Poster, scale: float) -> None:
    """One sheet, from its heading down to whose it is."""
    inner = _WIDTH - 2 * _MARGIN
    paper.set_fill_color(*_RED)
    paper.rect(0, 0, _WIDTH * scale, 5 * scale, style="F")
    top = _say(paper, poster.heading, 20, 31, scale, style="B", colour=_RED, align="C")
    top = _say(paper, poster.place, top + 3, 22, scale, style="B", align="C")
    for sentence in poster.lead:
        top = _say(paper, sentence, top + 2, 15, scale, align="C")
    side = _PICTURE
    _picture(paper, poster.link, (_WIDTH - side) / 2 * scale, (top + 2) * scale, side * scale)
    top = _say(paper, poster.typed, top + 2 + side, 19, scale, style="B", align="C")
    top += 5
    for number, step in enumerate(poster.steps, 1):
        _badge(paper, str(number), top, scale)
        width = inner - _BADGE - 4
        top = _say(paper, step, top + 1, 14.5, scale, x=_MARGIN + _BADGE + 4, width=width) + 3
    paper.set_draw_color(*_RED)
    paper.set_line_width(0.8 * scale)
    start = top + 2
    top = start
    for note in (*poster.notes, poster.call):
        top = _say(paper, note, top, 12.5, scale, x=_MARGIN + 5, width=inner - 5) + 1.2
    paper.line(_MARGIN * scale, start * scale, _MARGIN * scale, top * scale)
    _say(paper, poster.owner, _HEIGHT - 16, 10, scale, colour=_QUIET, align="C")
    if poster.mark:
        _say(paper, poster.mark, 8, 13, scale, style="B", colour=_QUIET, align="C")


def _cards(paper: Paper, poster: Poster) -> None:
    """A sheet of A4 with ten cards of one place, and lines to cut along."""
    paper.add_page(format=_FORMATS[Size.A4])
    left = (_WIDTH - _CARDS_ACROSS * _CARD_WIDTH) / 2
    top = (_HEIGHT - _CARDS_DOWN * _CARD_HEIGHT) / 2
    paper.set_draw_color(170)
    paper.set_line_width(0.1)
    for row in range(_CARDS_DOWN):
        for column in range(_CARDS_ACROSS):
            x, y = left + column * _CARD_WIDTH, top + row * _CARD_HEIGHT
            paper.rect(x, y, _CARD_WIDTH, _CARD_HEIGHT)
            _card(paper, poster, x, y)


def _card(paper: Paper, poster: Poster, x: float, y: float) -> None:
    """One card: the picture, and beside it where it leads."""
    _picture(paper, poster.link, x + 3, y + (_CARD_HEIGHT - _CARD_PICTURE) / 2, _CARD_PICTURE)
    text, width = x + _CARD_PICTURE + 5, _CARD_WIDTH - _CARD_PICTURE - 9
    top = _say(paper, poster.place, y + 7, 9.5, 1, x=text, width=width, style="B", colour=_RED)
    top = _say(paper, poster.short, top + 1, 8, 1, x=text, width=width)
    top = _say(paper, poster.typed, top + 2, 8.5, 1, x=text, width=width, style="B")
    _say(paper, poster.call, top + 2, 8, 1, x=text, width=width)
    if poster.mark:
        _say(paper, poster.mark, y + 1.2, 7, 1, x=x + 4, width=82, colour=_QUIET)


def _say(
    paper: Paper,
    text: str,
    y: float,
    size: float,
    scale: float,
    *,
    x: float = _MARGIN,
    width: float = _WIDTH - 2 * _MARGIN,
    style: str = "",
    colour: tuple[int, int, int] = _INK,
    align: str = "L",
) -> float:
    """Words in a column; where they end. ``y`` and that are millimetres before scaling."""
    paper.write_in(style, size * scale)
    paper.set_text_color(*colour)
    paper.set_xy(x * scale, y * scale)
    height = size * scale * 0.46
    words = paper.readable(text)
    paper.multi_cell(width * scale, height, words, align=align, new_x=XPos.LEFT, new_y=YPos.NEXT)
    return paper.get_y() / scale


def _badge(paper: Paper, number: str, y: float, scale: float) -> None:
    """The number of a step, white in a red disc."""
    paper.set_fill_color(*_RED)
    side = _BADGE * scale
    paper.ellipse(_MARGIN * scale, y * scale, side, side, style="F")
    paper.write_in("B", 13 * scale)
    paper.set_text_color(255, 255, 255)
    paper.set_xy(_MARGIN * scale, y * scale)
    paper.cell(side, side, number, align="C")


def _picture(paper: Paper, link: str, x: float, y: float, side: float) -> None:
    """The link as squares, with the quiet border that cameras need inside ``side``."""
    rows = [list(row) for row in segno.make_qr(link, error="q").matrix]
    quiet = 4
    square = side / (len(rows) + 2 * quiet)
    paper.set_fill_color(0, 0, 0)
    for down, row in enumerate(rows):
        start = None
        for across, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                left, top = x + (start + quiet) * square, y + (down + quiet) * square
                paper.rect(left, top, (across - start) * square, square, style="F")
                start = None


_READY: list[Paper] = []


def _use_once() -> None:
    """Draw a poster for nobody: then nothing of the libraries is left to be read from the disk."""
    texts = dict.fromkeys(
        ("heading", "place", "call", "owner", "mark", "link", "typed", "short"), "A"
    )
    poster = Poster(language="vi", lead=("A",), steps=("A",), notes=("A",), **texts)
    for size in Size:
        draw_on(Paper(), to_bytes([poster], size), io.BytesIO())


if __name__ == "__main__":
    # Whoever writes to the portal goes first.
    os.nice(10)
    _use_once()
    _READY.append(Paper())
    run(draw)
