"""An edited calendar: a draft says what it would do, and the worker does that, whenever killed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from moderation.administering.scope import NotYours
from moderation.calendar import changing, forecasting, recounting
from moderation.calendar.changing import NewDay
from moderation.calendar.reading import read_calendar
from portal.clock import local_date
from portal.deadlines import due
from portal.models import (
    CalendarChange,
    CalendarDay,
    Case,
    CaseScope,
    Event,
    JournalEntry,
    StageClock,
)
from portal.models.calendar import DayKind
from portal.tracking import contest, find, tell, timeline
from portal.tracking.telling import Told
from portal.vocabulary import Deed, Status
from tests.doors.course import Course
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import NOON, Ward

#: The day after the ward's own, a Tuesday; and the Saturday of its week.
TUESDAY, SATURDAY = date(2026, 11, 24), date(2026, 11, 28)
OFF = NewDay(TUESDAY, DayKind.OFF, "Ngày Văn hóa Việt Nam.")
WORKED = NewDay(SATURDAY, DayKind.WORKING, "Làm bù.")


@pytest.fixture
def plain(ward: Ward) -> Ward:
    """The ward with the calendar of its database, from which 24 November is not off."""
    with ward.database.reading() as session:
        ward.calendar = read_calendar(session)
    return ward


def draft(ward: Ward, *days: NewDay, login: str = "an") -> int:
    with ward.database.writing() as session:
        by = ward.person(session, login)
        return changing.draft(session, office=ward.office, by=by, days=days).id


def confirm(ward: Ward, number: int, login: str = "an") -> None:
    with ward.database.writing() as session:
        by = ward.person(session, login)
        change = changing.find_change(session, by=by, change_id=number)
        changing.confirm(session, office=ward.office, by=by, change=change)


def work(ward: Ward, number: int) -> int:
    """Let the worker go on until it is done; return how many transactions that took."""
    for turn in range(50):
        with ward.database.reading() as session:
            if number not in recounting.waiting_changes(session):
                return turn
        with ward.database.writing() as session:
            recounting.follow_some(session, office=ward.office, change_id=number)
    raise AssertionError("it never ends")


def edit(ward: Ward, *days: NewDay) -> CalendarChange:
    number = draft(ward, *days)
    confirm(ward, number)
    work(ward, number)
    with ward.database.reading() as session:
        ward.calendar = read_calendar(session)
        return session.get_one(CalendarChange, number)


def dates(walk: Walk) -> dict[str, date]:
    with walk.seen() as (session, case):
        return {
            clock.stage: local_date(clock.due_at)
            for clock in session.scalars(
                select(StageClock).where(
                    StageClock.case_id == case.id, StageClock.stopped_at.is_(None)
                )
            )
        }


def told_of(walk: Walk) -> Told:
    """What the resident is told."""
    assert walk.receipt is not None
    ward = walk.ward
    with ward.database.reading() as session:
        found = find(session, ring=ward.ring, code=walk.receipt.code)
        assert found is not None
        course = timeline(session, tracked=found)
        return tell(found, course, now=ward.at, calendar=ward.calendar)


def headings(walk: Walk) -> list[str]:
    """What the resident reads, oldest first."""
    return [item.title for item in reversed(told_of(walk).items)]


def many(ward: Ward, count: int) -> list[int]:
    """Cases with a screening clock each, put there at once."""
    with ward.database.writing() as session:
        first = ward.place(session, status=Status.RECEIVED)
        numbers = [first.id]
        for _more in range(count - 1):
            numbers.append(ward.place(session, status=Status.RECEIVED).id)
        for number in numbers:
            session.add(
                StageClock(
                    case_id=number,
                    stage="screening",
                    started_at=NOON,
                    due_at=due(NOON, 2, ward.calendar),
                    working_days=2,
                    pauses=[],
                )
            )
    return numbers


def test_a_draft_says_what_would_move_and_changes_nothing(plain: Ward) -> None:
    walk = set_out(plain).until(Course.route)
    before = dates(walk)
    number = draft(plain, OFF)
    with plain.database.reading() as session:
        change = session.get_one(CalendarChange, number)
        assert change.forecast == {"cases": 1, "later": 1, "by 1": 1}
        assert session.get(CalendarDay, TUESDAY) is None
        assert recounting.waiting_changes(session) == []
    assert dates(walk) == before


def test_a_day_off_moves_what_is_open_and_the_resident_reads_why(plain: Ward) -> None:
    walk = set_out(plain).until(Course.route)
    assert dates(walk) == {"accept": date(2026, 11, 26), "result": date(2026, 12, 21)}
    with walk.seen() as (_session, case):
        version = case.version
    change = edit(plain, OFF)
    assert dates(walk) == {"accept": date(2026, 11, 27), "result": date(2026, 12, 22)}
    assert change.done == change.forecast == {"cases": 1, "later": 1, "by 1": 1}
    assert change.finished_at is not None
    with walk.seen() as (session, case):
        assert local_date(case.due_at or NOON) == date(2026, 11, 27)
        assert case.version == version
        assert set(session.scalars(select(CaseScope.due_at))) == {case.due_at}
        deeds = session.scalars(select(JournalEntry.deed).order_by(JournalEntry.id)).all()
        assert deeds[-2:] == [Deed.CALENDAR_CHANGED, Deed.DEADLINES_MOVED]
    told = told_of(walk)
    titles = [item.title for item in told.items]
    assert "Hạn mới vì lịch nghỉ thay đổi. Kết quả: từ 21/12/2026 sang 22/12/2026" in titles
    assert "22/12/2026" in dict(fact[:2] for fact in told.facts)["Kết quả"]


def test_the_resident_reads_each_promised_date_that_moved_from_and_to(plain: Ward) -> None:
    walk = set_out(plain).until(Course.prepare)
    edit(plain, OFF)
    assert headings(walk)[-3:-1] == [
        "Hạn mới vì lịch nghỉ thay đổi. Xem sơ bộ: từ 25/11/2026 sang 26/11/2026",
        "Hạn mới vì lịch nghỉ thay đổi. Chuyển đi: từ 30/11/2026 sang 01/12/2026",
    ]


def test_the_resident_reads_when_the_review_will_be_later(plain: Ward) -> None:
    walk = set_out(plain).until(Course.publish)
    walk.act(lambda s, found: contest(s, tracked=found, text="Vẫn còn.", at=plain.at))
    edit(plain, OFF)
    moved = "Hạn mới vì lịch nghỉ thay đổi. Xem xét lại: từ 14/12/2026 sang 15/12/2026"
    assert moved in headings(walk)


def test_a_day_that_is_taken_back_moves_it_back_again(plain: Ward) -> None:
    walk = set_out(plain).until(Course.route)
    before = dates(walk)
    edit(plain, OFF)
    change = edit(plain, NewDay(TUESDAY, DayKind.PLAIN))
    assert dates(walk) == before
    assert change.done == {"cases": 1, "earlier": 1, "by -1": 1}


def test_a_worked_saturday_brings_a_date_nearer_but_leaves_the_next_day(plain: Ward) -> None:
    walk = set_out(plain).until(Course.accept)
    plain.at = due(NOON, 19, plain.calendar) - timedelta(hours=2)
    change = edit(plain, WORKED)
    assert dates(walk)["result"] == date(2026, 12, 21)
    assert change.done == {"kept": 1}
    assert change.forecast == {"kept": 1}


def test_pauses_and_dates_that_somebody_chose_are_respected(plain: Ward) -> None:
    walk = set_out(plain).until(Course.propose)
    with walk.seen() as (_session, case):
        assert case.due_at is not None
    walk.confirm()
    walk.route()
    walk.accept()
    walk.listen()
    walk.report()
    plain.at = due(NOON, 3, plain.calendar)
    paused = dates(walk)["result"]
    edit(plain, NewDay(date(2026, 12, 1), DayKind.OFF, "Nghỉ."))
    assert dates(walk)["result"] == paused + timedelta(days=1)


def test_work_that_is_cut_short_goes_on_where_it_was(
    plain: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "BATCH", 3)
    numbers = many(plain, 8)
    number = draft(plain, OFF)
    confirm(plain, number)
    killed = plain.database.writer_session()
    recounting.follow_some(killed, office=plain.office, change_id=number)
    killed.rollback()
    killed.close()
    with plain.database.writing() as session:
        recounting.follow_some(session, office=plain.office, change_id=number)
    with plain.database.reading() as session:
        assert session.get_one(CalendarChange, number).reached_id == numbers[2]
        moved = session.scalar(select(func.count()).where(Event.action == "recount"))
        assert moved == 3
    assert work(plain, number) == 3
    with plain.database.reading() as session:
        change = session.get_one(CalendarChange, number)
        assert change.done == change.forecast == {"cases": 8, "later": 8, "by 1": 8}
        told = session.execute(
            select(Event.case_id, func.count())
            .where(Event.action == "recount")
            .group_by(Event.case_id)
        ).all()
        assert [count for _case, count in told] == [1] * 8
        assert {session.get_one(Case, each).due_at for each in numbers} == {
            due(NOON, 2, read_calendar(session))
        }


@pytest.mark.parametrize("login", ["duyen", "hoa"])
def test_only_who_looks_after_the_whole_portal_changes_the_calendar(
    plain: Ward, login: str
) -> None:
    with pytest.raises(NotYours):
        draft(plain, OFF, login=login)


def test_nobody_confirms_the_draft_of_another(plain: Ward) -> None:
    number = draft(plain, OFF)
    with pytest.raises(NotYours):
        confirm(plain, number, login="kien")


def test_two_who_change_one_day_do_not_overwrite_each_other(plain: Ward) -> None:
    number = draft(plain, OFF)
    edit(plain, NewDay(TUESDAY, DayKind.WORKING))
    with pytest.raises(changing.Outdated):
        confirm(plain, number)


def test_what_stands_there_already_is_no_change(plain: Ward) -> None:
    edit(plain, OFF)
    with pytest.raises(changing.NothingToChange):
        draft(plain, OFF)


def test_where_many_may_move_the_worker_counts_and_only_then_it_is_confirmed(
    plain: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forecasting, "_FEW", 1)
    set_out(plain).until(Course.route)
    number = draft(plain, OFF)
    with pytest.raises(NotYours):
        confirm(plain, number)
    with plain.database.reading() as session:
        assert forecasting.uncounted_drafts(session) == [number]
    assert changing.count_waiting(plain.database, office=plain.office) == 1
    with plain.database.reading() as session:
        assert forecasting.uncounted_drafts(session) == []
        forecast = session.get_one(CalendarChange, number).forecast
        assert forecast == {"cases": 1, "later": 1, "by 1": 1}
    confirm(plain, number)


def test_a_draft_that_nobody_confirms_is_forgotten_after_a_week(plain: Ward) -> None:
    number = draft(plain, OFF)
    for days, left in ((6, True), (8, False)):
        with plain.database.writing() as session:
            changing.forget_drafts(session, at=NOON + timedelta(days=days))
            assert (session.get(CalendarChange, number) is not None) is left
