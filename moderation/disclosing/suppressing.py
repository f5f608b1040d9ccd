"""Hiding small counts where everybody may read, so that nobody finds them by subtraction. Pure.

A count below ``FEW`` says something about persons and is printed as "< 5". Whoever knows everything
that is printed, and these rules, must be left with every number from 1 to 4 for it. So wherever
sums would tell more, other counts are hidden beside it, and a line that cannot be kept so is not
printed at all, not even its zeros.

A table is a network: a count flows from its column into its line, and the sum of a column from the
line of all places into the column. A hidden count can have been another number where the network
has a way round for the difference, over counts that are hidden too. The counts to hide are those of
the cheapest way round. This is complementary suppression by network flow, as in L. Cox, "Network
models for complementary cell suppression", Journal of the American Statistical Association (1995).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.vocabulary import FigureSign

#: The least count that is printed where everybody may read. Zero is nobody, and is printed.
FEW = 5
_SMALL = range(1, FEW)

#: A number as it is printed: itself, or the sign in its place.
Shown = int | FigureSign
_Node = tuple[str, int]
_Arc = tuple[_Node, _Node]
_WHOLE, _APART = ("whole", 0), ("apart", 0)


@dataclass(frozen=True)
class Printed:
    """A table as everybody may read it; a line that is not in ``lines`` is not printed."""

    whole: tuple[Shown, ...]
    lines: Mapping[int, tuple[Shown, ...]]


def suppress(lines: Mapping[int, Sequence[int]], apart: Sequence[int]) -> Printed | None:
    """Print the counts of places whose sums are printed, and of all places together.

    ``lines`` holds such places, ``apart`` the counts of all others together, whose sums are
    hidden; the sum of everything is printed. No sum over all places is hidden for the sake of one
    place: rather the place is not printed. Nothing at all is printed where no way of hiding leaves
    every number from 1 to 4 for each small count.
    """
    kept, others = dict(lines), list(apart)
    alone = _Net({}, [sum(column) for column in zip(apart, *lines.values(), strict=True)])
    if alone.protect() is not None:
        return None
    while True:
        net = _Net(kept, others, alone.hidden_sums())
        fault = net.protect()
        if fault is None:
            return net.printed()
        if not kept:
            return None
        # The line that cannot be kept, or else the one that tells least, joins the others.
        kind, number = fault[1]
        gone = number if kind == "line" else min(kept, key=lambda one: (sum(kept[one]), one))
        others = [one + other for one, other in zip(others, kept.pop(gone), strict=True)]


def suppress_places(counts: Mapping[int, int]) -> dict[int, Shown]:
    """Print how many there are in each place, where their sum is printed.

    An empty answer prints no place.
    """
    found = suppress({}, list(counts.values()))
    return dict(zip(counts, found.whole, strict=True)) if found else {}


def small(count: int) -> bool:
    """Whether a count is never printed."""
    return count in _SMALL


class _Net:
    """The counts of a table as flows, and which of them are hidden."""

    def __init__(
        self,
        lines: Mapping[int, Sequence[int]],
        apart: Sequence[int],
        sums: frozenset[_Arc] | None = None,
    ) -> None:
        """Hide what is small, and all that no line tells; of the sums ``sums`` and no others."""
        self._lines = lines
        self._flows: dict[_Arc, int] = {}
        for column, other in enumerate(apart):
            node = ("column", column)
            total = other + sum(counts[column] for counts in lines.values())
            self._flows[_WHOLE, node] = total
            self._flows[node, _APART] = other
            for place, counts in lines.items():
                self._flows[node, ("line", place)] = counts[column]
        self._columns = len(apart)
        self._near: dict[_Node, list[_Arc]] = {}
        for arc in self._flows:
            self._near.setdefault(arc[0], []).append(arc)
            self._near.setdefault(arc[1], []).append(arc)
        self._hidden = {arc for arc, flow in self._flows.items() if arc[1] == _APART or small(flow)}
        self._hidden |= sums or frozenset()
        self._printed = {arc for arc in self._flows if arc[0] == _WHOLE and sums is not None}
        self._printed -= self._hidden

    def protect(self) -> _Arc | None:
        """Hide what has to be hidden; return a small count for which that is not enough."""
        for arc, flow in self._flows.items():
            if not small(flow):
                continue
            for other in (_SMALL[0], _SMALL[-1]):
                way = self._way_to(arc, other)
                if way is None:
                    return arc
                self._hidden |= way
        return None

    def hidden_sums(self) -> frozenset[_Arc]:
        """Which sums over all places are hidden."""
        return frozenset(arc for arc in self._hidden if arc[0] == _WHOLE)

    def printed(self) -> Printed:
        """The table as it is printed."""
        nodes = [("column", column) for column in range(self._columns)]
        return Printed(
            tuple(self._shown((_WHOLE, node)) for node in nodes),
            {
                place: tuple(self._shown((node, ("line", place))) for node in nodes)
                for place in self._lines
            },
        )

    def _shown(self, arc: _Arc) -> Shown:
        """One count as it is printed."""
        flow = self._flows[arc]
        if arc not in self._hidden:
            return flow
        return FigureSign.FEW if small(flow) else FigureSign.HIDDEN

    def _way_to(self, arc: _Arc, wanted: int) -> set[_Arc] | None:
        """What must be hidden so that a count can have been the number that is wanted."""
        flows, hidden = dict(self._flows), set[_Arc]()
        step = 1 if wanted > flows[arc] else -1
        while flows[arc] != wanted:
            start, end = (arc[1], arc[0]) if step > 0 else arc
            way = self._cheapest(flows, hidden, arc, start, end)
            if way is None:
                return None
            flows[arc] += step
            for each, change in way:
                flows[each] += change
                hidden.add(each)
        return hidden - self._hidden

    def _cheapest(
        self, flows: Mapping[_Arc, int], hidden: set[_Arc], without: _Arc, start: _Node, end: _Node
    ) -> list[tuple[_Arc, int]] | None:
        """The way round for one unit that hides least, as changes of flows."""
        waiting = [(0, 0, start)]
        came: dict[_Node, tuple[_Node, _Arc, int]] = {}
        best = {start: (0, 0)}
        while waiting:
            cost, length, node = heapq.heappop(waiting)
            if node == end:
                return list(_back(came, start, end))
            if (cost, length) > best[node]:
                continue
            for arc in self._near[node]:
                change = 1 if arc[0] == node else -1
                if arc == without or not self._can(arc, flows[arc] + change):
                    continue
                other = arc[1] if change > 0 else arc[0]
                price = 0 if arc in self._hidden or arc in hidden else self._flows[arc]
                reached = (cost + price, length + 1)
                if other not in best or reached < best[other]:
                    best[other], came[other] = reached, (node, arc, change)
                    heapq.heappush(waiting, (*reached, other))
        return None

    def _can(self, arc: _Arc, flow: int) -> bool:
        """Whether a reader must think a count possible, once it is hidden.

        Of the places that are not printed it is any number. A small one is told as such. Another
        one that is hidden is none of these and no zero, because zeros are printed.
        """
        if arc in self._printed:
            return False
        if arc[1] == _APART:
            return flow >= 0
        own = self._flows[arc]
        if small(own):
            return flow in _SMALL
        return own >= FEW and flow >= FEW


def _back(
    came: Mapping[_Node, tuple[_Node, _Arc, int]], start: _Node, end: _Node
) -> Iterator[tuple[_Arc, int]]:
    """The way that was found, from its end."""
    node = end
    while node != start:
        node, arc, change = came[node]
        yield arc, change
