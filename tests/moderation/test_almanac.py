"""The days off of the law are rows that staff can correct."""

from datetime import date

import pytest
from sqlalchemy import select

from moderation import almanac
from moderation.calendar.reading import read_calendar
from portal.db import Database
from portal.models import CalendarDay
from portal.models.calendar import DayKind

TODAY = date(2026, 11, 23)


@pytest.fixture
def kept(database: Database) -> Database:
    with database.writing() as session:
        almanac.keep(session, today=TODAY)
    return database


def test_the_holidays_of_the_law_are_written_as_rows(kept: Database) -> None:
    with kept.reading() as session:
        calendar = read_calendar(session)
    for day in (date(2026, 4, 30), date(2026, 5, 1), date(2026, 9, 2), date(2027, 1, 1)):
        assert not calendar.is_working(day)


def test_a_day_off_that_is_not_confirmed_stays_a_working_day(kept: Database) -> None:
    with kept.reading() as session:
        assert read_calendar(session).is_working(date(2026, 11, 24))


def test_a_row_that_staff_wrote_is_never_overwritten(kept: Database) -> None:
    with kept.writing() as session:
        row = session.get_one(CalendarDay, date(2027, 4, 30))
        row.kind, row.note = DayKind.WORKING, "Sửa tay"
    with kept.writing() as session:
        assert almanac.keep(session, today=TODAY) == 0
        assert session.get_one(CalendarDay, date(2027, 4, 30)).note == "Sửa tay"


def test_a_new_year_adds_its_own_rows_only(kept: Database) -> None:
    with kept.writing() as session:
        before = set(session.scalars(select(CalendarDay.on)))
        assert almanac.keep(session, today=date(2027, 1, 4)) > 0
        added = set(session.scalars(select(CalendarDay.on))) - before
    assert {day.year for day in added} == {2029}
