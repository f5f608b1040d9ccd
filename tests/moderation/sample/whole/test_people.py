"""The people of the whole ward: many, each somebody else, the same in every installation."""

from __future__ import annotations

from collections import Counter
from datetime import date

from moderation.sample.records import read_members
from moderation.sample.whole.cells import read_cells
from moderation.sample.whole.people import YEAR, read_people
from portal.text import fold
from portal.vocabulary import PostTitle, UnitKind

PEOPLE = read_people()
#: Who is named in the article that the project began with.
NAMED_IN_THE_ARTICLE = {"luc manh cuong"}


def test_nobody_is_mistaken_for_somebody_else() -> None:
    small = read_members(date(2026, 11, 23))
    everybody = [(one.name, one.birth_year) for one in small]
    everybody += [(one.name, one.birth_year) for one in PEOPLE]
    assert len(set(everybody)) == len(everybody) >= 900
    assert len({one.key for one in small} | {one.key for one in PEOPLE}) == len(everybody)
    assert not {one.name for one in small} & {one.name for one in PEOPLE}


def test_no_official_of_the_founding_article_is_among_them() -> None:
    assert not NAMED_IN_THE_ARTICLE & {fold(one.name) for one in PEOPLE}


def test_a_cell_has_as_many_as_cells_of_the_ward_have() -> None:
    sizes = Counter(one.home for one in PEOPLE)
    assert len(read_cells()) == 33
    assert all(4 <= size <= 40 for size in sizes.values())


def test_every_cell_is_led_by_grown_people() -> None:
    for cell in read_cells():
        led = [one for one in PEOPLE if one.home == cell.key and one.title]
        titles = Counter(one.title for one in led)
        assert titles[PostTitle.SECRETARY] == titles[PostTitle.DEPUTY_SECRETARY] == 1
        assert all(30 <= YEAR - one.birth_year <= 80 for one in led)


def test_ages_fit_what_people_do() -> None:
    kinds = {cell.key: cell.unit_kind for cell in read_cells()}
    for one in PEOPLE:
        age = YEAR - one.birth_year
        works = kinds.get(one.home, UnitKind.SCHOOL) is not UnitKind.RESIDENTIAL
        assert 20 <= age <= (60 if works else 90)
    assert all(one.woman for one in PEOPLE if "Phụ nữ" in one.post)


def test_who_works_elsewhere_lives_in_a_neighbourhood() -> None:
    kinds = {cell.key: cell.unit_kind for cell in read_cells()}
    lived_in = {one.residence for one in PEOPLE} - {""}
    assert {kinds[key] for key in lived_in} == {UnitKind.RESIDENTIAL}
