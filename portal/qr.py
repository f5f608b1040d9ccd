"""The picture of a tracking code, drawn as one inline shape. It holds the code's text, no address.

Pure. The code fills the smallest picture exactly, and the mask is fixed. Of such a picture every
square is a sum, without carrying, of bits of the text: so it is put together from the pictures of
single bits, which the library draws once. That takes a fiftieth of drawing each code anew.
"""

from __future__ import annotations

import re
from functools import cache

import segno
from markupsafe import Markup

from portal.vault import Code

_QUIET = 4
_SIDE = 21
_SIZE = _SIDE + 2 * _QUIET
_MASK = 2
#: The symbols of the standard, in its order. Two of them make one number of eleven bits.
_SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_PAIR_BITS = 11
_PAIRS = 10
_NOTHING = "00"
_RUN = re.compile("1+")
#: So many dark squares side by side, as a shape.
_SHAPES = [f"h{length}v1h-{length}z" for length in range(_SIDE + 1)]


def draw(code: Code) -> Markup:
    """The picture as an <svg> without any style, so that no rule of the page forbids it."""
    squares = f"{_squares(code.symbols):0{_SIDE * _SIDE}b}"
    lines = [squares[start : start + _SIDE] for start in range(0, _SIDE * _SIDE, _SIDE)]
    path = "".join(
        f"M{run.start() + _QUIET} {top}{_SHAPES[len(run[0])]}"
        for top, line in enumerate(lines, start=_QUIET)
        for run in _RUN.finditer(line)
    )
    return Markup(  # noqa: S704
        f'<svg viewBox="0 0 {_SIZE} {_SIZE}" width="{_SIZE * 5}" height="{_SIZE * 5}" '
        f'shape-rendering="crispEdges" focusable="false" aria-hidden="true">'
        f'<path fill="#fff" d="M0 0h{_SIZE}v{_SIZE}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def _squares(text: str) -> int:
    """The squares of the picture, row by row, as the bits of one number; dark is 1."""
    empty, pictures = _single_bits()
    squares = empty
    for pair in range(_PAIRS):
        first, second = text[2 * pair], text[2 * pair + 1]
        number = len(_SYMBOLS) * _SYMBOLS.index(first) + _SYMBOLS.index(second)
        for bit in range(_PAIR_BITS):
            if number >> bit & 1:
                squares ^= pictures[pair][bit]
    return squares


@cache
def _single_bits() -> tuple[int, list[list[int]]]:
    """The picture without a bit set, and what each bit of each pair changes in it."""
    empty = _drawn_by_library(_NOTHING * _PAIRS)
    return empty, [
        [empty ^ _drawn_by_library(_with_bit(pair, bit)) for bit in range(_PAIR_BITS)]
        for pair in range(_PAIRS)
    ]


def _with_bit(pair: int, bit: int) -> str:
    """The text whose only bit is this one of this pair."""
    first, second = divmod(1 << bit, len(_SYMBOLS))
    both = _SYMBOLS[first] + _SYMBOLS[second]
    return _NOTHING * pair + both + _NOTHING * (_PAIRS - pair - 1)


def _drawn_by_library(text: str) -> int:
    """The squares of one picture, as the standard says."""
    picture = segno.make_qr(
        text, version=1, error="m", mask=_MASK, mode="alphanumeric", boost_error=False
    )
    return int("".join("1" if dark else "0" for row in picture.matrix for dark in row), 2)
