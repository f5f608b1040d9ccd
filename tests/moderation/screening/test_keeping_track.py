"""What screening leaves behind: a lease that is renewed, steps that are written down, a route."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.papers import Body, read_paper
from moderation.screening import NoHandler, route
from moderation.workflow import Incomplete, Need
from portal.models import Case, Event
from portal.models.case import PaperKind
from portal.words import Words
from tests.doors.course import PASSED, Course
from tests.moderation.ward import CELL_2, CELL_7, PROVINCE_COMMISSION, WARD, Ward

BACH = Words(
    about="Ông Nông Văn Bách, đảng viên ở khối 7",
    what="Vật liệu xây dựng để lấn hết vỉa hè trước số nhà 15 đã mấy tháng nay.",
)


@pytest.fixture
def course(ward: Ward) -> Course:
    made = Course(ward=ward, subject="bach", words=BACH, answers={"unit_id": WARD})
    made.handler, made.handled_by = CELL_7, "thanh"
    return made


def walk(course: Course, *stages: Callable[[Course], None]) -> None:
    for stage in stages:
        stage(course)


def routing(session: Session, course: Course) -> Body:
    case = session.get_one(Case, course.number)
    keys = course.ward.keys(session, case)
    paper = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.ROUTING)
    assert paper is not None
    return paper


def test_reading_and_choosing_renew_the_lease_and_are_written_down(course: Course) -> None:
    walk(course, Course.send, Course.prepare, Course.claim)
    course.ward.later(hours=1)
    course.choose()
    with course.ward.database.reading() as session:
        case = session.get_one(Case, course.number)
        assert case.lease_until is not None
        assert (case.lease_until - course.ward.at).total_seconds() == 2 * 60 * 60
        events = session.scalars(
            select(Event).where(Event.case_id == case.id).order_by(Event.id)
        ).all()
    assert [event.action for event in events] == [
        *("receive", "prepare", "claim", "classify", "match")
    ]
    assert events[-1].facts == {}
    assert not events[-1].shown


def test_whoever_confirms_can_read_where_the_rules_would_send_it(course: Course) -> None:
    walk(course, Course.send, Course.prepare, Course.claim, Course.choose, Course.propose)
    with course.ward.database.reading() as session:
        foreseen = routing(session, course)
    assert foreseen["proposed"] == CELL_7
    assert foreseen["proposed_name"] == "Chi bộ khối 7"
    assert foreseen["reasons"] == ["ordinary"]
    assert "organisation" not in foreseen
    walk(course, Course.confirm, Course.route)
    with course.ward.database.reading() as session:
        assert routing(session, course)["organisation"] == CELL_7


def test_another_place_needs_a_reason_and_somebody_who_may_see_the_case(course: Course) -> None:
    walk(course, Course.send, Course.prepare, Course.claim, Course.choose, Course.propose)
    course.confirm()
    with course.ward.database.writer_session() as session:
        case = session.get_one(Case, course.number)
        send = partial(
            route,
            session,
            office=course.ward.office,
            keys=course.ward.keys(session, case),
            case=case,
            by=course.ward.person(session, "hoa"),
            texts=PASSED,
        )
        with pytest.raises(Incomplete) as missing:
            send(organisation_id=CELL_2)
        assert missing.value.need is Need.REASON
        with pytest.raises(NoHandler):
            send(organisation_id=PROVINCE_COMMISSION, overriding="Thuộc diện tỉnh xem xét.")
        send(organisation_id=CELL_2, overriding="Đã chuyển sinh hoạt.")
