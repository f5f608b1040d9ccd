"""What may stand in the register, row by row."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.registering.checks import (
    Problem,
    Spell,
    cells_problems,
    kinds_below,
    overlap,
    person_problems,
    place_problems,
    post_problems,
    span_problems,
    standing_problems,
)
from portal.vocabulary import MembershipKind, MembershipStatus, OrganisationKind, PostTitle

TODAY = date(2026, 11, 23)
K = OrganisationKind
DAYS = st.dates(date(2020, 1, 1), date(2020, 2, 9))


def test_nothing_stands_below_a_cell() -> None:
    """A cell is the lowest there is."""
    assert not {*kinds_below(K.CELL), *kinds_below(K.GRASSROOTS_CELL)}


def test_committees_stand_below_each_other_to_any_depth_and_no_cell_at_the_top() -> None:
    """The tree has no fixed depth; its top is a province or the centre."""
    deep = K.GRASSROOTS_COMMITTEE
    assert place_problems(deep, below=deep) == []
    assert place_problems(K.CELL, below=None) == [Problem.NOT_BELOW]
    assert place_problems(K.PROVINCE, below=None) == []


@pytest.mark.parametrize(
    ("name", "year", "problems"),
    [
        ("Vi Văn Thành", 1970, []),
        ("  ", 1970, [Problem.NO_NAME]),
        ("Vi Văn Thành", 2020, [Problem.BAD_YEAR]),
        ("Vi Văn Thành", 1800, [Problem.BAD_YEAR]),
        ("§¶ng bé ph­êng", 1970, [Problem.OLD_LETTERS]),
        ("A" * 301, 1970, [Problem.LONG_NAME]),
    ],
)
def test_a_member_has_a_name_in_today_s_letters_and_a_year_that_can_be(
    name: str, year: int, problems: list[Problem]
) -> None:
    """Names of old code pages and years of children are found."""
    assert person_problems(name, year, today=TODAY) == problems


def test_days_are_in_order_near_enough_and_inside_those_of_the_organisation() -> None:
    """An entry cannot begin before its organisation did, nor outlive it."""
    within = Spell(None, date(2025, 7, 1), date(2026, 1, 31))
    assert span_problems(date(2025, 7, 1), date(2026, 1, 31), today=TODAY, within=within) == []
    assert Problem.NOT_THERE in span_problems(date(2025, 6, 30), today=TODAY, within=within)
    assert Problem.NOT_THERE in span_problems(date(2025, 8, 1), today=TODAY, within=within)
    assert Problem.ENDS_FIRST in span_problems(TODAY, TODAY - timedelta(1), today=TODAY)
    assert span_problems(date(2040, 1, 1), today=TODAY) == [Problem.FAR_DAY]


def test_a_member_has_one_home_at_a_time() -> None:
    """A second home on one day is refused; one of another sort, or one taken back, is not."""
    home, other = MembershipKind.HOME, MembershipKind.RESIDENCE
    first, second = Spell(1, date(2020, 1, 1)), Spell(2, date(2021, 1, 1))
    taken_back = Spell(2, date(2021, 1, 1), date(2020, 12, 31))
    assert cells_problems([(home, first), (home, second)]) == [Problem.AT_ONCE]
    assert cells_problems([(home, first), (other, second), (home, taken_back)]) == []
    assert cells_problems([(other, first), (home, taken_back)]) == [Problem.NO_HOME]


def test_nobody_stands_in_two_ways_or_after_death() -> None:
    """Who left may come back; who died does not."""
    left = Spell(MembershipStatus.LEFT, date(2020, 1, 1), date(2021, 1, 1))
    dead = left._replace(what=MembershipStatus.DECEASED)
    active = Spell(MembershipStatus.ACTIVE, date(2021, 1, 2))
    assert standing_problems([left, active]) == []
    assert standing_problems([dead, active]) == [Problem.GONE]
    assert standing_problems([left, active._replace(since=date(2021, 1, 1))]) == [Problem.AT_ONCE]


def test_posts_fit_their_organisation() -> None:
    """Commission members sit in commissions, a cell has no standing one, others are named."""
    assert post_problems(PostTitle.SECRETARY, None, kind=K.CELL) == []
    assert post_problems(PostTitle.COMMISSION_MEMBER, None, kind=K.CELL) == [Problem.WRONG_POST]
    assert post_problems(PostTitle.STANDING_MEMBER, None, kind=K.CELL) == [Problem.WRONG_POST]
    assert post_problems(PostTitle.OTHER, " ", kind=K.CELL) == [Problem.NO_WORDS]


@given(st.lists(st.tuples(DAYS, DAYS | st.none()), max_size=4))
def test_spells_overlap_if_some_day_is_in_two_of_them(days: list[tuple[date, date | None]]) -> None:
    """Compared with counting day by day."""
    spells = [Spell(None, *each) for each in days]
    every = (date(2020, 1, 1) + timedelta(number) for number in range(50))
    assert overlap(spells) == any(sum(one.holds(on) for one in spells) > 1 for on in every)
