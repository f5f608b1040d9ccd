"""The picture of a tracking code, drawn as one inline shape. It holds the code's text, no address.

Pure. The code fills the smallest picture exactly, and the mask is fixed. Of such a picture every
square is a sum, without carrying, of bits of the text: so it is put together from the pictures of
single bits, which the library draws once. That takes a fiftieth of drawing each code anew.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby

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
#: A row is kept in three bytes; what is over stays light.
_ROW_BYTES = 3
_ROW_BITS = 8 * _ROW_BYTES


def _shape(byte: int) -> str:
    """Eight squares of a row as one piece of a shape, which ends where the next one begins."""
    shape, left = "", 0
    for dark, squares in groupby(f"{byte:08b}"):
        length = len(list(squares))
        if dark == "1":
            shape += f"m{left} 0h{length}v1h-{length}z"
            left = 0
        left += length
    return f"{shape}m{left} 0"


_SHAPES = [_shape(byte) for byte in range(256)]
_NEXT_ROW = f"m-{_ROW_BITS} 1"


def draw(code: Code) -> Markup:
    """The picture as an <svg> without any style, so that no rule of the page forbids it."""
    count = _SIDE * _ROW_BYTES
    shapes = [_SHAPES[byte] for byte in _squares(code.symbols).to_bytes(count)]
    rows = ["".join(shapes[start : start + _ROW_BYTES]) for start in range(0, count, _ROW_BYTES)]
    path = f"M{_QUIET} {_QUIET}{_NEXT_ROW.join(rows)}"
    return as_svg(path, size=_SIZE)


def as_svg(path: str, *, size: int) -> Markup:
    """Dark squares on light ground; the path must be of our own making, never what was typed."""
    # The path is put together from numbers and letters of drawing alone.
    return Markup(  # noqa: S704  # nosec B704
        f'<svg viewBox="0 0 {size} {size}" width="{size * 5}" height="{size * 5}" '
        f'shape-rendering="crispEdges" focusable="false" aria-hidden="true">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>'
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
    rows = ("".join("1" if dark else "0" for dark in row) for row in picture.matrix)
    return int("".join(row.ljust(_ROW_BITS, "0") for row in rows), 2)
