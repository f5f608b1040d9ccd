"""Communes and wards as people write them: under today's name, or one that is gone.

Pure but for the reading of the rows. Design rule: where a name fits several units, all are offered
and none is chosen. Only names of places are known here, and no organisation below a commune.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import PlaceName
from portal.text.folding import syllables

#: More than these are no help to anybody.
MOST_OFFERED = 12

_Words = tuple[str, ...]
#: The levels of places as they are written, folded, and how they are shortened.
_SHORT: dict[str, _Words] = {
    "p": ("phuong",),
    "x": ("xa",),
    "tt": ("thi", "tran"),
    "tx": ("thi", "xa"),
    "tp": ("thanh", "pho"),
    "h": ("huyen",),
}
_NARROW: tuple[_Words, ...] = (("phuong",), ("xa",), ("thi", "tran"), ("dac", "khu"))
_OF_THE_PARTY = ("dang", "bo")
#: What held many communes until 1/7/2025. Such a name counts where nothing narrower is written.
_WIDE: tuple[_Words, ...] = (("thanh", "pho"), ("thi", "xa"), ("huyen",))


class Name(NamedTuple):
    """A name of a unit's area: today's where ``until`` is empty and it is the unit's own, else one
    that was in use until a day, or that people use beside it.
    """

    unit_id: int
    name: str
    until: date | None = None
    own: bool = False


class Offered(NamedTuple):
    """A unit that may be meant, and the older names for which it is offered."""

    unit_id: int
    older: tuple[str, ...] = ()


class _Found(NamedTuple):
    """Where a name stands in a text, and whether its own level stands before it."""

    start: int
    end: int
    name: Name
    levelled: bool
    wide: bool


@dataclass(frozen=True)
class Gazetteer:
    """The names of all units of today."""

    names: tuple[Name, ...] = ()

    def __post_init__(self) -> None:
        """Lay the names out by their first word, once."""
        index: dict[str, list[tuple[_Words, _Words, Name]]] = {}
        for name in self.names:
            level, proper = _parted(tuple(syllables(name.name)))
            if proper:
                index.setdefault(proper[0], []).append((level, proper, name))
        object.__setattr__(self, "_index", index)

    def offered(self, text: str) -> tuple[Offered, ...]:
        """The units that a text may mean, those first whose level is written as well."""
        words = _written_out(syllables(text))
        found = _widest(self._found(words))
        narrow = [each for each in found if not each.wide]
        return _gathered(narrow or found)[:MOST_OFFERED]

    def _found(self, words: _Words) -> Iterator[_Found]:
        """Every name in a text. One that was written as a district is no commune of that name."""
        index: dict[str, list[tuple[_Words, _Words, Name]]] = vars(self)["_index"]
        for start, word in enumerate(words):
            as_wide = any(words[:start][-len(each) :] == each for each in _WIDE)
            for level, proper, name in index.get(word, ()):
                end = start + len(proper)
                levelled = bool(level) and words[:start][-len(level) :] == level
                if words[start:end] == proper and (levelled or level not in _WIDE):
                    yield _Found(start, end, name, levelled, as_wide)


def read_gazetteer(session: Session, *, units: Iterable[tuple[int, str]]) -> Gazetteer:
    """The names of these units of today, own and others, in one statement."""
    own = [Name(number, name, own=True) for number, name in units]
    known = {name.unit_id for name in own}
    rows = session.execute(
        select(PlaceName.organisation_id, PlaceName.name, PlaceName.valid_to)
        .where(PlaceName.slug.is_(None))
        .order_by(PlaceName.id)
    )
    other = [Name(row.organisation_id, row.name, row.valid_to) for row in rows]
    return Gazetteer((*own, *(name for name in other if name.unit_id in known)))


def _parted(words: _Words) -> tuple[_Words, _Words]:
    """A name as its level and the name itself; of a Party organisation, that of its area."""
    words = words[2:] if words[:2] == _OF_THE_PARTY else words
    for level in (*_NARROW, *_WIDE):
        if words[: len(level)] == level and len(words) > len(level):
            return level, words[len(level) :]
    return (), words


def _written_out(words: Iterable[str]) -> _Words:
    """The words with shortened levels in full."""
    return tuple(part for word in words for part in _SHORT.get(word, (word,)))


def _widest(found: Iterable[_Found]) -> list[_Found]:
    """What was found, without what is only a part of a longer name."""
    every = list(found)
    return [
        one
        for one in every
        if not any(
            other.start <= one.start
            and one.end <= other.end
            and other.end - other.start > one.end - one.start
            for other in every
        )
    ]


def _gathered(found: Iterable[_Found]) -> tuple[Offered, ...]:
    """Each unit once, with its older names; those whose level was written in front."""
    older: dict[int, list[str]] = {}
    for one in sorted(found, key=lambda one: not one.levelled):
        names = older.setdefault(one.name.unit_id, [])
        if not one.name.own and one.name.name not in names:
            names.append(one.name.name)
    return tuple(Offered(number, tuple(names)) for number, names in older.items())
