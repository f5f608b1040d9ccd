"""Trees of organisations whose names do not matter, drawn at random or written by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import strategies as st

from moderation.reports.tree import Tree, Unit
from portal.vocabulary import OrganisationKind

DAY = date(2026, 6, 30)
FIRST, LAST = DAY - timedelta(days=9), DAY + timedelta(days=9)


def unit(
    number: int,
    parent: int | None = None,
    *,
    since: date = FIRST,
    until: date | None = None,
    kind: OrganisationKind = OrganisationKind.CELL,
) -> Unit:
    """One unit."""
    name = f"Chi bộ {number}"
    return Unit(number, kind, name, name, parent, since, until)


def tree(
    units: Iterable[Unit], successions: Iterable[tuple[int, int]] = (), on: date = DAY
) -> Tree:
    """A tree of one day."""
    return Tree(units, successions=successions, on=on)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Unit], list[tuple[int, int]]]:
    """Units that come and go, with whatever parents and successors: bad data, too."""
    count = draw(st.integers(1, 9))
    numbers = st.integers(1, count)
    days = st.integers(-9, 9).map(lambda gap: DAY + timedelta(days=gap))
    units = []
    for number in range(1, count + 1):
        since, until = draw(days), draw(st.none() | days)
        parent = draw(st.none() | numbers)
        units.append(unit(number, parent, since=since, until=until))
    return units, draw(st.lists(st.tuples(numbers, numbers), max_size=6))


@st.composite
def forests(draw: st.DrawFn) -> list[Unit]:
    """Sound trees: each unit stands below one of those before it, or below none."""
    count = draw(st.integers(1, 12))
    return [
        unit(number, draw(st.none() | st.integers(1, number - 1)) if number > 1 else None)
        for number in range(1, count + 1)
    ]
