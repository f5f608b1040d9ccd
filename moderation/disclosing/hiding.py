"""All tables of a quarter, suppressed together. Pure.

Tables split counts of one another, so a count is hidden or printed once, where it first stands.
Where it is hidden, what it is split into is not printed for that place but told with the others
together. So each table is suppressed by itself and nothing can be worked out from two of them:
whatever the hidden counts of one may have been, those of another can follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from moderation.disclosing.suppressing import Shown, small, suppress, suppress_places
from portal.figures.layout import ALL, LAYOUTS, TOTAL, WHOLE, Layout
from portal.vocabulary import FigureSign, FigureTable

Cell = tuple[int, FigureTable, str]


class Told(NamedTuple):
    """One printed number, or the sign in its place."""

    place: int
    table: FigureTable
    value: str
    shown: Shown


def hide(counts: Mapping[Cell, int]) -> list[Told]:
    """What is printed of a quarter. A place without any finished case is not named."""
    received = counts.get((WHOLE, FigureTable.RECEIVED, ALL), 0)
    total = counts.get((WHOLE, *TOTAL), 0)
    found = [
        Told(WHOLE, FigureTable.RECEIVED, ALL, _alone(received)),
        Told(WHOLE, *TOTAL, _alone(total)),
    ]
    if not total or small(total):
        return found
    places = sorted({place for place, _table, _value in counts} - {WHOLE})
    shown = suppress_places({place: counts.get((place, *TOTAL), 0) for place in places})
    found += [Told(place, *TOTAL, told) for place, told in shown.items() if told != 0]
    for layout in LAYOUTS:
        found += _split(counts, layout, found)
    return found


def _split(counts: Mapping[Cell, int], layout: Layout, found: list[Told]) -> list[Told]:
    """One table: nothing where the count that it splits is not printed, or is nothing."""
    printed = {told.place: told.shown for told in found if (told.table, told.value) == layout.of}
    if not _open(printed.get(WHOLE)):
        return []
    lines = {
        place: _counts(counts, place, layout)
        for place, shown in printed.items()
        if place != WHOLE and _open(shown) and not layout.whole_only
    }
    apart = _counts(counts, WHOLE, layout)
    for line in lines.values():
        apart = [one - other for one, other in zip(apart, line, strict=True)]
    table = suppress(lines, apart)
    if table is None:
        return []
    return [
        Told(place, layout.table, value, shown)
        for place, line in {WHOLE: table.whole, **table.lines}.items()
        for value, shown in zip(layout.labels, line, strict=True)
    ]


def _counts(counts: Mapping[Cell, int], place: int, layout: Layout) -> list[int]:
    """The counts of a table at one place."""
    return [counts.get((place, layout.table, value), 0) for value in layout.labels]


def _open(shown: Shown | None) -> bool:
    """Whether a number is printed and is more than nothing."""
    return isinstance(shown, int) and shown > 0


def _alone(count: int) -> Shown:
    """A number that no other one tells."""
    return FigureSign.FEW if small(count) else count
