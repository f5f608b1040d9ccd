"""Talking about a case: to its writer, within one room, and handing it to a colleague."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation import talking
from moderation.access import relate
from moderation.discretion import NamesSomebody
from moderation.reading import read_for_committee, read_for_desk
from moderation.talking import NotAColleague
from moderation.workflow import Incomplete, NotAvailable
from portal.models import CasePart, JournalEntry
from portal.models.case import Part, Room
from portal.vocabulary import Deed
from tests.doors.course import Course
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import Ward

HELLO = "Cổng đang xem xét, xin ông/bà chờ thêm."
DESK, CELL = "Nhớ hỏi lại phường.", "Họp tối thứ Năm."


@pytest.fixture
def walk(ward: Ward) -> Walk:
    """A case that a cell has accepted."""
    return set_out(ward).until(Course.accept)


def notes(walk: Walk, login: str, room: Room) -> str:
    """Everything that the course of a page says."""
    with walk.seen() as (session, case):
        by, office = walk.ward.person(session, login), walk.ward.office
        keys = walk.ward.keys(session, case)
        relation = relate(session, person=by, case=case)
        if room is Room.DESK:
            course = read_for_desk(
                session, office=office, keys=keys, case=case, by=by, relation=relation
            ).course
        else:
            course = read_for_committee(
                session, office=office, keys=keys, case=case, relation=relation
            ).course
        return " | ".join(f"{step.action} {step.note} {step.inside}" for step in course)


def deeds(ward: Ward) -> list[tuple[Deed, int | None]]:
    """What was written down about talking, and about whom."""
    with ward.database.reading() as session:
        rows = session.execute(select(JournalEntry.deed, JournalEntry.subject_id))
        wanted = {Deed.WROTE, Deed.REMARKED, Deed.HANDED_OVER}
        return [(row.deed, row.subject_id) for row in rows if row.deed in wanted]


def test_a_moderator_writes_to_the_writer_and_no_committee_reads_it(walk: Walk) -> None:
    walk.do("hoa", talking.write_to_writer, text=f"{HELLO} Gọi 0912 345 678.")
    assert HELLO in notes(walk, "lam", Room.DESK)
    assert "[đã che số điện thoại]" in notes(walk, "lam", Room.DESK)
    assert HELLO not in notes(walk, "thanh", Room.COMMITTEE)
    assert "message" not in notes(walk, "thanh", Room.COMMITTEE)
    assert deeds(walk.ward) == [(Deed.WROTE, None)]


@pytest.mark.parametrize("login", ["thanh", "far", "tied"])
def test_nobody_else_writes_to_the_writer(walk: Walk, login: str) -> None:
    with pytest.raises(NotAvailable):
        walk.do(login, talking.write_to_writer, text=HELLO)


def test_a_message_names_nobody_and_is_not_empty(walk: Walk) -> None:
    with pytest.raises(NamesSomebody):
        walk.do("hoa", talking.write_to_writer, text="Đồng chí Nông Văn Bách đã nhận việc.")
    with pytest.raises(Incomplete):
        walk.do("hoa", talking.write_to_writer, text=" ")


def test_after_the_answer_nobody_writes_any_more(ward: Ward) -> None:
    walk = set_out(ward).until(Course.publish)
    with pytest.raises(NotAvailable):
        walk.do("hoa", talking.write_to_writer, text=HELLO)


def test_each_room_keeps_its_notes_to_itself(walk: Walk) -> None:
    walk.do("hoa", talking.remark, room=Room.DESK, text=DESK)
    walk.do("thanh", talking.remark, room=Room.COMMITTEE, text=CELL)
    # A button that was pressed twice leaves one note.
    walk.do("thanh", talking.remark, room=Room.COMMITTEE, text=CELL)
    at_desk, in_cell = notes(walk, "lam", Room.DESK), notes(walk, "thanh", Room.COMMITTEE)
    assert DESK in at_desk
    assert "committee_remark" not in at_desk
    assert CELL not in at_desk
    assert in_cell.count(CELL) == 1
    assert "desk_remark" not in in_cell
    assert DESK not in in_cell
    with pytest.raises(NotAvailable):
        walk.do("hoa", talking.remark, room=Room.COMMITTEE, text=DESK)


def test_a_case_is_handed_to_a_colleague_who_holds_it_then(ward: Ward) -> None:
    walk = set_out(ward).until(Course.claim)
    lam = ward.accounts["lam"]
    with walk.seen() as (session, case):
        by = ward.person(session, "hoa")
        found = talking.colleagues(session, office=ward.office, case=case, by=by)
        # Whoever is tied to the member, or works elsewhere, is not offered.
        assert {account.login for account in found} == {"lam", "both"}
    walk.do("hoa", talking.hand_over, to_id=lam, text="Còn chờ phường trả lời.")
    with walk.seen() as (_session, case):
        assert case.claimant_id == lam
        assert case.lease_until is not None
    assert deeds(ward) == [(Deed.HANDED_OVER, lam)]
    with pytest.raises(NotAvailable):
        walk.do("hoa", talking.hand_over, to_id=lam)
    walk.do("lam", talking.hand_over, to_id=ward.accounts["hoa"])


def test_it_is_never_handed_to_somebody_excluded_or_with_another_part(ward: Ward) -> None:
    walk = set_out(ward).until(Course.claim)
    with ward.database.writing() as session:
        both = ward.accounts["both"]
        session.add(CasePart(case_id=walk.number, account_id=both, part=Part.HANDLER))
    for login in ("tied", "far", "thanh", "both", "hoa"):
        with pytest.raises(NotAColleague):
            walk.do("hoa", talking.hand_over, to_id=ward.accounts[login])
