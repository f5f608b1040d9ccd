"""The stage clocks: a pause gives back what it took, and the earliest one that runs is due."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from moderation.workflow import Action, clocks, find_transition
from moderation.workflow.table import Transition
from portal.deadlines import due, working_days_between
from portal.models import StageClock
from portal.vocabulary import Status
from tests.doors.course import Course
from tests.moderation.walking import set_out
from tests.moderation.ward import CELL_7, NOON, Ward


def row_of(action: Action, status: Status) -> Transition:
    row = find_transition(action, status)
    assert row is not None
    return row


ROUTE = row_of(Action.ROUTE, Status.ELIGIBLE)
REPORT = row_of(Action.REPORT, Status.IN_PROGRESS)
EXTEND = row_of(Action.EXTEND, Status.IN_PROGRESS)
RETURN = row_of(Action.RETURN, Status.ROUTED)
SEND_BACK = row_of(Action.SEND_BACK, Status.REPORTED)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(min_value=0, max_value=300), min_size=1, max_size=4))
def test_a_pause_moves_a_deadline_by_the_working_days_it_took(ward: Ward, hours: list[int]) -> None:
    ward.at = NOON
    with ward.database.writer_session() as session:
        case = ward.place(session, status=Status.ELIGIBLE, handler=CELL_7)
        clocks.turn(session, office=ward.office, case=case, row=ROUTE)
        for pause in hours:
            before = clocks.due_of(session, case=case, stage="result")
            assert before is not None
            left = working_days_between(ward.at, before, ward.calendar)
            clocks.turn(session, office=ward.office, case=case, row=REPORT)
            ward.later(hours=pause)
            clocks.turn(session, office=ward.office, case=case, row=SEND_BACK)
            after = clocks.due_of(session, case=case, stage="result")
            assert after is not None
            assert after >= before
            assert working_days_between(ward.at, after, ward.calendar) == left
        session.rollback()


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 300), max_size=3), st.booleans(), st.integers(0, 1_500))
def test_a_stage_was_late_exactly_if_it_took_more_days_than_it_had(
    ward: Ward, hours: list[int], extended: bool, work: int
) -> None:
    ward.at = NOON
    with ward.database.writer_session() as session:
        case = ward.place(session, status=Status.ELIGIBLE, handler=CELL_7)
        clocks.turn(session, office=ward.office, case=case, row=ROUTE)
        for pause in hours:
            clocks.turn(session, office=ward.office, case=case, row=REPORT)
            ward.later(hours=pause)
            clocks.turn(session, office=ward.office, case=case, row=SEND_BACK)
        if extended:
            until = due(clocks.due_of(session, case=case, stage="result") or NOON, 5, ward.calendar)
            clocks.turn(session, office=ward.office, case=case, row=EXTEND, until=until)
        ward.later(hours=work)
        clocks.turn(session, office=ward.office, case=case, row=RETURN)
        clock = session.scalars(select(StageClock).where(StageClock.stage == "result")).one()
        assert clock.taken is not None
        assert clock.late is (clock.taken > clock.working_days)
        session.rollback()


def test_a_paused_clock_is_not_what_is_due(ward: Ward) -> None:
    walk = set_out(ward).until(Course.claim)
    walk.ask()
    with walk.seen() as (session, case):
        found = {clock.stage: clock for clock in session.scalars(select(StageClock))}
        assert found["screening"].paused_at == found["pass_on"].paused_at == ward.at
        assert case.due_at == found["need_info"].due_at == due(ward.at, 10, ward.calendar)


def test_the_case_is_due_when_its_earliest_running_clock_is(ward: Ward) -> None:
    walk = set_out(ward).until(Course.prepare)
    steps = (Course.claim, Course.choose, Course.propose, Course.confirm, Course.route)
    for step in (*steps, Course.accept, Course.listen, Course.report, Course.publish):
        step(walk)
        with walk.seen() as (session, case):
            running = session.scalars(
                select(StageClock.due_at).where(
                    StageClock.case_id == case.id,
                    StageClock.stopped_at.is_(None),
                    StageClock.paused_at.is_(None),
                )
            ).all()
            assert case.due_at == min(running)


def test_a_finished_case_is_due_no_more_and_no_clock_runs(ward: Ward) -> None:
    walk = set_out(ward).until(Course.rate)
    with walk.seen() as (session, case):
        assert case.due_at is None
        assert None not in session.scalars(select(StageClock.stopped_at)).all()


def test_a_stage_that_comes_again_gets_a_new_clock(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.ELIGIBLE, handler=CELL_7)
        clocks.turn(session, office=ward.office, case=case, row=ROUTE)
        first = clocks.due_of(session, case=case, stage="result")
        clocks.turn(session, office=ward.office, case=case, row=RETURN)
        assert clocks.due_of(session, case=case, stage="result") is None
        ward.at += timedelta(days=7)
        clocks.turn(session, office=ward.office, case=case, row=ROUTE)
        second = clocks.due_of(session, case=case, stage="result")
    assert first is not None
    assert second == first + timedelta(days=7)
