"""The organisations as they stood on one day: who was below whom, whatever came later. Pure.

An organisation keeps one name and one parent from a day to a day. What took over from it is another
one, so a parent may have ended, or not begun yet, on the day that is asked for: then the one that
took over from it, or from which it took over, stands in its place. Where several did, nothing is
guessed, and the level above holds what cannot be placed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from portal.text import place_key
from portal.vocabulary import OrganisationKind

_LEVELS = {kind: level for level, kind in enumerate(OrganisationKind)}


class Unit(NamedTuple):
    """One organisation under one name and one parent; ``until`` is its last day."""

    id: int
    kind: OrganisationKind
    name: str
    short_name: str
    parent_id: int | None
    since: date
    until: date | None

    def exists_on(self, day: date) -> bool:
        """Whether it exists on a day; both ends count."""
        return self.since <= day and (self.until is None or self.until >= day)


@dataclass(frozen=True)
class Placed:
    """A unit at its place: how deep below the one that was asked for."""

    unit: Unit
    depth: int


class Tree:
    """The organisations of one day."""

    def __init__(
        self, units: Iterable[Unit], *, successions: Iterable[tuple[int, int]], on: date
    ) -> None:
        """Put every unit of the day below its parent of the day. ``successions``: old, new."""
        self.on = on
        self._all = {unit.id: unit for unit in units}
        self._later, self._earlier = _ways(successions)
        self._stands = dict[int, int | None]()
        self._parents = self._find_parents()
        self._below = dict[int | None, list[Unit]]()
        for number, parent in self._parents.items():
            self._below.setdefault(parent, []).append(self._all[number])

    def __contains__(self, number: int) -> bool:
        """Whether a unit of this number existed on the day."""
        return number in self._parents

    def __getitem__(self, number: int) -> Unit:
        """A unit of the day. Raises KeyError."""
        if number not in self._parents:
            raise KeyError(number)
        return self._all[number]

    def known(self, number: int) -> Unit | None:
        """A unit of this number, on whatever day it existed."""
        return self._all.get(number)

    def parent(self, number: int) -> int | None:
        """What stood directly above a unit of the day; nothing above the highest."""
        return self._parents[number]

    def line(self, number: int) -> tuple[Unit, ...]:
        """A unit of the day with all above it, the highest first."""
        found, step = list[Unit](), number
        while True:
            found.append(self._all[step])
            above = self._parents[step]
            if above is None:
                return tuple(reversed(found))
            step = above

    def below(self, number: int | None) -> list[Unit]:
        """What stood directly below a unit, the highest levels first, then by name; below nothing
        stand the highest units.
        """
        return sorted(
            self._below.get(number, ()),
            key=lambda unit: (_LEVELS[unit.kind], place_key(unit.short_name), unit.id),
        )

    def is_leaf(self, number: int) -> bool:
        """Whether no unit of the day stands below this one."""
        return number not in self._below

    def under(self, number: int) -> Iterator[Placed]:
        """A unit and everything below it, each before what is below it, in the order of names."""
        waiting = [Placed(self._all[number], 0)]
        while waiting:
            here = waiting.pop()
            yield here
            depth = here.depth + 1
            waiting += [Placed(unit, depth) for unit in reversed(self.below(here.unit.id))]

    def added_at(self, number: int, *, alone: bool = False) -> list[int]:
        """The units of any day whose numbers are added at a unit or, unless ``alone``, below."""
        here = {number} if alone else {placed.unit.id for placed in self.under(number)}
        return [each for each in self._all if self.stands_for(each) in here]

    def upwards(self) -> list[int]:
        """All units of the day, each after everything below it."""
        found = list(self._below.get(None, ()))
        for unit in found:
            # The list grows while it is walked along, level after level.
            found += self._below.get(unit.id, ())
        return [unit.id for unit in reversed(found)]

    def stands_for(self, number: int) -> int | None:
        """Which unit of the day stands where this one stood or will stand.

        Itself, else the one that took over from it, or from which it took over; where there is none
        or several, what stands for its parent.
        """
        if number not in self._stands:
            self._stands[number] = self._find_standing(number)
        return self._stands[number]

    def _find_standing(self, number: int) -> int | None:
        """The same, looked for: by the levels above, and never in a circle."""
        seen, step = set[int](), self._all.get(number)
        while step is not None and step.id not in seen:
            seen.add(step.id)
            found = self._followed(step)
            if len(found) == 1:
                return found.pop()
            step = self._all.get(step.parent_id or 0)
        return None

    def _followed(self, unit: Unit) -> set[int]:
        """The units of the day that a chain of successions leads to from this one."""
        ways = self._later if unit.since <= self.on else self._earlier
        waiting, seen, found = [unit.id], set[int](), set[int]()
        while waiting:
            number = waiting.pop()
            if number in seen or number not in self._all:
                continue
            seen.add(number)
            if self._all[number].exists_on(self.on):
                found.add(number)
            else:
                waiting += ways.get(number, ())
        return found

    def _find_parents(self) -> dict[int, int | None]:
        """Of each unit of the day what stands above it; a circle in bad data is cut open."""
        parents = {
            unit.id: self.stands_for(unit.parent_id) if unit.parent_id is not None else None
            for unit in self._all.values()
            if unit.exists_on(self.on)
        }
        sound = set[int | None]({None})
        for start in parents:
            way, step = list[int](), start
            while step not in sound and step not in way:
                way.append(step)
                above = parents[step]
                if above is None or above in sound:
                    break
                if above in way:
                    parents[step] = None
                    break
                step = above
            sound.update(way)
        return parents


def _ways(
    successions: Iterable[tuple[int, int]],
) -> tuple[Mapping[int, list[int]], Mapping[int, list[int]]]:
    """From the old to the new, and back."""
    later, earlier = dict[int, list[int]](), dict[int, list[int]]()
    for old, new in successions:
        later.setdefault(old, []).append(new)
        earlier.setdefault(new, []).append(old)
    return later, earlier
