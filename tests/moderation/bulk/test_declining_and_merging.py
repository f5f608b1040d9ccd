"""Many cases declined for one reason, or merged: never by one person alone, never blindly."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation import bulk, preparing, screening
from moderation.access import find_case
from moderation.bulk import Matter
from moderation.discretion import TellsMembership
from moderation.papers import read_paper
from moderation.quarantining import Decline
from moderation.workflow import Incomplete
from portal.models import BulkItem, Case, Event, JournalEntry, Submission
from portal.models.bulk import BulkDeed, LeftOut
from portal.models.case import PaperKind, Room
from portal.vault import encrypt
from portal.vocabulary import DeclineReason, Deed, Kind, Sentiment, Status
from portal.words import Words
from tests.moderation.bulk.test_bulk import claim, hide, left, outcome, plan, statuses, work
from tests.moderation.ward import WARD, Ward

TEXTS = (
    "Mấy tháng nay ông Bách để vật liệu lấn hết vỉa hè, bà con phải xuống lòng đường.",
    "Họp khối mà không công khai tiền điện, hỏi thì không trả lời.",
    "Loa phường kêu cả buổi trưa, các cháu không ngủ được.",
    "Đèn đường ngõ 3 hỏng từ tháng trước, tối đi rất nguy hiểm.",
)
NO = Decline(DeclineReason.SPAM, "Việc này không thuộc phạm vi của Cổng.")


@pytest.fixture
def letters(ward: Ward) -> list[int]:
    """Four letters about one member, prepared; a moderator has taken the second."""
    with ward.database.writing() as session:
        found = [
            ward.send(
                session, Words(about="Ông Nông Văn Bách, khối 7", what=text), unit_id=WARD
            ).submission_id
            for text in TEXTS
        ]
        for number in found:
            preparing.prepare(session, office=ward.office, case_id=number)
        session.flush()
        claim(ward, session, found[1], "hoa")
    return found


def order(ward: Ward, matter: Matter, numbers: list[int]) -> int:
    """A moderator orders it; the number of the order."""
    with ward.database.writing() as session:
        hoa = ward.person(session, "hoa")
        found = bulk.order(session, office=ward.office, by=hoa, matter=matter, case_ids=numbers)
        return found.id


def test_a_case_that_fails_as_nobody_expected_is_left_and_told(
    ward: Ward, letters: list[int]
) -> None:
    made = order(ward, Matter(BulkDeed.DECLINE, decline=NO), letters[:2])
    with ward.database.writing() as session:
        item = session.scalars(select(BulkItem).where(BulkItem.case_id == letters[0])).one()
        keys = ward.keys(session, session.get_one(Case, letters[0]))
        item.words = encrypt(keys.internal, b"{}", "bulk_item", letters[0], f"words:{made}")
    work(ward)
    assert outcome(ward, made) == (1, 0, 1)
    with ward.database.reading() as session:
        item = session.scalars(select(BulkItem).where(BulkItem.case_id == letters[0])).one()
        assert (item.skipped, item.words) == (LeftOut.FAILED, None)
    assert statuses(ward, letters[:1]) == [Status.RECEIVED]


def into(ward: Ward, number: int) -> Matter:
    """Merging into a case."""
    with ward.database.reading() as session:
        hoa = ward.person(session, "hoa")
        case = find_case(session, person=hoa, case_id=number, room=Room.DESK)
    return Matter(BulkDeed.MERGE, into=case)


def test_a_decline_of_many_is_a_proposal_for_each_that_another_person_confirms(
    ward: Ward, letters: list[int]
) -> None:
    order(ward, Matter(BulkDeed.DECLINE, NO), letters[:2])
    with ward.database.reading() as session:
        kept = session.scalars(select(BulkItem.words)).all()
        assert all(kept)
        assert not [box for box in kept if box and NO.note.encode() in box]
    work(ward)
    with ward.database.writing() as session:
        assert set(session.scalars(select(BulkItem.words))) == {None}
        for number in letters[:2]:
            case = session.get_one(Case, number)
            assert (case.status, case.proposal) == (Status.SCREENING, "decline")
            keys = ward.keys(session, case)
            body = read_paper(session, keys=keys, case_id=number, kind=PaperKind.PROPOSAL)
            assert body == {"reason": "spam", "note": NO.note}
        steps = session.execute(
            select(Event.action, Event.account_id)
            .where(Event.case_id == letters[0], Event.account_id.is_not(None))
            .order_by(Event.id)
        ).all()
        assert steps == [(action, ward.accounts["hoa"]) for action in ("claim", "propose")]
        lam = ward.person(session, "lam")
        screening.confirm(session, office=ward.office, keys=keys, case=case, by=lam)
        assert case.status is Status.DECLINED


def test_what_one_person_could_end_alone_is_left_out(ward: Ward, letters: list[int]) -> None:
    with ward.database.writing() as session:
        case = session.get_one(Case, letters[1])
        case.sent_as, case.sentiment, case.kind = Kind.PRAISE, Sentiment.PRAISE, Kind.PRAISE
        session.flush()
        found = plan(ward, session, letters[1:2], Matter(BulkDeed.DECLINE, NO))
        assert left(found) == {LeftOut.PRAISE: letters[1:2]}


def test_a_reason_names_nobody_of_any_of_the_cases(ward: Ward, letters: list[int]) -> None:
    named = Decline(NO.reason, "Ông Nông Văn Bách đã dọn.")
    member = Decline(NO.reason, "Người này không phải đảng viên.")
    with ward.database.reading() as session:
        found = plan(ward, session, letters, Matter(BulkDeed.DECLINE, named))
        assert left(found) == {LeftOut.NAMES: letters}
        with pytest.raises(TellsMembership):
            plan(ward, session, letters, Matter(BulkDeed.DECLINE, member))
    with pytest.raises(Incomplete):
        order(ward, Matter(BulkDeed.DECLINE), letters)


def test_what_has_changed_since_it_was_read_is_not_declined(ward: Ward, letters: list[int]) -> None:
    number = order(ward, Matter(BulkDeed.DECLINE, NO), letters[2:])
    with ward.database.writing() as session:
        session.get_one(Case, letters[2]).supplied_at = ward.at
    work(ward)
    assert outcome(ward, number) == (1, 0, 1)
    with ward.database.reading() as session:
        assert session.get_one(Case, letters[2]).proposal is None
        why = select(BulkItem.skipped).where(BulkItem.case_id == letters[2])
        assert session.scalar(why) is LeftOut.CHANGED


def test_many_are_merged_into_one_and_each_keeps_its_letter(ward: Ward, letters: list[int]) -> None:
    matter = into(ward, letters[1])
    with ward.database.reading() as session:
        assert left(plan(ward, session, letters, matter)) == {LeftOut.ITSELF: letters[1:2]}
    rest = [letters[0], *letters[2:]]
    number = order(ward, matter, rest)
    work(ward)
    assert outcome(ward, number) == (3, 0, 0)
    assert statuses(ward, rest) == [Status.MERGED] * 3
    with ward.database.reading() as session:
        inside = session.scalars(select(Submission.id).where(Submission.case_id == letters[1]))
        assert set(inside) == set(letters)
        deeds = session.scalars(select(JournalEntry.deed)).all()
        assert deeds.count(Deed.MERGED) == 3


def test_two_matters_are_not_merged_nor_is_anything_into_what_is_gone(
    ward: Ward, letters: list[int]
) -> None:
    matter = into(ward, letters[1])
    with ward.database.writing() as session:
        for number, mark in ((letters[0], b"a" * 32), (letters[1], b"b" * 32)):
            session.get_one(Case, number).subject_mark = mark
        session.flush()
    with ward.database.reading() as session:
        found = plan(ward, session, letters[:1], into(ward, letters[1]))
        assert left(found) == {LeftOut.OTHER_PERSON: letters[:1]}
    order(ward, matter, letters[2:])
    with ward.database.writing() as session:
        hide(ward, session, letters[1], "hoa")
    work(ward)
    assert statuses(ward, letters[2:]) == [Status.RECEIVED] * 2
    with ward.database.reading() as session:
        assert set(session.scalars(select(BulkItem.skipped))) == {LeftOut.TARGET}


def test_a_nomination_is_left_out_of_what_is_merged_and_takes_in_nothing(
    ward: Ward, letters: list[int]
) -> None:
    with ward.database.writing() as session:
        words = Words(about="Chị Lộc Thị Xuân, khối 2", what="Chị Xuân dạy chữ cho trẻ.")
        named = ward.send(session, words, unit_id=WARD, kind=Kind.NOMINATION).submission_id
        preparing.prepare(session, office=ward.office, case_id=named)
    first, other = into(ward, letters[0]), into(ward, named)
    with ward.database.reading() as session:
        assert left(plan(ward, session, [named], first)) == {LeftOut.OTHER_KIND: [named]}
        assert left(plan(ward, session, letters[2:3], other)) == {LeftOut.OTHER_KIND: letters[2:3]}
