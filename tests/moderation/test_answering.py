"""The result: which findings the work done carries, and what publishing and sending back do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation import answering, followups
from moderation.answering import FindingNotAllowed, findings_for, obstacles
from moderation.followups import Clearing, Deed, Statement
from moderation.papers import read_paper
from moderation.workflow import Incomplete, Need, NotAvailable
from portal.answer import Answer
from portal.models import Case, Event, Notice
from portal.models.case import PaperKind
from portal.tracking import find, timeline
from portal.vocabulary import (
    ActionKind,
    Finding,
    Kind,
    Sentiment,
    StatementOutcome,
    Status,
    Telling,
)
from tests.doors.course import Course
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import CELL_7, COMMISSION, NOON, PROVINCE, WARD, Ward

CRITICISM = Case(sentiment=Sentiment.CRITICISM)
PRAISE = Case(sentiment=Sentiment.PRAISE)
NOMINATION = Case(kind=Kind.NOMINATION, sentiment=Sentiment.PRAISE)
NOTED = {Finding.PRAISE_NOTED, Finding.NOMINATION_NOTED}
AGAINST = frozenset(Finding) - NOTED - {Finding.CLARIFIED, Finding.TRANSFERRED}
CLEARED = (ActionKind.FIELD_CHECK, ActionKind.CLEAR_NAME)
#: A statement that was asked for and came, or was refused.
HEARD = (StatementOutcome.GIVEN, StatementOutcome.DECLINED)


@pytest.fixture
def walk(ward: Ward) -> Walk:
    """A case that its committee has accepted and that arrived some days ago."""
    ward.at = NOON - timedelta(days=7)
    made = set_out(ward).until(Course.accept)
    ward.at = NOON
    return made


def report(walk: Walk, finding: Finding, draft: str = "Đã nhắc dọn.", by: str = "thanh") -> None:
    walk.do(by, answering.report, finding=finding, draft=draft)


def state(walk: Walk, outcome: StatementOutcome) -> None:
    today = walk.ward.office.today
    statement = Statement(
        outcome,
        text="Tôi sẽ dọn.",
        asked_on=today,
        attempts=(today, today - timedelta(days=1)),
        read_back=True,
        read_on=today,
    )
    walk.do("thanh", followups.record_statement, statement=statement)


def check_on_the_spot(walk: Walk) -> None:
    deed = Deed(ActionKind.FIELD_CHECK, walk.ward.office.today)
    walk.do("thanh", followups.record, deed=deed)


def refusal(walk: Walk, finding: Finding) -> str:
    with pytest.raises(FindingNotAllowed) as refused:
        report(walk, finding)
    return refused.value.reason


def send_back(walk: Walk, reason: str = "Cần nói rõ ngày kiểm tra.") -> None:
    walk.do("lam", answering.send_back, reason=reason)


def test_praise_and_criticism_have_findings_of_their_own() -> None:
    assert Finding.PRAISE_NOTED in findings_for(PRAISE)
    assert not NOTED & set(findings_for(CRITICISM))
    assert findings_for(NOMINATION) == (Finding.NOMINATION_NOTED,)
    for deeds, missing in (((), "considered"), ((ActionKind.NOMINEE_NOT_FOLLOWED,), None)):
        found = obstacles(NOMINATION, outcome=None, deeds=deeds)
        assert found == {Finding.NOMINATION_NOTED: missing}
    assert not AGAINST & set(findings_for(PRAISE))
    assert set(findings_for(CRITICISM)) >= AGAINST
    assert findings_for(Case(sentiment=None)) == findings_for(CRITICISM)


@pytest.mark.parametrize("outcome", [None, StatementOutcome.NOT_APPLICABLE])
def test_nothing_is_found_against_a_member_who_was_not_asked(
    outcome: StatementOutcome | None,
) -> None:
    found = obstacles(CRITICISM, outcome=outcome, deeds=CLEARED)
    assert {finding for finding, missing in found.items() if missing == "statement"} == AGAINST
    assert found[Finding.CLARIFIED] is found[Finding.TRANSFERRED] is None


@pytest.mark.parametrize("outcome", HEARD)
def test_unsubstantiated_needs_a_check_and_that_the_member_was_told(
    outcome: StatementOutcome,
) -> None:
    for deeds, missing in (((), "field_check"), (CLEARED[:1], "clear_name"), (CLEARED, None)):
        found = obstacles(CRITICISM, outcome=outcome, deeds=deeds)
        assert found[Finding.UNSUBSTANTIATED] == missing
        assert found[Finding.SUBSTANTIATED] is None


def test_only_what_is_found_against_somebody_never_reached_is_answered_above() -> None:
    against = {Finding.SUBSTANTIATED, Finding.PARTLY}
    for outcome in (*StatementOutcome, None):
        above = {finding for finding in Finding if answering.is_decided_above(finding, outcome)}
        assert above == (against if outcome is StatementOutcome.UNREACHABLE else set())


def test_no_report_before_the_member_was_asked(walk: Walk) -> None:
    check_on_the_spot(walk)
    assert refusal(walk, Finding.SUBSTANTIATED) == "statement"
    assert refusal(walk, Finding.UNSUBSTANTIATED) == "statement"
    with walk.seen() as (session, case):
        keys = walk.ward.keys(session, case)
        kind = PaperKind.REPORT
        assert read_paper(session, keys=keys, case_id=case.id, kind=kind) is None


def test_no_report_of_nothing_found_before_somebody_looked(walk: Walk) -> None:
    state(walk, StatementOutcome.GIVEN)
    assert refusal(walk, Finding.UNSUBSTANTIATED) == "field_check"
    check_on_the_spot(walk)
    assert refusal(walk, Finding.UNSUBSTANTIATED) == "clear_name"
    told = Clearing(Telling.IN_PERSON, walk.ward.office.today)
    walk.do("thanh", followups.clear_name, clearing=told)
    report(walk, Finding.UNSUBSTANTIATED)
    with walk.seen() as (_session, case):
        assert case.status is Status.REPORTED


def test_the_level_above_answers_what_is_found_against_whom_nobody_reached(walk: Walk) -> None:
    state(walk, StatementOutcome.UNREACHABLE)
    report(walk, Finding.SUBSTANTIATED)
    with walk.seen() as (session, case):
        assert (case.status, case.decider_id) == (Status.REPORTED, PROVINCE)
        told = session.scalars(select(Notice).where(Notice.kind == "decide")).one()
        assert told.organisation_id == PROVINCE
    for login in ("hoa", "lam"):
        with pytest.raises(NotAvailable):
            walk.do(login, answering.publish, answer="Đã nhắc dọn.")
    walk.do("thu", answering.publish, answer="Đã nhắc dọn.")
    with walk.seen() as (_session, case):
        assert case.status is Status.ANSWERED


def test_at_the_highest_level_another_than_the_confirmer_answers(walk: Walk) -> None:
    state(walk, StatementOutcome.UNREACHABLE)
    report(walk, Finding.PARTLY)
    with walk.ward.database.writing() as session:
        case = session.get_one(Case, walk.number)
        case.decider_id = case.desk_id
    with pytest.raises(NotAvailable):
        walk.do("lam", answering.publish, answer="Đã nhắc dọn.")
    walk.do("hoa", answering.publish, answer="Đã nhắc dọn.")


def test_a_desk_without_a_level_above_answers_itself(walk: Walk) -> None:
    state(walk, StatementOutcome.UNREACHABLE)
    with walk.ward.database.writing() as session:
        session.get_one(Case, walk.number).desk_id = PROVINCE
    report(walk, Finding.PARTLY)
    with walk.seen() as (_session, case):
        assert case.decider_id == PROVINCE


def test_a_report_sent_back_forgets_who_had_to_answer_it(walk: Walk) -> None:
    state(walk, StatementOutcome.UNREACHABLE)
    report(walk, Finding.PARTLY)
    send_back(walk)
    with walk.seen() as (_session, case):
        assert case.decider_id is None


def test_a_finding_of_praise_does_not_fit_criticism(walk: Walk) -> None:
    assert refusal(walk, Finding.PRAISE_NOTED) == "sentiment"


def test_praise_is_noted_without_asking_anybody(walk: Walk) -> None:
    with walk.ward.database.writing() as session:
        session.get_one(Case, walk.number).sentiment = Sentiment.PRAISE
    assert refusal(walk, Finding.SUBSTANTIATED) == "sentiment"
    report(walk, Finding.PRAISE_NOTED)


def test_a_report_needs_a_draft_and_the_handling_committee(walk: Walk) -> None:
    state(walk, StatementOutcome.GIVEN)
    with pytest.raises(Incomplete) as missing:
        report(walk, Finding.PARTLY, draft="  ")
    assert missing.value.need is Need.PUBLIC_NOTE
    with pytest.raises(NotAvailable):
        report(walk, Finding.PARTLY, by="doan")


def test_publishing_seals_the_finding_into_what_the_code_opens(ward: Ward) -> None:
    walk = set_out(ward).until(Course.publish)
    assert walk.receipt is not None
    with walk.seen() as (session, _case):
        event = session.scalars(select(Event).where(Event.action == "publish")).one()
        assert "partly" not in str(event.facts)
        assert event.public_note is not None
        assert b"partly" not in event.public_note
        found = find(session, ring=ward.ring, code=walk.receipt.code)
        assert found is not None
        told = timeline(session, tracked=found).answer
    assert told is not None
    assert Answer.from_note(told.note) == Answer(Finding.PARTLY, "Chi bộ đã nhắc dọn.")


def test_an_empty_answer_is_not_published(ward: Ward) -> None:
    walk = set_out(ward).until(Course.report)
    with pytest.raises(Incomplete):
        walk.do("lam", answering.publish, answer=" \n")


def test_a_report_sent_back_returns_to_its_committee_and_needs_a_reason(ward: Ward) -> None:
    walk = set_out(ward).until(Course.report)
    with pytest.raises(Incomplete):
        send_back(walk, reason="")
    send_back(walk)
    with walk.seen() as (_session, case):
        assert (case.status, case.handler_id, case.send_backs) == (Status.IN_PROGRESS, CELL_7, 1)


def test_a_report_sent_back_twice_goes_to_the_level_above(ward: Ward) -> None:
    walk = set_out(ward).until(Course.report)
    send_back(walk)
    walk.report()
    send_back(walk)
    with walk.seen() as (session, case):
        assert (case.status, case.handler_id, case.send_backs) == (Status.IN_PROGRESS, WARD, 2)
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert event is not None
        assert (event.action, event.organisation_id, event.shown) == ("raise", WARD, True)
    report(walk, Finding.PARTLY, by="vinh")


def test_a_restricted_report_sent_back_twice_goes_to_a_commission_only(ward: Ward) -> None:
    walk = set_out(ward).until(Course.report)
    with ward.database.writing() as session:
        case = session.get_one(Case, walk.number)
        case.restricted, case.send_backs = True, 1
    send_back(walk)
    with walk.seen() as (_session, case):
        assert case.handler_id == COMMISSION
