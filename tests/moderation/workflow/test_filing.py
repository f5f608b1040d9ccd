"""Filing: the counters are always the number of scope rows, and restricted stays restricted."""

from __future__ import annotations

from collections import Counter as Tally

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.workflow import TRANSITIONS, Transition, Who, perform
from moderation.workflow.actions import Need
from moderation.workflow.filing import QUEUES, file_case
from moderation.workflow.performing import Brought
from portal.models import Case, CaseScope, Counter
from portal.models.case import Room
from portal.vocabulary import Status
from tests.doors.course import Course
from tests.moderation.walking import set_out
from tests.moderation.ward import CELL_7, COMMISSION, PROVINCE, WARD, Ward


def places(session: Session, case: Case) -> set[tuple[Room, int]]:
    rows = session.execute(
        select(CaseScope.room, CaseScope.organisation_id).where(CaseScope.case_id == case.id)
    )
    return {(row.room, row.organisation_id) for row in rows}


def assert_counted(session: Session) -> None:
    rows = session.execute(select(CaseScope.room, CaseScope.organisation_id, CaseScope.status))
    counted = {
        (counter.room, counter.organisation_id, counter.status): counter.amount
        for counter in session.scalars(select(Counter).execution_options(populate_existing=True))
    }
    assert all(amount >= 0 for amount in counted.values())
    there = Tally(tuple(row) for row in rows)
    assert {place: amount for place, amount in counted.items() if amount} == dict(there)


def step(ward: Ward, session: Session, case: Case, row: Transition) -> None:
    """Carry out one row with everything it could need, by a side that may."""
    perform(
        session,
        office=ward.office,
        keys=ward.keys(session, case),
        case=case,
        action=row.action,
        by=min(row.who - {Who.CLOCK}),
        brought=Brought(public_note="Đã rõ.", reason="Rõ.", met=tuple(Need), until=ward.at),
    )


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_counters_always_equal_the_scope_rows(ward: Ward, data: st.DataObject) -> None:
    with ward.database.writer_session() as session:
        cases = [ward.place(session, status=Status.RECEIVED) for _number in range(2)]
        for _step in range(data.draw(st.integers(1, 10))):
            case = data.draw(st.sampled_from(cases))
            rows = [
                row for row in TRANSITIONS if case.status in row.sources and row.who - {Who.CLOCK}
            ]
            if not rows:
                continue
            case.restricted = data.draw(st.booleans())
            case.handler_id = data.draw(st.sampled_from((None, CELL_7, COMMISSION)))
            step(ward, session, case, data.draw(st.sampled_from(rows)))
            assert_counted(session)
        session.rollback()


def test_the_counters_follow_a_case_on_its_whole_course(ward: Ward) -> None:
    walk = set_out(ward).until(Course.prepare)
    steps = (Course.claim, Course.choose, Course.propose, Course.confirm, Course.route)
    for stage in (*steps, Course.accept, Course.listen, Course.report, Course.publish):
        stage(walk)
        with walk.seen() as (session, _case):
            assert_counted(session)


def test_filing_again_changes_nothing(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.ROUTED, handler=CELL_7)
        before = places(session, case)
        file_case(session, case=case)
        assert places(session, case) == before
        assert_counted(session)


def test_a_routed_case_is_filed_on_its_whole_line(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.ROUTED, handler=CELL_7)
        committees = {place for room, place in places(session, case) if room is Room.COMMITTEE}
    assert committees == {PROVINCE, WARD, CELL_7}


def test_a_restricted_case_is_seen_by_its_commission_only(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.ROUTED, handler=COMMISSION)
        case.restricted = True
        file_case(session, case=case)
        committees = {place for room, place in places(session, case) if room is Room.COMMITTEE}
        assert committees == {COMMISSION}
        assert_counted(session)


def test_every_status_has_a_list_at_the_desk() -> None:
    assert set(QUEUES[Room.DESK]) == set(Status) - {Status.MERGED}
    assert Status.RECEIVED not in QUEUES[Room.COMMITTEE]


def test_what_is_screened_is_seen_by_no_committee_that_had_it(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.SCREENING, handler=CELL_7)
        assert not {place for room, place in places(session, case) if room is Room.COMMITTEE}
