"""The clocks, against a table worked out by hand on a wall calendar.

The table stands on the starting rows and on what the library says of 2027: when an update of
the library moves a day off, these tests are the ones to notice.
"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.almanac import days_of
from portal.clock import VIETNAM
from portal.deadlines import (
    CLOSING,
    CONTEST_CALENDAR_DAYS,
    STARTING_ROWS,
    TARGETS,
    Calendar,
    Remaining,
    due,
    lateness,
    remaining,
    shift,
    working_days_between,
    working_days_taken,
)

CALENDAR = Calendar.of(
    {
        **{day: kind.value for year in range(2025, 2029) for day, kind, _ in days_of(year)},
        **{day: kind for day, kind, _ in STARTING_ROWS},
    }.items()
)

with Path(__file__).with_name("deadlines_table.csv").open(encoding="utf-8", newline="") as lines:
    TABLE = [tuple(row.values()) for row in csv.DictReader(lines)]

moments = st.datetimes(
    min_value=datetime(2025, 12, 20),  # noqa: DTZ001 - hypothesis adds the zone itself.
    max_value=datetime(2027, 12, 20),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, VIETNAM, timezone(timedelta(hours=-9))]),
)
lengths = st.integers(min_value=0, max_value=60)


def at(text: str) -> datetime:
    """Read a local moment as the public clock of the office shows it."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(("start", "days", "deadline", "why"), TABLE)
def test_a_deadline_is_the_one_counted_by_hand(
    start: str, days: str, deadline: str, why: str
) -> None:
    assert due(at(start), int(days), CALENDAR) == at(deadline), why


def test_the_table_is_long_enough_to_be_worth_keeping() -> None:
    assert len(TABLE) >= 60
    assert len({(row[0], row[1]) for row in TABLE}) == len(TABLE)


def test_the_clocks_of_the_stages_are_the_promised_ones() -> None:
    assert {name: target.working_days for name, target in TARGETS.items()} == {
        "screening": 2,
        "screening_urgent": 1,
        "confirm": 1,
        "pass_on": 5,
        "need_info": 10,
        "accept": 3,
        "result": 20,
        "extension_max": 10,
        "hold_review_max": 60,
        "publish": 2,
        "rating": 10,
        "review": 15,
        "keep": 2,
        "tell_above": 3,
        "take_over": 10,
        "taken_over": 10,
        "transfer_start": 60,
        "transfer_present": 30,
        "excusal_most": 366,
        "excusal_before": 30,
        "excusal_after": 30,
    }
    assert all(name == target.stage for name, target in TARGETS.items())
    assert CONTEST_CALENDAR_DAYS == 30


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-02-13 15:00", "2026-02-23 16:59", 0),
        ("2026-02-13 15:00", "2026-02-23 17:00", 1),
        ("2026-02-13 17:01", "2026-02-23 17:00", 0),
        ("2026-02-13 15:00", "2026-02-25 17:00", 3),
        ("2026-03-06 10:00", "2026-03-06 17:00", 0),
        ("2026-03-06 10:00", "2026-03-08 23:00", 0),
        ("2026-03-06 10:00", "2026-03-09 17:00", 1),
        ("2026-01-08 10:00", "2026-01-11 12:00", 2),
        ("2026-08-28 10:00", "2026-09-03 09:00", 0),
        ("2026-08-28 10:00", "2026-09-04 09:00", 1),
        ("2026-03-09 10:00", "2026-03-05 10:00", 0),
    ],
)
def test_days_that_passed_are_whole_working_days(start: str, end: str, days: int) -> None:
    assert working_days_between(at(start), at(end), CALENDAR) == days


@pytest.mark.parametrize(
    ("now", "late", "days", "hours"),
    [
        ("2026-02-13 15:00", False, 3, 0),
        ("2026-02-14 09:00", False, 3, 0),
        ("2026-02-22 20:00", False, 3, 0),
        ("2026-02-23 08:00", False, 2, 0),
        ("2026-02-24 23:00", False, 1, 0),
        ("2026-02-25 00:30", False, 0, 16),
        ("2026-02-25 14:00", False, 0, 3),
        ("2026-02-25 16:01", False, 0, 0),
        ("2026-02-25 17:00", False, 0, 0),
        ("2026-02-25 17:01", True, 0, 0),
        ("2026-02-26 09:00", True, 0, 16),
        ("2026-02-26 17:00", True, 1, 0),
        ("2026-03-01 12:00", True, 2, 0),
        ("2026-03-02 17:00", True, 3, 0),
        ("2026-03-04 17:00", True, 5, 0),
    ],
)
def test_what_is_left_reads_as_on_a_wall_calendar(
    now: str, late: bool, days: int, hours: int
) -> None:
    due_at = at("2026-02-25 17:00")
    assert remaining(due_at, at(now), CALENDAR) == Remaining(late, days, hours)
    assert lateness(due_at, at(now), CALENDAR) == (days if late else 0)


