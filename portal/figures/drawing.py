"""The numbers of the public figures as lengths: bars beside a table, columns over quarters. Pure.

A small count that is not told has no length of its own: its column is an open box as high as four.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.figures.reading import Shown
from portal.vocabulary import FigureSign

#: The drawing in units of its own; it is as wide on the screen as there is room.
HEIGHT, WIDTH, COLUMN = 160, 62, 20
_FOOT, _HEAD, _GAP = 24, 20, 4
_FEW = 4


@dataclass(frozen=True)
class Column:
    """One column: where it stands, how high, what is written over it, and whether it is told."""

    x: int
    y: int
    height: int
    text: str
    told: bool
    first: bool


@dataclass(frozen=True)
class Chart:
    """Two columns for each quarter, and the name under them."""

    width: int
    base: int
    columns: tuple[Column, ...]
    names: tuple[tuple[int, str], ...]


def chart_of(
    names: Sequence[str], pairs: Sequence[Sequence[Shown]], texts: Sequence[Sequence[str]]
) -> Chart:
    """Draw two numbers of each quarter beside each other, with their texts above and its name."""
    most = max([_number(each) for pair in pairs for each in pair] + [1])
    room, base = HEIGHT - _FOOT - _HEAD, HEIGHT - _FOOT
    columns = []
    for place, pair in enumerate(pairs):
        for second, shown in enumerate(pair):
            height = round(room * _number(shown) / most)
            left = place * WIDTH + _GAP * 2 + second * (COLUMN + _GAP)
            told, text = isinstance(shown, int), texts[place][second]
            columns.append(Column(left, base - height, height, text, told, not second))
    middles = (place * WIDTH + WIDTH // 2 for place in range(len(names)))
    under = tuple(zip(middles, names, strict=True))
    return Chart(max(len(names), 4) * WIDTH, base, tuple(columns), under)


def length_of(shown: Shown, most: int) -> str:
    """How long the bar of a number is, of a hundred; nothing where it is not told."""
    return f"{100 * shown / most:.2f}" if isinstance(shown, int) and most else ""


def _number(shown: Shown) -> int:
    """A number to draw."""
    if isinstance(shown, int):
        return shown
    return _FEW if shown is FigureSign.FEW else 0
