"""The files of the sample, drawn when they are needed: plain shapes, nobody's picture or paper."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

_SIZE = (1200, 900)
_PAPER = (826, 1169)
_WALL, _ROOF, _DOOR, _STEP, _DITCH = "#e8dcc4", "#a8452f", "#5b7f95", "#b9b6ad", "#4a5a4a"


def lane() -> bytes:
    """A JPEG: a lane between two houses, with new steps that cover a part of the ditch."""
    picture = Image.new("RGB", _SIZE, "#bcd6e6")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(430, 330), (770, 330), (1110, 900), (90, 900)], fill="#8d8a84")
    pen.polygon([(430, 330), (445, 330), (180, 900), (90, 900)], fill=_DITCH)
    pen.polygon([(0, 120), (430, 250), (430, 330), (90, 900), (0, 900)], fill=_WALL)
    pen.polygon([(0, 0), (0, 150), (450, 270), (430, 200)], fill=_ROOF)
    pen.polygon([(1200, 120), (770, 250), (770, 330), (1110, 900), (1200, 900)], fill=_WALL)
    pen.polygon([(1200, 0), (1200, 150), (750, 270), (770, 200)], fill=_ROOF)
    pen.polygon([(120, 330), (230, 345), (230, 680), (120, 855)], fill=_DOOR)
    for number, shade in enumerate((_STEP, "#cbc8c0", "#dddad3")):
        right, top = 430 - 70 * number, 700 - 50 * number
        pen.polygon([(160, top + 110), (230, top), (right, top), (right - 50, top + 110)], shade)
        pen.rectangle([160, top + 110, right - 50, top + 150], fill="#9a978f")
    return _saved(picture, "JPEG")


def sketch() -> bytes:
    """A PDF: the same lane from above, as somebody measures it, on one sheet."""
    paper = Image.new("RGB", _PAPER, "white")
    pen = ImageDraw.Draw(paper)
    pen.rectangle([60, 60, 766, 1109], outline="#333333", width=3)
    pen.rectangle([110, 150, 330, 1000], outline="#333333", fill=_WALL, width=3)
    pen.rectangle([496, 150, 716, 1000], outline="#333333", fill=_WALL, width=3)
    pen.rectangle([330, 150, 356, 1000], outline="#333333", fill="#cfd8cf", width=2)
    pen.rectangle([330, 520, 400, 660], outline="#a8452f", fill=_STEP, width=4)
    for y, left, right in ((440, 330, 496), (740, 400, 496)):
        pen.line([left, y, right, y], fill="#1f4e79", width=3)
        for x in (left, right):
            pen.line([x, y - 14, x, y + 14], fill="#1f4e79", width=3)
    return _saved(paper, "PDF")


def sheet() -> bytes:
    """A PDF: a photographed sheet of paper, its lines of writing too small to be read."""
    paper = Image.new("RGB", _PAPER, "#6f6a60")
    pen = ImageDraw.Draw(paper)
    pen.polygon([(70, 50), (770, 70), (756, 1120), (58, 1104)], fill="#f7f4ec")
    pen.line([250, 150, 580, 158], fill="#555555", width=10)
    for line in range(20):
        left, top = 130 - line // 3, 240 + 36 * line
        length = 560 if (line + 1) % 5 else 260
        pen.line([left, top, left + length, top + 12], fill="#8c8a86", width=6)
    return _saved(paper, "PDF")


def _saved(picture: Image.Image, kind: str) -> bytes:
    made = io.BytesIO()
    picture.save(made, kind)
    return made.getvalue()


#: By the names that the letters use.
DRAWINGS: dict[str, Callable[[], bytes]] = {"lane": lane, "sketch": sketch, "sheet": sheet}
