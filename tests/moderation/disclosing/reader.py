"""Somebody who adds and subtracts everything that is printed, to find what is hidden.

They know the rules, too: that each case is in one value of every table of its place and of all
together, which counts are small, and that a sign beside a small one stands for five or more.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from moderation.disclosing.hiding import Told
from portal.figures.layout import ALL, LAYOUTS, TOTAL, WHOLE
from portal.vocabulary import FigureSign, FigureTable

Name = Hashable
_Bounds = dict[Name, tuple[int, int]]


@dataclass
class Reader:
    """What is known: between which numbers each count lies, and which counts add up to which."""

    known: _Bounds = field(default_factory=dict)
    sums: list[tuple[Name, tuple[Name, ...]]] = field(default_factory=list)

    def can_be(self, name: Name, number: int) -> bool:
        """Whether everything that is known fits to this number."""
        least, most = self.known[name]
        return least <= number <= most and _solve(self.known | {name: (number, number)}, self.sums)


def reader_of(told: Iterable[Told], places: Iterable[int]) -> Reader:
    """Whoever reads this; of ``places`` they know that there are no others."""
    printed = {each[:3]: each.shown for each in told}
    most = printed[WHOLE, *TOTAL]
    most = most if isinstance(most, int) else 4
    cells = [TOTAL, *((each.table, value) for each in LAYOUTS for value in each.labels)]
    reader, places = Reader(), tuple(places)
    for place in (WHOLE, *places):
        for cell in cells:
            reader.known[place, *cell] = _told(printed, place, cell, most)
        for layout in LAYOUTS:
            values = tuple((place, layout.table, value) for value in layout.labels)
            reader.sums.append(((place, *layout.of), values))
    for cell in cells:
        everywhere = tuple((place, *cell) for place in places)
        reader.sums.append(((WHOLE, *cell), everywhere))
    return reader


def _told(
    printed: Mapping[tuple[int, FigureTable, str], int | FigureSign],
    place: int,
    cell: tuple[FigureTable, str],
    most: int,
) -> tuple[int, int]:
    """Between which numbers a count lies by itself."""
    shown = printed.get((place, *cell))
    if isinstance(shown, int):
        return shown, shown
    if shown is FigureSign.FEW:
        return 1, 4
    if shown is FigureSign.HIDDEN:
        return 5, most
    # A place of which not even the sum is named has none, where other places are named.
    named = any(one != WHOLE for one, _table, _value in printed)
    absent = place != WHOLE and named and (place, FigureTable.FINISHED, ALL) not in printed
    return (0, 0) if absent else (0, most)


def _solve(bounds: _Bounds, sums: list[tuple[Name, tuple[Name, ...]]]) -> bool:
    """Whether there are numbers within the bounds for which all sums hold."""
    bounds = dict(bounds)
    if not _narrow(bounds, sums):
        return False
    free = [name for name, (least, most) in bounds.items() if least < most]
    if not free:
        return True
    name = min(free, key=lambda one: bounds[one][1] - bounds[one][0])
    least, most = bounds[name]
    return any(_solve(bounds | {name: (one, one)}, sums) for one in range(least, most + 1))


def _narrow(bounds: _Bounds, sums: list[tuple[Name, tuple[Name, ...]]]) -> bool:
    """Narrow the bounds until no sum tells more; whether there is anything left."""
    changed = True
    while changed:
        changed = False
        for whole, parts in sums:
            low = sum(bounds[part][0] for part in parts)
            high = sum(bounds[part][1] for part in parts)
            least, most = bounds[whole]
            wanted = {whole: (max(least, low), min(most, high))}
            for part in parts:
                one, other = bounds[part]
                wanted[part] = (max(one, least - high + other), min(other, most - low + one))
            for name, new in wanted.items():
                if new[0] > new[1]:
                    return False
                if new != bounds[name]:
                    bounds[name], changed = new, True
    return True
