"""Clocks on PostgreSQL, with two workers at once: each tells once, each case follows once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from moderation import worker
from moderation.calendar import recounting
from moderation.calendar.reading import read_calendar
from portal.deadlines import due
from portal.models import CalendarChange, Event, Notice
from tests.doors.course import Course
from tests.moderation.calendar.test_recounting import OFF, confirm, draft
from tests.moderation.walking import set_out
from tests.moderation.ward import NOON, Ward


def test_two_workers_at_once_tell_and_follow_each_case_once(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "BATCH", 2)
    with ward.database.reading() as session:
        ward.calendar = read_calendar(session)
    for _letter in range(5):
        set_out(ward).until(Course.prepare)
    number = draft(ward, OFF)
    confirm(ward, number)
    ward.at = due(NOON, 3, ward.calendar)

    def work(_worker: int) -> None:
        while worker.keep_time(ward.database, ward.office):
            pass

    with ThreadPoolExecutor(2) as both:
        list(both.map(work, range(2)))
    with ward.database.reading() as session:
        change = session.get_one(CalendarChange, number)
        assert change.finished_at is not None
        assert change.done["cases"] == 5
        followed = select(func.count()).where(Event.action == "recount").group_by(Event.case_id)
        told = select(func.count()).where(Notice.kind == "overdue").group_by(Notice.case_id)
        # Two dates of each were promised to its writer: that of screening and that of passing on.
        assert session.scalars(followed).all() == [2] * 5
        assert session.scalars(told).all() == [1] * 5
