"""Everybody asks for a list in the same words; only the values differ."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from moderation.access import Person
from moderation.listing import LISTS, Cursor, Places, Wanted
from moderation.listing.counting import _asked as asked_lengths
from moderation.listing.finding import _asked as asked_page
from moderation.listing.shapes import Shape, values_of
from portal.models.case import Room
from portal.vocabulary import Kind, Status, Topic

AT = datetime(2026, 11, 30, 3, tzinfo=UTC)
WANTED = Wanted(LISTS[Room.DESK]["todo"], status=Status.SCREENING, kind=Kind.REPORT, unit_id=3)


def _person(account_id: int, *marks: bytes) -> Person:
    return Person(account_id, "Hoa", "hoa", None, grants=(), marks=frozenset(marks))


def test_two_people_who_look_from_as_many_places_ask_in_the_same_words() -> None:
    hoa, van = _person(1, b"a", b"b"), _person(2, b"c", b"d")
    here, there = Places(Room.DESK, tops=(7,)), Places(Room.DESK, tops=(9,))
    other = Wanted(WANTED.list, status=Status.RECEIVED, kind=Kind.PRAISE, unit_id=4)
    assert Shape.of(hoa, here, WANTED) == Shape.of(van, there, other)
    assert asked_page(Shape.of(hoa, here, WANTED)) is asked_page(Shape.of(van, there, other))
    assert asked_lengths(Shape.of(hoa, here)) is asked_lengths(Shape.of(van, there))


@pytest.mark.parametrize(
    "other",
    [
        Shape.of(_person(1, b"a"), Places(Room.DESK, tops=(7, 8)), WANTED),
        Shape.of(_person(1, b"a", b"b"), Places(Room.DESK, tops=(7,)), WANTED),
        Shape.of(_person(1, b"a"), Places(Room.COMMITTEE, tops=(7,)), WANTED),
        Shape.of(_person(1, b"a"), Places(Room.DESK, tops=(7,)), Wanted(WANTED.list)),
        Shape.of(_person(1, b"a"), Places(Room.DESK, tops=(7,)), WANTED, Cursor(AT, 1)),
        Shape.of(_person(1, b"a"), Places(Room.DESK, tops=(7,)), WANTED, Cursor(AT, 1, back=True)),
    ],
)
def test_whatever_changes_the_words_changes_the_shape(other: Shape) -> None:
    assert Shape.of(_person(1, b"a"), Places(Room.DESK, tops=(7,)), WANTED) != other


def test_a_value_is_never_part_of_a_shape() -> None:
    marks = [bytes([number]) * 32 for number in (200, 201)]
    person = _person(987_654, *marks)
    places = Places(Room.COMMITTEE, tops=(876_543,), within=(765_432,))
    wanted = Wanted(WANTED.list, topic=Topic.FAMILY, unit_id=654_321, reference=543_210)
    shape = repr(Shape.of(person, places, wanted, Cursor(AT, 432_109)))
    values = values_of(person, places, AT, wanted, Cursor(AT, 432_109))
    for value in (*marks, 987_654, 876_543, 765_432, Topic.FAMILY, 654_321, 543_210, AT, 432_109):
        assert value in values.values()
        assert repr(value) not in shape


def test_who_has_no_mark_is_hidden_from_nothing_by_it() -> None:
    places = Places(Room.DESK, tops=(7,))
    assert Shape.of(_person(1), places) == Shape.of(_person(2, b"x"), places)
    assert values_of(_person(1), places, AT)["mark_0"] == b""
