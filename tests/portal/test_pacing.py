"""The pace of a stage, against a table worked out by hand, and what always holds of it.

``pauses`` of the table are written as from>to; ``chosen`` is a date that somebody chose.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.deadlines import Calendar, due
from portal.pacing import (
    LAST_MARKS,
    Mark,
    Pace,
    frozen,
    mark_at,
    next_mark,
    reached,
    reckon,
    recount,
)
from tests.portal.test_deadlines import CALENDAR, at, lengths, moments

MARKS = {
    "half": Mark.HALF,
    "most": Mark.MOST,
    "all": Mark.ALL,
    "told": Mark.TOLD,
    "open": Mark.OPEN,
}
with Path(__file__).with_name("pacing_table.csv").open(encoding="utf-8", newline="") as lines:
    TABLE = [tuple(row.values()) for row in csv.DictReader(lines)]

days_off = st.frozensets(
    st.dates(min_value=date(2025, 12, 20), max_value=date(2028, 3, 1)), max_size=12
)


def pace_of(start: str, days: str, chosen: str, pauses: str) -> Pace:
    pairs = [part.split(">") for part in pauses.replace(" 20", "|20").split("|")] if pauses else []
    return Pace(
        at(start),
        int(days),
        at(chosen) if chosen else None,
        tuple((at(paused), at(resumed)) for paused, resumed in pairs),
    )


@pytest.mark.parametrize(("what", "start", "days", "chosen", "pauses", "expected", "why"), TABLE)
def test_a_pace_is_the_one_counted_by_hand(
    what: str, start: str, days: str, chosen: str, pauses: str, expected: str, why: str
) -> None:
    pace = pace_of(start, days, chosen, pauses)
    found = reckon(pace, CALENDAR)
    if what in MARKS:
        found = mark_at(MARKS[what], due_at=found, working_days=int(days), calendar=CALENDAR)
    assert found == at(expected), why


@pytest.mark.parametrize(
    ("promised", "now", "off", "working", "moved", "why"),
    [
        ("2026-03-09 17:00", "2026-03-05 09:00", ["2026-03-06"], [], "2026-03-10 17:00", "off"),
        ("2026-03-09 17:00", "2026-03-05 09:00", [], ["2026-03-07"], "2026-03-07 17:00", "worked"),
        # Friday would be over before anybody knew: the whole next working day stays.
        ("2026-03-10 17:00", "2026-03-06 16:00", [], ["2026-03-07"], "2026-03-09 17:00", "nearer"),
        ("2026-03-09 17:00", "2026-03-09 10:00", [], ["2026-03-07"], "2026-03-09 17:00", "stays"),
        ("2026-03-09 17:00", "2026-03-12 10:00", [], ["2026-03-07"], "2026-03-09 17:00", "late"),
        ("2026-03-09 17:00", "2026-03-12 10:00", ["2026-03-06"], [], "2026-03-10 17:00", "late"),
    ],
)
def test_an_edited_calendar_moves_a_date_but_never_makes_it_overdue(
    promised: str, now: str, off: list[str], working: list[str], moved: str, why: str
) -> None:
    """Two days from Thursday 5 March, three where the promise is Tuesday."""
    days = 3 if promised.startswith("2026-03-10") else 2
    edited = Calendar(
        off=frozenset(map(date.fromisoformat, off)),
        working=frozenset(map(date.fromisoformat, working)),
    )
    pace = Pace(at("2026-03-05 08:00"), days)
    assert reckon(pace, Calendar()) == at(promised)
    assert recount(pace, at(promised), at(now), edited) == at(moved), why


@given(moments, moments, lengths, days_off, days_off)
def test_no_edit_makes_anything_overdue_or_more_overdue(
    start: datetime, now: datetime, days: int, before: frozenset[date], after: frozenset[date]
) -> None:
    pace = Pace(start, days)
    promised = reckon(pace, Calendar(off=before))
    moved = recount(pace, promised, now, Calendar(off=after))
    assert moved >= min(promised, due(now, 1, Calendar(off=after)))
    assert moved > now or moved >= promised
    assert recount(pace, moved, now, Calendar(off=after)) == moved
    assert recount(pace, promised, now, Calendar(off=before)) == promised


@given(moments, lengths, days_off)
def test_a_day_off_never_brings_a_date_nearer(
    start: datetime, days: int, off: frozenset[date]
) -> None:
    pace = Pace(start, days)
    assert reckon(pace, Calendar(off=off)) >= reckon(pace, Calendar())


@given(moments, st.integers(min_value=1, max_value=60))
def test_the_marks_of_a_stage_come_one_after_the_other(start: datetime, days: int) -> None:
    due_at = due(start, days, CALENDAR)
    found = [
        mark_at(mark, due_at=due_at, working_days=days, calendar=CALENDAR)
        for mark in Mark
        if mark is not Mark.NONE
    ]
    assert found == sorted(set(found))
    assert found[Mark.ALL - 1] == due_at
    assert found[0] > start


@given(moments, moments, st.integers(min_value=1, max_value=60), st.sampled_from([*LAST_MARKS]))
def test_what_was_reached_lies_behind_and_the_next_mark_ahead(
    start: datetime, now: datetime, days: int, stage: str
) -> None:
    due_at = due(start, days, CALENDAR)
    clock = {"due_at": due_at, "working_days": days, "calendar": CALENDAR}
    mark = reached(now, stage=stage, **clock)  # type: ignore[arg-type]
    assert mark <= LAST_MARKS[stage]
    if mark is not Mark.NONE:
        assert mark_at(mark, **clock) <= now  # type: ignore[arg-type]
    following = next_mark(stage, mark)
    if following is not None:
        assert mark_at(following, **clock) > now  # type: ignore[arg-type]


def test_what_is_merely_waited_for_warns_nobody() -> None:
    for stage in ("need_info", "rating", "hold"):
        assert next_mark(stage, Mark.NONE) is None
        found = reached(
            at("2027-01-04 09:00"),
            stage=stage,
            due_at=at("2026-01-05 17:00"),
            working_days=5,
            calendar=CALENDAR,
        )
        assert found is Mark.NONE


@pytest.mark.parametrize(
    ("stopped", "late", "days"),
    [
        ("2026-02-25 17:00", False, 0),
        ("2026-02-25 17:01", True, 0),
        ("2026-02-26 17:00", True, 1),
        ("2026-03-02 17:00", True, 3),
        ("2026-02-13 09:00", False, 0),
    ],
)
def test_lateness_is_settled_when_a_stage_stops(stopped: str, late: bool, days: int) -> None:
    assert frozen(at("2026-02-25 17:00"), at(stopped), CALENDAR) == (late, days)


def test_the_table_is_written_without_repeating_itself() -> None:
    assert len({row[:5] for row in TABLE}) == len(TABLE)
