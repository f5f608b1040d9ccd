"""Copies of a flood: set aside, counted, hidden from whom they concern, decided on at once."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation import preparing, quarantining
from moderation.access import NotVisible, Person, find_case, visible_to
from moderation.listing import places_of
from moderation.listing.copies import list_copies, list_groups
from moderation.listing.counting import count_held
from moderation.pieces import BANDS
from moderation.quarantining import Decline
from moderation.worker import work_once
from moderation.workflow import Action, Conflict, NotAvailable, Who, perform
from portal.models import (
    Case,
    CasePart,
    CopyGroup,
    Counter,
    Event,
    JournalEntry,
    Likeness,
    Notice,
    StageClock,
    Submission,
)
from portal.models.case import Part, Room
from portal.vocabulary import DeclineReason, Deed, Status, Suspicion
from portal.words import Words
from tests.moderation.ward import WARD, Ward

LETTER = (
    "Mấy tháng nay ông Bách để vật liệu xây dựng lấn hết vỉa hè trước số nhà 15, bà con đi lại "
    "phải xuống lòng đường. Tổ dân phố nhắc nhiều lần rồi mà chưa thấy dọn."
)
WORDS = Words(about="Ông Nông Văn Bách, khối 7", what=LETTER)
OTHER = Words(about="Ông Nông Văn Bách, khối 7", what="Họp khối mà không công khai tiền điện.")
NO = Decline(DeclineReason.SPAM, "Thư này trùng với thư đã nhận. Xin ông/bà theo dõi thư đó.")


def flood(ward: Ward, amount: int, words: Words = WORDS) -> list[int]:
    """Send a letter, then copies of it over the limit, and prepare them all."""
    with ward.database.writing() as session:
        found = [
            ward.send(
                session, words, unit_id=WARD, suspicion=Suspicion.SOURCE if number else None
            ).submission_id
            for number in range(amount + 1)
        ]
        for case_id in found:
            preparing.prepare(session, office=ward.office, case_id=case_id)
    return found


def group_of(session: Session) -> CopyGroup:
    return session.scalars(select(CopyGroup)).one()


def decide(
    session: Session,
    ward: Ward,
    verb: Callable[..., None],
    group: CopyGroup,
    by: Person,
    late: int = 0,
) -> None:
    """Somebody decides on a group, as it was so many changes ago."""
    verb(session, office=ward.office, group=group, by=by, version=group.version - late)


def test_the_first_reaches_the_desk_and_its_copies_wait(ward: Ward) -> None:
    first, *copies = flood(ward, 3)
    with ward.database.reading() as session:
        hoa = ward.person(session, "hoa")
        on_desk = set(session.scalars(visible_to(hoa, [Room.DESK])))
        assert on_desk == {first}
        assert _held(session, hoa) == 3
        assert [case.held for case in _cases(session, copies)] == [True] * 3


def test_what_is_alike_to_nothing_goes_to_the_desk_whatever_was_suspected(ward: Ward) -> None:
    with ward.database.writing() as session:
        sent = ward.send(session, OTHER, suspicion=Suspicion.TRAP).submission_id
        preparing.prepare(session, office=ward.office, case_id=sent)
        assert not session.get_one(Case, sent).held
        assert session.get_one(Submission, sent).suspicion is None
        assert session.scalars(select(Notice.kind)).all() == ["arrived"]


def test_a_copy_below_every_limit_goes_to_the_desk_too(ward: Ward) -> None:
    with ward.database.writing() as session:
        for _ in range(2):
            sent = ward.send(session, WORDS).submission_id
            preparing.prepare(session, office=ward.office, case_id=sent)
        assert not session.get_one(Case, sent).held
        assert session.scalar(select(func.count(Likeness.case_id.distinct()))) == 1


def test_the_clocks_of_a_waiting_copy_run_and_its_event_is_written(ward: Ward) -> None:
    _first, copy = flood(ward, 1)
    with ward.database.reading() as session:
        stages = session.scalars(select(StageClock.stage).where(StageClock.case_id == copy))
        assert set(stages) == {"screening", "pass_on"}
        actions = session.scalars(select(Event.action).where(Event.case_id == copy))
        assert list(actions) == ["receive", "prepare", "set_aside"]


def test_a_flood_is_told_once_a_day_however_large_it_is(ward: Ward) -> None:
    flood(ward, 4)
    flood(ward, 4, OTHER)
    with ward.database.reading() as session:
        assert Tally(session.scalars(select(Notice.kind))) == {"arrived": 2, "flood": 1}
    ward.later(days=1)
    flood(ward, 1, OTHER)
    with ward.database.reading() as session:
        assert Tally(session.scalars(select(Notice.kind)))["flood"] == 2


def test_a_withdrawn_first_leaves_its_place_to_the_next(ward: Ward) -> None:
    first, *_copies = flood(ward, 1)
    with ward.database.writing() as session:
        session.get_one(Case, first).status = Status.WITHDRAWN
        sent = ward.send(session, WORDS, unit_id=WARD, suspicion=Suspicion.FLOOD).submission_id
        preparing.prepare(session, office=ward.office, case_id=sent)
        assert not session.get_one(Case, sent).held


def test_a_waiting_copy_has_no_page_and_is_on_no_list(ward: Ward) -> None:
    _first, copy = flood(ward, 1)
    with ward.database.reading() as session:
        hoa = ward.person(session, "hoa")
        with pytest.raises(NotVisible):
            find_case(session, person=hoa, case_id=copy)
        amounts = select(Counter.amount).where(
            Counter.room == Room.DESK, Counter.organisation_id == WARD
        )
        assert session.scalars(amounts).all() == [1]


def test_whoever_is_tied_to_it_sees_no_group_no_copy_and_no_count(ward: Ward) -> None:
    flood(ward, 3)
    with ward.database.reading() as session:
        group = group_of(session)
        for login in ("tied", "far", "thanh", "auditor"):
            person = ward.person(session, login)
            assert _held(session, person) == 0
            assert list_groups(session, office=ward.office, person=person).lines == ()
            found = list_copies(session, office=ward.office, person=person, group_id=group.id)
            assert found == ([], None)
            with pytest.raises(NotVisible):
                quarantining.find_group(session, person=person, group_id=group.id)


def test_the_list_says_how_many_since_when_and_in_which_words(ward: Ward) -> None:
    flood(ward, 3)
    with ward.database.reading() as session:
        hoa = ward.person(session, "hoa")
        (line,) = list_groups(session, office=ward.office, person=hoa).lines
        assert (line.amount, line.first_on, line.last_on) == (3, *[ward.office.today] * 2)
        assert line.title.startswith("Mấy tháng nay ông Bách")
        copies, more = list_copies(session, office=ward.office, person=hoa, group_id=line.group_id)
        assert [copy.why for copy in copies] == [Suspicion.SOURCE] * 3
        assert more is None


def test_released_copies_reach_the_desk_by_the_worker(ward: Ward) -> None:
    sent = flood(ward, 3)
    with ward.database.writing() as session:
        hoa, group = ward.person(session, "hoa"), group_of(session)
        decide(session, ward, quarantining.release, group, hoa)
        assert _held(session, hoa) == 3
    _work(ward)
    with ward.database.reading() as session:
        hoa = ward.person(session, "hoa")
        assert set(session.scalars(visible_to(hoa, [Room.DESK]))) == set(sent)
        assert _held(session, hoa) == 0
        assert group_of(session).task is None
        done = session.scalars(select(Event.action).where(Event.account_id == hoa.account_id))
        assert list(done) == ["let_through"] * 3


def test_copies_are_declined_by_two_people_and_the_first_is_not(ward: Ward) -> None:
    first, *copies = flood(ward, 3)
    _propose(ward)
    with ward.database.writing() as session:
        lam, group = ward.person(session, "lam"), group_of(session)
        decide(session, ward, quarantining.confirm, group, lam)
    _work(ward)
    with ward.database.reading() as session:
        assert session.get_one(Case, first).status is Status.RECEIVED
        for case in _cases(session, copies):
            assert (case.status, case.held) == (Status.DECLINED, False)
        declined = session.scalars(select(Event).where(Event.action == "decline")).all()
        assert {event.account_id for event in declined} == {ward.accounts["lam"]}
        assert all(event.facts == {"reason": "spam"} for event in declined)
        assert "propose" not in set(session.scalars(select(Notice.kind)))
        mine = select(CasePart).where(CasePart.case_id == copies[0])
        parts = {(part.account_id, part.part) for part in session.scalars(mine)}
        assert parts == {
            (ward.accounts["hoa"], Part.PROPOSER),
            (ward.accounts["lam"], Part.CONFIRMER),
        }


def test_nobody_confirms_their_own_proposal(ward: Ward) -> None:
    flood(ward, 1)
    _propose(ward)
    with ward.database.writing() as session:
        hoa, group = ward.person(session, "hoa"), group_of(session)
        with pytest.raises(NotAvailable):
            decide(session, ward, quarantining.confirm, group, hoa)


def test_a_copy_that_came_after_the_proposal_is_not_declined_with_it(ward: Ward) -> None:
    flood(ward, 2)
    _propose(ward)
    with ward.database.writing() as session:
        late = ward.send(session, WORDS, unit_id=WARD, suspicion=Suspicion.FLOOD).submission_id
        preparing.prepare(session, office=ward.office, case_id=late)
        lam, group = ward.person(session, "lam"), group_of(session)
        decide(session, ward, quarantining.confirm, group, lam)
    _work(ward)
    with ward.database.reading() as session:
        assert session.get_one(Case, late).status is Status.RECEIVED
        assert _held(session, ward.person(session, "hoa")) == 1


def test_whoever_lost_the_role_before_the_worker_came_decides_nothing(ward: Ward) -> None:
    flood(ward, 2)
    with ward.database.writing() as session:
        hoa, group = ward.person(session, "hoa"), group_of(session)
        decide(session, ward, quarantining.release, group, hoa)
        group.tasked_by = ward.accounts["tied"]
    _work(ward)
    with ward.database.reading() as session:
        assert session.scalar(select(func.count()).where(Case.held)) == 2
        assert group_of(session).task is None


def test_a_proposal_can_be_taken_back_and_blocks_a_release(ward: Ward) -> None:
    flood(ward, 1)
    _propose(ward)
    with ward.database.writing() as session:
        lam, group = ward.person(session, "lam"), group_of(session)
        with pytest.raises(NotAvailable):
            decide(session, ward, quarantining.release, group, lam)
        decide(session, ward, quarantining.object_to, group, lam)
        assert quarantining.read_proposal(session, office=ward.office, group=group) is None
        decide(session, ward, quarantining.release, group, lam)
        written = session.execute(
            select(JournalEntry.deed, JournalEntry.account_id, JournalEntry.case_id)
        ).all()
    hoa, first = ward.accounts["hoa"], group.first_id
    assert [tuple(row) for row in written] == [
        (Deed.COPIES_PROPOSED, hoa, first),
        (Deed.COPIES_OBJECTED, lam.account_id, first),
        (Deed.COPIES_RELEASED, lam.account_id, first),
    ]


def test_who_decides_on_an_older_page_is_told_so(ward: Ward) -> None:
    flood(ward, 1)
    _propose(ward)
    with ward.database.writing() as session:
        lam, group = ward.person(session, "lam"), group_of(session)
        with pytest.raises(Conflict):
            decide(session, ward, quarantining.confirm, group, lam, late=1)


def test_a_withdrawn_copy_leaves_the_quarantine(ward: Ward) -> None:
    _first, one, _two = flood(ward, 2)
    with ward.database.writing() as session:
        case = session.get_one(Case, one)
        hoa = ward.person(session, "hoa")
        assert _held(session, hoa) == 2
        perform(
            session,
            office=ward.office,
            keys=ward.keys(session, case),
            case=case,
            action=Action.WITHDRAW,
            by=Who.RESIDENT,
        )
        assert _held(session, hoa) == 1


def test_signatures_are_forgotten_after_some_weeks(ward: Ward) -> None:
    flood(ward, 0)
    with ward.database.writing() as session:
        quarantining.forget_signatures(session, today=ward.office.today)
        assert session.scalar(select(func.count()).select_from(Likeness)) == BANDS
        ward.later(days=31)
        quarantining.forget_signatures(session, today=ward.office.today)
        assert session.scalar(select(func.count()).select_from(Likeness)) == 0


def test_in_a_large_flood_nobody_is_refused_nothing_is_lost_and_one_digest_is_written(
    ward: Ward,
) -> None:
    first, *copies = flood(ward, 45)
    with ward.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 46
        assert session.scalar(select(func.count()).where(Case.held)) == 45
        assert Tally(session.scalars(select(Notice.kind))) == {"arrived": 1, "flood": 1}
    with ward.database.writing() as session:
        hoa, group = ward.person(session, "hoa"), group_of(session)
        decide(session, ward, quarantining.release, group, hoa)
    _work(ward)
    with ward.database.reading() as session:
        hoa = ward.person(session, "hoa")
        assert set(session.scalars(visible_to(hoa, [Room.DESK]))) == {first, *copies}


def _held(session: Session, person: Person) -> int:
    """How many copies the desk says are waiting."""
    places = places_of(session, person=person, room=Room.DESK)
    return count_held(session, person=person, places=places)


def _propose(ward: Ward) -> None:
    with ward.database.writing() as session:
        hoa, group = ward.person(session, "hoa"), group_of(session)
        quarantining.propose_decline(
            session, office=ward.office, group=group, by=hoa, version=group.version, body=NO
        )


def _work(ward: Ward) -> None:
    """Let the worker carry everything out."""
    while True:
        with ward.database.reading() as session:
            groups = quarantining.task_groups(session)
        if not groups:
            return
        work_once(ward.database, ward.worker_ring)


def _cases(session: Session, ids: list[int]) -> list[Case]:
    return list(session.scalars(select(Case).where(Case.id.in_(ids))))
