"""Recording what a committee did: days that fit, discipline kept inside, two attempts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from moderation import followups
from moderation.followups import BadDay, Deed, Statement
from moderation.papers import read_paper
from moderation.workflow import Incomplete, Need, NotAvailable
from portal.models import Event
from portal.models.case import PaperKind
from portal.tracking import find, timeline
from portal.vocabulary import ActionKind, StatementOutcome
from tests.doors.course import Course
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import NOON, Ward

TODAY = date(2026, 11, 23)
DISCIPLINE = [kind for kind in ActionKind if kind.is_discipline]


@pytest.fixture
def walk(ward: Ward) -> Walk:
    """A case that its committee has accepted and that arrived some days ago."""
    ward.at = NOON - timedelta(days=7)
    made = set_out(ward).until(Course.accept)
    ward.at = NOON
    return made


def record(walk: Walk, kind: ActionKind, done_on: date = TODAY, **notes: Any) -> None:
    walk.do("thanh", followups.record, deed=Deed(kind, done_on, **notes))


def state(walk: Walk, outcome: StatementOutcome, **more: object) -> None:
    statement = Statement(outcome, **more)  # type: ignore[arg-type]
    walk.do("thanh", followups.record_statement, statement=statement)


def kinds(walk: Walk) -> list[ActionKind]:
    with walk.seen() as (session, case):
        return [deed.kind for deed in followups.done(session, case=case)]


def test_what_was_done_is_kept_in_the_order_it_was_recorded(walk: Walk) -> None:
    record(walk, ActionKind.MEET_MEMBER)
    record(walk, ActionKind.FIELD_CHECK, TODAY - timedelta(days=2))
    assert kinds(walk) == [ActionKind.MEET_MEMBER, ActionKind.FIELD_CHECK]


@pytest.mark.parametrize(("days", "reason"), [(1, "future"), (-8, "past")])
def test_nothing_was_done_tomorrow_or_before_the_case_arrived(
    walk: Walk, days: int, reason: str
) -> None:
    with pytest.raises(BadDay) as wrong:
        record(walk, ActionKind.FIELD_CHECK, TODAY + timedelta(days=days))
    assert wrong.value.reason == reason
    assert kinds(walk) == []


@pytest.mark.parametrize("days", [0, -7])
def test_today_and_the_day_of_arrival_both_fit(walk: Walk, days: int) -> None:
    record(walk, ActionKind.FIELD_CHECK, TODAY + timedelta(days=days))
    assert kinds(walk) == [ActionKind.FIELD_CHECK]


@pytest.mark.parametrize("reference", ["", "   "])
def test_discipline_without_the_reference_of_a_decision_is_refused(
    walk: Walk, reference: str
) -> None:
    for kind in DISCIPLINE:
        with pytest.raises(Incomplete):
            record(walk, kind, reference=reference)
    assert kinds(walk) == []


def test_of_discipline_the_resident_reads_only_that_it_was_handled(walk: Walk, ward: Ward) -> None:
    record(
        walk,
        ActionKind.DISCIPLINE_REPRIMAND,
        public_note="Đã khiển trách ông Bách.",
        internal_note="Họp ngày 20.",
        reference="12-QĐ/CB",
    )
    assert walk.receipt is not None
    with walk.seen() as (session, case):
        found = find(session, ring=ward.ring, code=walk.receipt.code)
        assert found is not None
        last = timeline(session, tracked=found).moments[-1]
        assert last.facts == {"kind": "handled", "done_on": TODAY.isoformat()}
        assert last.note == ""
        (deed,) = followups.done(session, case=case)
        assert (deed.kind, deed.reference) == (ActionKind.DISCIPLINE_REPRIMAND, "12-QĐ/CB")
        for event in session.scalars(select(Event)):
            assert "reprimand" not in str(event.facts)


def test_of_anything_else_the_resident_reads_what_was_done(walk: Walk, ward: Ward) -> None:
    record(walk, ActionKind.FIELD_CHECK, public_note="Đã xem tại chỗ.", internal_note="Nội bộ.")
    assert walk.receipt is not None
    with walk.seen() as (session, _case):
        found = find(session, ring=ward.ring, code=walk.receipt.code)
        assert found is not None
        last = timeline(session, tracked=found).moments[-1]
    assert (last.facts["kind"], last.note) == ("field_check", "Đã xem tại chỗ.")


def test_a_number_of_a_person_is_masked_in_what_the_resident_reads(walk: Walk, ward: Ward) -> None:
    record(walk, ActionKind.FIELD_CHECK, public_note="Xin gọi 0500 000 001 để hỏi.")
    assert walk.receipt is not None
    with walk.seen() as (session, _case):
        found = find(session, ring=ward.ring, code=walk.receipt.code)
        assert found is not None
        last = timeline(session, tracked=found).moments[-1]
    assert last.note == "Xin gọi [đã che số điện thoại] để hỏi."


def test_only_the_handling_committee_records(walk: Walk) -> None:
    for login in ("hoa", "doan", "vinh", "province"):
        with pytest.raises(NotAvailable):
            walk.do(login, followups.record, deed=Deed(ActionKind.FIELD_CHECK, TODAY))


def test_a_statement_that_was_given_has_a_text(walk: Walk) -> None:
    with pytest.raises(Incomplete) as missing:
        state(walk, StatementOutcome.GIVEN, text=" ", asked_on=TODAY)
    assert missing.value.need is Need.STATEMENT
    given = {"text": "Tôi sẽ dọn.", "asked_on": TODAY, "read_back": True, "read_on": TODAY}
    for forgotten in ({"read_back": False}, {"read_on": None}):
        with pytest.raises(Incomplete) as unread:
            state(walk, StatementOutcome.GIVEN, **given | forgotten)
        assert unread.value.need is Need.READ_BACK
    state(walk, StatementOutcome.GIVEN, **given)
    with walk.seen() as (session, case):
        keys = walk.ward.keys(session, case)
        paper = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.STATEMENT)
        (deed,) = followups.done(session, case=case)
    assert paper is not None
    assert (paper["outcome"], paper["text"], paper["read_back"]) == ("given", "Tôi sẽ dọn.", True)
    assert paper["read_on"] == TODAY.isoformat()
    assert (deed.kind, deed.done_on) == (ActionKind.MEMBER_STATEMENT, TODAY)


@pytest.mark.parametrize("gaps", [(), (0,), (0, 0)])
def test_unreachable_needs_two_attempts_on_two_different_days(
    walk: Walk, gaps: tuple[int, ...]
) -> None:
    attempts = tuple(TODAY - timedelta(days=gap) for gap in gaps)
    with pytest.raises(BadDay) as wrong:
        state(walk, StatementOutcome.UNREACHABLE, attempts=attempts)
    assert wrong.value.reason == "attempts"
    assert kinds(walk) == []
    state(walk, StatementOutcome.UNREACHABLE, attempts=(TODAY, TODAY - timedelta(days=1)))
    assert kinds(walk) == [ActionKind.MEMBER_ASKED]


def test_who_need_not_be_asked_is_not_written_down_as_asked(walk: Walk) -> None:
    state(walk, StatementOutcome.NOT_APPLICABLE)
    assert kinds(walk) == [ActionKind.MEMBER_NOT_ASKED]


def test_attempts_lie_between_the_arrival_and_today(walk: Walk) -> None:
    for days, reason in ((1, "future"), (-8, "past")):
        attempts = (TODAY, TODAY + timedelta(days=days))
        with pytest.raises(BadDay) as wrong:
            state(walk, StatementOutcome.UNREACHABLE, attempts=attempts)
        assert wrong.value.reason == reason


def test_a_statement_counts_on_the_latest_day_somebody_asked(walk: Walk) -> None:
    earlier = TODAY - timedelta(days=3)
    state(walk, StatementOutcome.DECLINED, asked_on=earlier)
    with walk.seen() as (session, case):
        assert [deed.done_on for deed in followups.done(session, case=case)] == [earlier]
