"""Merging, taking out and parting on PostgreSQL."""

from __future__ import annotations

from sqlalchemy import select

from moderation import preparing, splitting
from moderation.cutting import Parts
from portal.models import Case, LookAlike, Submission
from portal.vocabulary import Status
from tests.moderation.merging.pair import FIRST, SECOND, Pair
from tests.moderation.ward import Ward


def test_look_alikes_are_found_merged_taken_out_and_letters_parted(ward: Ward) -> None:
    pair = Pair(ward)
    one, two = pair.send(FIRST), pair.send(SECOND)
    with ward.database.reading() as session:
        found = session.scalars(select(LookAlike)).one()
        assert (found.case_id, found.earlier_id) == (two, one)
    pair.merge(one, two)
    assert pair.course(two)[0].case_id == one
    assert pair.steps(two) == ["receive", "merge"]
    pair.unmerge(one, two)
    assert pair.case(two).status is Status.RECEIVED
    pair.claim(one)
    staying, going = "Vật liệu xây dựng lấn hết vỉa hè", "trước số nhà 15 mấy tháng nay."
    pair.do("hoa", one, splitting.split, parts=Parts(staying, "đảng viên ở khối 7", going))
    with ward.database.writing() as session:
        part = session.scalars(select(Submission.id).where(Submission.part_of_id == one)).one()
        preparing.prepare(session, office=ward.office, case_id=part)
        assert session.get_one(Case, part).prepared_at is not None
