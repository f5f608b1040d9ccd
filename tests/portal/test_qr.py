"""The picture holds the code and nothing else, and needs no style."""

from __future__ import annotations

import re

import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import qr
from portal.vault import Code, code_from_token

QUIET = 4
MOVE = re.compile(r"[Mm](-?\d+) (\d+)(?:h(\d+)v1h-\3z)?")


def drawn(code: Code) -> set[tuple[int, int]]:
    """The dark squares of the picture, by row and column."""
    path = qr.draw(code).split('<path fill="#000" d="')[1].split('"')[0]
    assert MOVE.sub("", path) == ""
    dark, left, top = set(), -QUIET, -QUIET
    for right, down, length in MOVE.findall(path):
        left, top = left + int(right), top + int(down)
        dark |= {(top, left + step) for step in range(int(length or 0))}
    return dark


@settings(max_examples=20)
@given(st.binary(min_size=32, max_size=32))
def test_the_picture_is_the_code(raw: bytes) -> None:
    code = code_from_token(raw.hex(), b"p" * 32)
    wanted = segno.make_qr(code.symbols, version=1, error="m", mask=2, boost_error=False)
    dark = {
        (row, column)
        for row, line in enumerate(wanted.matrix)
        for column, square in enumerate(line)
        if square
    }
    assert drawn(code) == dark


def test_the_picture_has_no_style_and_no_address() -> None:
    picture = qr.draw(code_from_token("t" * 43, b"p" * 32))
    for forbidden in ("style", "http", "data:", "href", "xmlns"):
        assert forbidden not in picture