@pytest.mark.parametrize(
    ("due_at", "paused", "resumed", "moved"),
    [
        ("2026-03-25 17:00", "2026-03-16 10:00", "2026-03-16 16:00", "2026-03-25 17:00"),
        ("2026-03-25 17:00", "2026-03-16 10:00", "2026-03-17 10:00", "2026-03-26 17:00"),
        ("2026-03-25 17:00", "2026-03-16 10:00", "2026-03-18 10:00", "2026-03-27 17:00"),
        ("2026-03-25 17:00", "2026-03-13 10:00", "2026-03-16 10:00", "2026-03-26 17:00"),
        ("2026-03-25 17:00", "2026-03-13 18:00", "2026-03-15 10:00", "2026-03-25 17:00"),
        ("2026-02-25 17:00", "2026-02-13 15:00", "2026-02-23 09:00", "2026-02-26 17:00"),
        ("2026-02-25 17:00", "2026-02-13 18:00", "2026-02-22 09:00", "2026-02-25 17:00"),
        ("2026-02-13 17:00", "2026-02-11 09:00", "2026-02-12 09:00", "2026-02-23 17:00"),
        ("2026-04-29 17:00", "2026-04-20 09:00", "2026-04-22 09:00", "2026-05-05 17:00"),
        ("2026-03-25 17:00", "2026-03-30 09:00", "2026-03-31 09:00", "2026-03-26 17:00"),
        ("2026-03-25 17:00", "2026-03-18 10:00", "2026-03-16 10:00", "2026-03-25 17:00"),
    ],
)
def test_a_pause_gives_back_the_working_days_it_took(
    due_at: str, paused: str, resumed: str, moved: str
) -> None:
    assert shift(at(due_at), at(paused), at(resumed), CALENDAR) == at(moved)


@given(moments, lengths)
def test_a_deadline_is_always_closing_time_of_a_working_day(start: datetime, days: int) -> None:
    deadline = due(start, days, CALENDAR)
    local = deadline.astimezone(VIETNAM)
    assert deadline.tzinfo is UTC
    assert local.time() == CLOSING
    assert CALENDAR.is_working(local.date())
    assert deadline >= start


@given(moments, moments, lengths)
def test_what_starts_later_is_never_due_earlier(one: datetime, other: datetime, days: int) -> None:
    early, late = sorted((one, other))
    assert due(early, days, CALENDAR) <= due(late, days, CALENDAR)


@given(moments, lengths)
def test_one_more_day_is_always_a_later_deadline(start: datetime, days: int) -> None:
    assert due(start, days, CALENDAR) < due(start, days + 1, CALENDAR)


@given(moments, lengths)
def test_the_days_up_to_a_deadline_are_the_days_it_was_given(start: datetime, days: int) -> None:
    deadline = due(start, days, CALENDAR)
    assert working_days_between(start, deadline, CALENDAR) == days
    just_before = deadline - timedelta(microseconds=1)
    assert working_days_between(start, just_before, CALENDAR) == max(0, days - 1)


@given(moments, moments, lengths)
def test_what_was_done_within_so_many_days_was_in_time_for_them(
    one: datetime, other: datetime, days: int
) -> None:
    start, end = sorted((one, other))
    in_time = end <= due(start, days, CALENDAR)
    assert in_time is (working_days_taken(start, end, CALENDAR) <= days)


@given(moments, moments, moments, lengths)
def test_a_pause_never_moves_a_deadline_back(
    start: datetime, paused: datetime, resumed: datetime, days: int
) -> None:
    deadline = due(start, days, CALENDAR)
    assert shift(deadline, paused, resumed, CALENDAR) >= deadline


@given(st.lists(moments, min_size=3, max_size=3), moments, lengths)
def test_cutting_a_pause_into_pieces_changes_nothing(
    cuts: list[datetime], start: datetime, days: int
) -> None:
    first, middle, last = sorted(cuts)
    deadline = due(start, days, CALENDAR)
    in_two = shift(shift(deadline, first, middle, CALENDAR), middle, last, CALENDAR)
    assert in_two == shift(deadline, first, last, CALENDAR)


@given(moments, moments, lengths)
def test_after_a_pause_as_many_days_are_left_as_before(
    start: datetime, resumed: datetime, days: int
) -> None:
    early, late = sorted((start, resumed))
    assert shift(due(early, days, CALENDAR), early, late, CALENDAR) == due(late, days, CALENDAR)


@given(moments, moments)
def test_what_is_left_is_late_exactly_after_the_deadline(due_at: datetime, now: datetime) -> None:
    left = remaining(due_at, now, CALENDAR)
    assert left.late == (now > due_at)
    assert left.working_days >= 0
    assert left.hours >= 0
    assert not (left.working_days and left.hours)


@pytest.mark.parametrize("kind", ["off", "working"])
def test_a_row_wins_over_the_library(kind: str) -> None:
    for day in (date(2026, 3, 4), date(2026, 3, 7), date(2026, 1, 1)):
        assert Calendar.of([(day, kind)]).is_working(day) == (kind == "working")


def test_24_november_is_worked_until_staff_enter_a_row() -> None:
    day = date(2026, 11, 24)
    assert CALENDAR.is_working(day)
    assert not Calendar.of([(day, "off")]).is_working(day)
    # In 2029 it is a Saturday, and the library would give the Monday off instead.
    assert CALENDAR.is_working(date(2029, 11, 26))


def test_the_starting_rows_say_once_a_day_why() -> None:
    days = [day for day, _, _ in STARTING_ROWS]
    assert days == sorted(set(days))
    assert date(2026, 11, 24) not in days
    assert all(note.endswith(".") for _, _, note in STARTING_ROWS)


def test_a_calendar_refuses_an_unknown_kind_and_a_day_listed_twice() -> None:
    with pytest.raises(ValueError, match="off, working or plain"):
        Calendar.of([(date(2026, 3, 4), "holiday")])
    with pytest.raises(ValueError, match="2026-03-04"):
        Calendar.of([(date(2026, 3, 4), "off"), (date(2026, 3, 4), "working")])


def test_a_deadline_before_its_start_is_refused() -> None:
    with pytest.raises(ValueError, match="before its start"):
        due(at("2026-03-04 10:00"), -1, CALENDAR)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due(datetime(2026, 3, 4, 10), 1, CALENDAR)  # noqa: DTZ001 - the mistake under test.
