"""Organisations as people call them: which ones a text names, and what took over from them.

Pure: the atlas is given the organisations of a ward or commune, or those of a few people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from moderation.matching.lexicon import KINDS, WARD_WORDS
from moderation.matching.reading import Text, plain_words
from portal.vocabulary import OrganisationKind, UnitKind

#: Said before the name of a cell or committee, and not needed to know it.
_PREFIXES: Final = (("chi", "bo"), ("dang", "bo"), ("dang", "uy"), ("bo", "phan"), ("co", "so"))
#: Words that many names share; what is left after them is the proper name.
_SHARED: Final = frozenset(
    {
        *("truong", "tieu", "hoc", "mam", "non", "trung", "co", "so", "pho", "thong", "cong", "ty"),
        *("phan", "tnhh", "doanh", "nghiep", "hop", "tac", "nha", "may", "thon", "khoi", "to"),
        *("phuong", "xa", "thi", "tran", "huyen", "thanh", "tinh", "tram", "y", "te", "an", "cum"),
        *("quan", "su", "uy", "ban", "nhan", "dan", "kiem", "tra", "dang", "chi", "bo"),
    }
)
_WARD_TYPES: Final = frozenset({"phuong", "xa"})
_NUMBERED: Final = frozenset({"khoi", "thon"})
_LONGEST_CHAIN: Final = 12


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation under one name, as the register has it."""

    id: int
    kind: OrganisationKind
    unit_kind: UnitKind | None
    name: str
    short_name: str
    valid_from: date
    valid_to: date | None

    def exists(self, on: date) -> bool:
        """Whether the organisation exists on a day."""
        return self.valid_from <= on and (self.valid_to is None or self.valid_to >= on)

    @property
    def ward(self) -> bool:
        """Whether this is the ward or commune itself, or what it was before."""
        return self.kind in (OrganisationKind.WARD_COMMUNE, OrganisationKind.GRASSROOTS_COMMITTEE)

    @property
    def workplace(self) -> bool:
        """Whether people belong to it by their work."""
        return self.unit_kind not in (None, UnitKind.RESIDENTIAL)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of plain words that names organisations: one, or all of a kind."""

    start: int
    end: int
    ids: frozenset[int]
    ward: bool
    by_name: bool


class Atlas:
    """The organisations that matter for one question, with their successors."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.places: dict[int, Place] = {}
        self._heirs: dict[int, set[int]] = {}
        self._keys: dict[tuple[str, ...], set[int]] = {}
        #: What texts were found to name, until an organisation is entered.
        self._found: dict[int, tuple[Text, list[Mention]]] = {}

    def add(self, place: Place, *, heir_id: int | None = None, alias: str | None = None) -> None:
        """Enter an organisation, one of its successors, and one of its other names."""
        if place.id in self.places and alias is None and heir_id is None:
            return
        self._found.clear()
        if place.id not in self.places:
            self.places[place.id] = place
            self._enter(place.id, place.name)
            self._enter(place.id, place.short_name)
        if alias:
            self._enter(place.id, alias)
        if heir_id is not None:
            self._heirs.setdefault(place.id, set()).add(heir_id)

    def with_heirs(self, ids: Iterable[int]) -> frozenset[int]:
        """These organisations and whatever took over from them, step by step."""
        found, waiting = set(ids), set(ids)
        for _step in range(_LONGEST_CHAIN):
            waiting = {heir for old in waiting for heir in self._heirs.get(old, ())} - found
            if not waiting:
                break
            found |= waiting
        return frozenset(found)

    def now(self, place_id: int) -> Place | None:
        """The organisation as it stands today, if that is exactly one."""
        living = [
            place
            for each in self.with_heirs([place_id])
            if (place := self.places.get(each)) and place.exists(self.today)
        ]
        return living[0] if len(living) == 1 else None

    def mentions(self, text: Text) -> list[Mention]:
        """Which organisations a text names: by a name of theirs, by their kind, or the ward."""
        if id(text) not in self._found:
            self._found[id(text)] = text, self._mentions(text)
        return self._found[id(text)][1]

    def _mentions(self, text: Text) -> list[Mention]:
        named = _longest(list(self._by_name(text)))
        kinds = _longest(list(self._by_kind(text)))
        found = named + [each for each in kinds if not any(_overlap(each, one) for one in named)]
        wards = [each for each in self._by_ward(text) if not _taken(each, found)]
        return sorted(found + wards, key=lambda each: (each.start, each.end))

    def _enter(self, place_id: int, name: str) -> None:
        for key in _keys(name):
            self._keys.setdefault(key, set()).add(place_id)

    def _by_name(self, text: Text) -> Iterator[Mention]:
        for key, ids in self._keys.items():
            for start in text.find(key):
                ward = all(self.places[each].ward for each in ids)
                yield Mention(start, start + len(key), self.with_heirs(ids), ward, by_name=True)

    def _by_kind(self, text: Text) -> Iterator[Mention]:
        for words, kind in KINDS:
            ids = {
                place.id
                for place in self.places.values()
                if place.unit_kind is kind and place.exists(self.today)
            }
            for start in text.find(words) if ids else ():
                yield Mention(start, start + len(words), frozenset(ids), ward=False, by_name=False)

    def _by_ward(self, text: Text) -> Iterator[Mention]:
        ids = frozenset(
            place.id
            for place in self.places.values()
            if place.kind is OrganisationKind.WARD_COMMUNE and place.exists(self.today)
        )
        for words in WARD_WORDS:
            for start in text.find(words) if ids else ():
                yield Mention(start, start + len(words), ids, ward=True, by_name=False)


@lru_cache(maxsize=20_000)
def _keys(name: str) -> frozenset[tuple[str, ...]]:
    """The ways in plain words to call an organisation: "khoi 7", "truong hoa hoi", "hoa hoi"."""
    words = plain_words(name)
    while words[:2] in _PREFIXES:
        words = words[2:]
    if words[-1:] == ("cu",):
        words = words[:-1]
    found = {words}
    for place, word in enumerate(words):
        enough = 3 if words[0] in _NUMBERED else 1
        if word in _WARD_TYPES and place >= enough:
            found |= {words[:place], words[: place + 1]}
            words = words[:place]
            break
    proper = words
    while proper and proper[0] in _SHARED:
        proper = proper[1:]
    if len(proper) > 1:
        found.add(proper)
    return frozenset(key for key in found if _telling(key))


def _telling(key: tuple[str, ...]) -> bool:
    """Whether a key tells organisations apart: no single shared word, no bare number."""
    if len(key) > 1:
        return True
    return bool(key) and key[0] not in _SHARED and not key[0].isdecimal()


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _longest(found: list[Mention]) -> list[Mention]:
    """Without the mentions that lie inside a longer one."""
    return [each for each in found if not any(_inside(each, one) for one in found)]


def _inside(one: Mention, other: Mention) -> bool:
    longer = other.end - other.start > one.end - one.start
    return longer and other.start <= one.start and one.end <= other.end


def _taken(ward: Mention, found: Iterable[Mention]) -> bool:
    """Whether a word for the ward only says where another unit is, as in "công an phường"."""
    return any(_overlap(ward, one) or (one.end == ward.start and not one.ward) for one in found)
