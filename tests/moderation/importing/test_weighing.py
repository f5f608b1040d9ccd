"""What rows would change: no seat that somebody had is unsaid by a file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.importing.member_rows import MemberRow, Wanted
from moderation.importing.outcomes import POST, Kept, Known, Outcome
from moderation.importing.places import Place, Places
from moderation.importing.weighing import weigh
from moderation.registering.checks import BY_DECISION
from portal.vocabulary import MembershipKind, MembershipStatus, OrganisationKind, PostTitle

TODAY = date(2026, 11, 24)
CELL = 3
SEAT = (CELL, PostTitle.SECRETARY, None)
SINCE = date(2025, 7, 1)
_PLACE = Place(
    CELL, OrganisationKind.CELL, "Chi bộ khối 3", "Khối 3", None, "3.", date(2024, 1, 1), None
)
PLACES = Places([_PLACE], tops=[CELL], today=TODAY)
_DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def known(*posts: Kept) -> Known:
    """The secretary, as the register has them."""
    cells = {MembershipKind.HOME: [Kept(1, CELL, SINCE, None)]}
    standings = [Kept(1, MembershipStatus.ACTIVE, SINCE, None)]
    return Known(UUID(int=1), "Vi Văn Thành", 1970, None, 1, cells, standings, list(posts))


def said(one: Known, **told: Any) -> Outcome:
    """What would come of a row that says this of the secretary."""
    row = MemberRow(2, one.name, one.birth_year, one.id)
    row.cells = {MembershipKind.HOME: Wanted(CELL)}
    for name, value in told.items():
        setattr(row, name, value)
    return weigh(row, one, PLACES, TODAY)


def test_no_first_day_that_has_come_is_moved_to_a_later_one() -> None:
    later = date(2027, 12, 1)
    home = {MembershipKind.HOME: Wanted(CELL, later)}
    active = Wanted(MembershipStatus.ACTIVE, later)
    columns: dict[str, dict[str, Any]] = {
        "posts": {"posts": [Wanted(SEAT, later)]},
        "home": {"cells": home},
        "status": {"standing": active},
    }
    for column, told in columns.items():
        found = said(known(Kept(1, SEAT, SINCE, None)), **told)
        assert [(one.column, one.code) for one in found.faults] == [(column, "day_moved")]
        assert not found.steps


def test_no_home_ends_in_the_past_without_another_one() -> None:
    home = {MembershipKind.HOME: Wanted(CELL, SINCE, TODAY - timedelta(days=1))}
    assert [one.code for one in said(known(), cells=home).faults] == ["no_home"]


@pytest.mark.parametrize("status", sorted(BY_DECISION))
def test_what_an_excusal_or_a_transfer_brings_about_comes_of_no_file(
    status: MembershipStatus,
) -> None:
    """Whoever stands so already stays as they are: what was handed out can be brought back."""
    wanted = Wanted(status, date(2026, 3, 1))
    there, new = known(), MemberRow(3, "Bế Thị Mới", 1990)
    new.cells, new.standing = {MembershipKind.HOME: Wanted(CELL, SINCE)}, wanted
    for found in (said(there, standing=wanted), weigh(new, None, PLACES, TODAY)):
        assert [(one.column, one.code) for one in found.faults] == [("status", "other_page")]
    there.standings.append(Kept(2, status, wanted.since or TODAY, None))
    there.standings[0] = there.standings[0]._replace(until=date(2026, 2, 28))
    same = said(there, standing=wanted)
    assert (same.faults, same.steps) == ([], [])


@given(
    kept=st.lists(st.tuples(_DAYS, st.none() | _DAYS), max_size=3),
    wanted=st.tuples(st.none() | _DAYS, st.none() | _DAYS),
    standing=st.none() | st.tuples(st.sampled_from(MembershipStatus), st.none() | _DAYS),
)
def test_whoever_sat_on_a_day_did_so_after_any_row_or_until_today_as_the_portal_took_it(
    kept: list[tuple[date, date | None]],
    wanted: tuple[date | None, date | None],
    standing: tuple[MembershipStatus, date | None] | None,
) -> None:
    """A row that is changed begins no later, and one that is shortened has an end that is told
    today, which hides until today (the writer enters that day with every end that it writes).
    """
    posts = [Kept(at, SEAT, *days) for at, days in enumerate(kept, start=1)]
    found = said(
        known(*posts),
        posts=[Wanted(SEAT, *wanted)],
        standing=Wanted(*standing) if standing else None,
    )
    if found.faults:
        return
    rows = {row.id: row for row in posts}
    for step in found.steps:
        if step.table == POST and step.row_id is not None:
            row = rows[step.row_id]
            assert step.since <= row.since
            assert step.until is not None or step.since < row.since
