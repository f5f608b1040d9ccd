"""A case that was taken to the level above: every page names who has it now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from moderation import answering, followups
from moderation.followups import Statement
from moderation.raising import decider_of
from moderation.workflow import NotAvailable
from portal.models import Case, Event, Grant, Notice
from portal.models.journal import Actor
from portal.vocabulary import Finding, Role, StatementOutcome, Status
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.views.conftest import Sit, Walk
from tests.moderation.views.staffer import Staffer
from tests.moderation.walking import Walk as Steps
from tests.moderation.walking import set_out
from tests.moderation.ward import PROVINCE_COMMISSION, SINCE, WARD, Ward
from tests.pages import page_of


def raised(ward: Ward) -> Steps:
    """A report that was sent back twice."""
    walk = set_out(ward).until(Course.report)
    walk.do("lam", answering.send_back, reason="Cần nói rõ.")
    walk.report()
    walk.do("lam", answering.send_back, reason="Vẫn chưa rõ.")
    return walk


def test_the_case_names_the_level_above_and_nobody_of_the_first_committee(
    ward: Ward, staff_client: StaffClient
) -> None:
    walk = raised(ward)
    desk = page_of(staff_client("hoa").get(f"/case/{walk.number}")).text
    assert "Nơi giải quyết Đảng bộ phường Đông Kinh" in desk
    assert "Chuyển lên Đảng bộ phường Đông Kinh" in desk
    above = page_of(staff_client("vinh").get(f"/committee/{walk.number}")).text
    assert "Người thụ lý Chưa ai nhận" in above
    assert "Chuyển lên Đảng bộ phường Đông Kinh" in above


def test_the_list_of_the_level_above_names_nobody_of_the_first_committee(
    ward: Ward, staff_client: StaffClient
) -> None:
    raised(ward)
    inbox = page_of(staff_client("vinh").get("/committee/?list=open")).text
    assert "Có ý kiến về vật liệu trên vỉa hè." in inbox
    assert "Vi Văn Thành" not in inbox
    assert "Chưa ai giữ" in inbox


def test_a_second_return_says_which_desk_has_it(walk: Walk, sit: Sit) -> None:
    course = walk("send", "prepare", "claim", "choose", "propose", "confirm", "route")
    sit("thanh", "committee").do("return", reason="Không thuộc chi bộ.")
    for stage in ("propose", "confirm", "route"):
        getattr(course, stage)()
    sit("thanh", "committee").do("return", reason="Vẫn không thuộc chi bộ.")
    assert "Chuyển lên Đảng bộ tỉnh" in sit("thu", "case").page().text


@pytest.fixture
def unreached(ward: Ward) -> Steps:
    """Something found against a member whom nobody reached, and no moderator above the desk."""
    walk = set_out(ward).until(Course.accept)
    with ward.database.writing() as session:
        session.execute(delete(Grant).where(Grant.account_id == ward.accounts["thu"]))
        session.add(
            Grant(
                account_id=ward.accounts["auditor"],
                role=Role.COMMITTEE,
                organisation_id=PROVINCE_COMMISSION,
                valid_from=SINCE,
            )
        )
    ward.later(days=3)
    today = ward.office.today
    gone = Statement(
        StatementOutcome.UNREACHABLE, attempts=(today - timedelta(days=3), today), asked_on=today
    )
    walk.do("thanh", followups.record_statement, statement=gone)
    walk.report()
    return walk


def test_where_no_moderator_stands_above_the_commission_answers(
    ward: Ward, unreached: Steps, staff_client: StaffClient
) -> None:
    with unreached.seen() as (session, case):
        assert case.decider_id == PROVINCE_COMMISSION
        told = session.scalars(select(Notice).where(Notice.kind == "decide")).one()
        assert told.organisation_id == PROVINCE_COMMISSION
    for login in ("hoa", "lam", "thanh"):
        with pytest.raises(NotAvailable):
            unreached.do(login, answering.publish, answer="Đã nhắc dọn.")
    assert staff_client("ky").get(f"/committee/{unreached.number}").status_code == 404
    judge = Staffer(staff_client("auditor"), "committee", unreached.number)
    assert "Có ý kiến về vật liệu trên vỉa hè." in page_of(judge.client.get("/committee/")).text
    assert "Trả lời người gửi" in judge.page().text
    form = judge.page("publish")
    assert str(Finding.PARTLY.label) in form.text
    assert "Đã nhắc dọn." in form.html
    address, typed = f"{judge.address}/publish", form.fields
    assert judge.client.post(address, data=typed | {"answer": " "}).status_code == 422
    assert judge.client.post(address, data=typed | {"answer": "Đã nhắc dọn."}).status_code == 302
    with unreached.seen() as (session, case):
        assert case.status is Status.ANSWERED
        step = session.scalars(select(Event).where(Event.action == "publish")).one()
        assert step.actor is Actor.COMMITTEE
    assert "Người gửi đã nhận câu trả lời." in judge.page().text


def test_the_commission_may_ask_for_more_and_then_sees_the_case_no_longer(
    unreached: Steps, staff_client: StaffClient
) -> None:
    judge = Staffer(staff_client("auditor"), "committee", unreached.number)
    typed = judge.page("send-back").fields | {"reason": "Xin hỏi lại đảng viên."}
    sent = judge.client.post(f"{judge.address}/send-back", data=typed)
    assert sent.status_code == 302
    assert judge.get().status_code == 404
    with unreached.seen() as (_session, case):
        assert (case.status, case.decider_id) == (Status.IN_PROGRESS, None)


def test_a_commission_answers_nothing_that_it_has_handled_itself(ward: Ward) -> None:
    walk = set_out(ward).until(Course.confirm)
    walk.handler, walk.handled_by = PROVINCE_COMMISSION, "auditor"
    with ward.database.writing() as session:
        session.execute(delete(Grant).where(Grant.account_id == ward.accounts["thu"]))
        case = session.get_one(Case, walk.number)
        case.handler_id = PROVINCE_COMMISSION
        assert decider_of(session, office=ward.office, case=case) == WARD
