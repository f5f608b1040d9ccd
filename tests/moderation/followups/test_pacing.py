"""Taking a case on, giving it back, and moving its dates within their bounds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from moderation import followups
from moderation.followups import BadDay
from moderation.workflow import Incomplete, Need, NotAvailable, clocks
from portal.clock import local_date
from portal.deadlines import due
from portal.tracking import find, timeline
from portal.vocabulary import Status
from tests.doors.course import Course
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import CELL_7, PROVINCE, WARD, Ward


@pytest.fixture
def walk(ward: Ward) -> Walk:
    """A case that its committee has accepted."""
    return set_out(ward).until(Course.accept)


def last_day(walk: Walk, working_days: int) -> date:
    return local_date(due(walk.ward.at, working_days, walk.ward.calendar))


def hold(walk: Walk, review_on: date, reason: str = "Chờ kết luận của công an.") -> None:
    walk.do("thanh", followups.hold, reason=reason, review_on=review_on)


def extend(walk: Walk, new_date: date, reason: str = "Cần đo lại vỉa hè.") -> None:
    walk.do("thanh", followups.extend, reason=reason, new_date=new_date)


def give_back(walk: Walk) -> None:
    walk.do("thanh", followups.give_back, reason="Không thuộc chi bộ.")


def refusal(walk: Walk, verb: object, day: date) -> str:
    assert callable(verb)
    with pytest.raises(BadDay) as wrong:
        verb(walk, day)
    return wrong.value.reason


def test_a_hold_is_reviewed_on_a_working_day_within_sixty(walk: Walk) -> None:
    latest = last_day(walk, 60)
    assert refusal(walk, hold, latest + timedelta(days=3)) == "too_far"
    assert refusal(walk, hold, walk.ward.office.today - timedelta(days=1)) == "earlier"
    assert refusal(walk, hold, date(2026, 11, 28)) == "not_working"
    with walk.seen() as (_session, case):
        assert case.status is Status.IN_PROGRESS
    hold(walk, latest)
    with walk.seen() as (_session, case):
        assert (case.status, case.due_at) == (
            *(Status.ON_HOLD,),
            due(walk.ward.at, 60, walk.ward.calendar),
        )


def test_a_hold_needs_a_reason(walk: Walk) -> None:
    with pytest.raises(Incomplete) as missing:
        hold(walk, last_day(walk, 5), reason=" ")
    assert missing.value.need is Need.REASON


def test_work_resumes_with_the_days_that_were_left(walk: Walk) -> None:
    with walk.seen() as (session, case):
        before = clocks.due_of(session, case=case, stage="result")
    assert before is not None
    hold(walk, last_day(walk, 20))
    walk.ward.later(days=7)
    walk.do("thanh", followups.resume_work)
    with walk.seen() as (_session, case):
        assert (case.status, case.due_at) == (Status.IN_PROGRESS, before + timedelta(days=7))


def test_the_result_is_extended_by_at_most_ten_working_days(walk: Walk) -> None:
    with walk.seen() as (session, case):
        now_due = clocks.due_of(session, case=case, stage="result")
    assert now_due is not None
    latest = due(now_due, 10, walk.ward.calendar)
    assert refusal(walk, extend, local_date(latest) + timedelta(days=3)) == "too_far"
    assert refusal(walk, extend, local_date(now_due)) == "earlier"
    assert refusal(walk, extend, local_date(now_due) + timedelta(days=5)) == "not_working"
    extend(walk, local_date(latest))
    with walk.seen() as (_session, case):
        assert (case.extended, case.due_at) == (True, latest)


def test_the_resident_reads_why_and_until_when_it_was_extended(walk: Walk, ward: Ward) -> None:
    new_date = local_date(due(ward.at, 22, ward.calendar))
    with pytest.raises(Incomplete) as missing:
        extend(walk, new_date, reason="")
    assert missing.value.need is Need.PUBLIC_NOTE
    extend(walk, new_date)
    assert walk.receipt is not None
    with walk.seen() as (session, _case):
        found = find(session, ring=ward.ring, code=walk.receipt.code)
        assert found is not None
        last = timeline(session, tracked=found).moments[-1]
    assert (last.action, last.note) == ("extend", "Cần đo lại vỉa hè.")
    assert last.facts == {"due": new_date.isoformat()}


def test_a_result_is_extended_once(walk: Walk) -> None:
    extend(walk, last_day(walk, 22))
    with pytest.raises(NotAvailable):
        extend(walk, last_day(walk, 24))


def test_a_result_that_is_not_waited_for_is_not_extended(ward: Ward) -> None:
    walk = set_out(ward).until(Course.claim)
    with pytest.raises(NotAvailable):
        extend(walk, last_day(walk, 22))


def test_a_case_given_back_is_screened_again_by_the_same_desk(walk: Walk) -> None:
    give_back(walk)
    with walk.seen() as (_session, case):
        assert (case.status, case.handler_id, case.returns) == (Status.SCREENING, None, 1)
        assert (case.desk_id, case.restricted) == (WARD, False)


def test_the_second_time_the_level_above_screens_it(walk: Walk) -> None:
    give_back(walk)
    with walk.ward.database.writing() as session:
        case = walk.ward.place(session, status=Status.ROUTED, handler=CELL_7)
        case.returns = 1
    with walk.ward.database.writing() as session:
        again = session.get_one(type(case), case.id)
        followups.give_back(
            session,
            office=walk.ward.office,
            keys=walk.ward.keys(session, again),
            case=again,
            by=walk.ward.person(session, "thanh"),
            reason="Vẫn không thuộc chi bộ.",
        )
        assert (again.desk_id, again.returns) == (PROVINCE, 2)


def test_giving_back_needs_a_reason(walk: Walk) -> None:
    with pytest.raises(Incomplete):
        walk.do("thanh", followups.give_back, reason=" ")
