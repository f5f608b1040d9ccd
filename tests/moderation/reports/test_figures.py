"""Adding up: sums equal leaves on every day, and a blank is never a zero."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from moderation.reports.figures import Figure, Ratio, add_up
from moderation.reports.tree import Unit
from portal.vocabulary import OrganisationKind
from tests.moderation.reports.growing import DAY, forests, histories, tree, unit

VALUES = st.none() | st.integers(0, 50)
TOLD = st.dictionaries(st.integers(1, 12), st.fixed_dictionaries({"a": VALUES, "b": VALUES}))
SHARE = Ratio("a", "b")


@given(st.lists(VALUES, min_size=1, max_size=8))
def test_the_sum_of_blanks_is_blank_and_a_zero_is_none(values: list[int | None]) -> None:
    units = [unit(1), *(unit(number + 2, 1) for number in range(len(values)))]
    told = {number + 2: {"a": value} for number, value in enumerate(values)}
    total = add_up(tree(units), told, columns=["a"])[1].figures["a"]
    known = [value for value in values if value is not None]
    assert total == Figure(sum(known) if known else None, len(values) - len(known), len(values))


@given(histories(), TOLD, st.integers(-9, 9))
def test_sums_equal_what_was_told_on_any_day(
    history: tuple[list[Unit], list[tuple[int, int]]],
    told: dict[int, dict[str, int | None]],
    gap: int,
) -> None:
    found = tree(*history, on=DAY + timedelta(days=gap))
    sums = add_up(found, told, columns=["a"])
    placed = [values["a"] for number, values in told.items() if found.stands_for(number)]
    known = [value for value in placed if value is not None]
    tops = [sums[top.id].figures["a"].value for top in found.below(None)]
    assert sum(value for value in tops if value is not None) == sum(known)
    assert any(value is not None for value in tops) == bool(known)


@given(forests(), TOLD)
def test_each_sum_is_its_own_number_and_the_sums_directly_below(
    units: list[Unit], told: dict[int, dict[str, int | None]]
) -> None:
    found = tree(units)
    sums = add_up(found, told, columns=["a", "b"], ratios=[SHARE])
    for each in units:
        parts = [sums[below.id] for below in found.below(each.id)]
        mine = told.get(each.id, {}).get("a")
        known = [
            value
            for value in (mine, *(part.figures["a"].value for part in parts))
            if value is not None
        ]
        assert sums[each.id].figures["a"].value == (sum(known) if known else None)
        own = sums[each.id].own
        assert (own.figures["a"].value if own else None) == (mine if parts else None)


@given(forests(), TOLD)
def test_both_numbers_of_a_rate_are_of_the_same_units(
    units: list[Unit], told: dict[int, dict[str, int | None]]
) -> None:
    found = tree(units)
    sums = add_up(found, told, columns=["a", "b"], ratios=[SHARE])
    for top in found.below(None):
        both = [
            told[placed.unit.id]
            for placed in found.under(top.id)
            if None not in told.get(placed.unit.id, {"a": None}).values()
        ]
        rate = sums[top.id].rates[SHARE]
        assert (rate.part.value or 0) == sum(values["a"] or 0 for values in both)
        assert (rate.whole.value or 0) == sum(values["b"] or 0 for values in both)
        assert rate.blank == (not sum(values["b"] or 0 for values in both))


@given(forests(), TOLD, st.data())
def test_moving_a_branch_changes_only_the_sums_above_it(
    units: list[Unit], told: dict[int, dict[str, int | None]], data: st.DataObject
) -> None:
    before = tree(units)
    moved = data.draw(st.sampled_from(units))
    branch = {placed.unit.id for placed in before.under(moved.id)}
    others = [each.id for each in units if each.id not in branch]
    above = data.draw(st.sampled_from([None, *others]))
    after = tree([each._replace(parent_id=above) if each is moved else each for each in units])
    touched = {each.id for found in (before, after) for each in found.line(moved.id)} - {moved.id}
    old, new = (add_up(found, told, columns=["a"]) for found in (before, after))
    for each in units:
        if each.id not in touched:
            assert old[each.id] == new[each.id]


def test_commissions_are_asked_for_nothing_and_units_that_are_silent_are_counted() -> None:
    units = [
        unit(1, kind=OrganisationKind.WARD_COMMUNE),
        unit(2, 1),
        unit(3, 1),
        unit(4, 1, kind=OrganisationKind.COMMISSION),
    ]
    sums = add_up(tree(units), {2: {"a": 0}}, columns=["a"])
    assert sums[1].figures["a"] == Figure(0, missing=1, asked=2)
    assert sums[3].figures["a"] == Figure(None, missing=1, asked=1)
    assert sums[4].figures["a"] == Figure(None, missing=0, asked=0)
