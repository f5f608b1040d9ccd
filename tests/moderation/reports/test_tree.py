"""Who stood below whom on a day."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from moderation.reports.tree import Unit
from portal.vocabulary import OrganisationKind
from tests.moderation.reports.growing import DAY, FIRST, histories, tree, unit

BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def test_what_had_ended_or_not_begun_is_not_there_and_both_ends_count() -> None:
    units = [
        unit(1, until=DAY),
        unit(2, since=DAY),
        unit(3, until=BEFORE),
        unit(4, since=AFTER),
    ]
    found = tree(units)
    assert [number for number in range(1, 5) if number in found] == [1, 2]


def test_a_parent_that_ended_is_stood_for_by_what_took_over_from_it() -> None:
    units = [unit(1), unit(2, 1, until=BEFORE), unit(3, 1, since=DAY), unit(4, 2)]
    later = tree(units, [(2, 3)])
    assert (later.parent(4), later.stands_for(2)) == (3, 3)
    earlier = tree(units, [(2, 3)], on=BEFORE)
    assert (earlier.parent(4), earlier.stands_for(3)) == (2, 2)


def test_where_several_took_over_the_level_above_holds_it() -> None:
    units = [unit(1), unit(2, 1, until=BEFORE), *(unit(n, 1, since=DAY) for n in (3, 4))]
    found = tree([*units, unit(5, 2)], [(2, 3), (2, 4)])
    assert found.parent(5) == 1
    assert found.stands_for(2) == 1


def test_levels_are_listed_the_highest_first_and_then_by_name() -> None:
    def named(number: int, name: str, kind: OrganisationKind) -> Unit:
        return Unit(number, kind, name, name, 1, FIRST, None)

    units = [
        unit(1),
        named(2, "Khối 10", OrganisationKind.CELL),
        named(3, "Khối 2", OrganisationKind.CELL),
        named(4, "Xã Đồng Đăng", OrganisationKind.WARD_COMMUNE),
    ]
    assert [placed.unit.id for placed in tree(units).under(1)] == [1, 4, 3, 2]


@given(histories(), st.integers(-9, 9))
def test_whatever_the_register_says_every_unit_of_the_day_has_one_place(
    history: tuple[list[Unit], list[tuple[int, int]]], gap: int
) -> None:
    units, successions = history
    day = DAY + timedelta(days=gap)
    found = tree(units, successions, on=day)
    there = {each.id for each in units if each.exists_on(day)}
    tops = [each.id for each in found.below(None)]
    under = [placed.unit.id for top in tops for placed in found.under(top)]
    assert sorted(under) == sorted(there) == sorted(found.upwards())
    for number in there:
        assert found.line(number)[-1].id == number
        assert found.line(number)[0].id in tops
    for each in units:
        assert found.stands_for(each.id) in {*there, None}
