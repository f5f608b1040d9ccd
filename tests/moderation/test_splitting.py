"""Parting a letter about two matters: each goes its own way, and one code opens both."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from moderation import preparing, splitting
from moderation.access import NotVisible, find_case, visible_to
from moderation.cutting import LeftOut, NotCut, Parts
from moderation.identity.destroying import forget_addresses
from moderation.notifying.queueing import queue_news
from moderation.notifying.waiting import left_over
from moderation.papers import read_readings
from moderation.reading.undivided import read_undivided
from moderation.retention import expiring
from moderation.retention.purging import purge
from moderation.splitting import other_part
from moderation.verifying import verify
from moderation.workflow import Incomplete, NotAvailable
from portal.models import Case, NoticeAddress, Submission
from portal.tracking import find_part, own_words, supply, timeline, withdraw
from portal.vocabulary import Kind, Status
from portal.words import Words
from tests.moderation.merging.pair import FIRST, Pair
from tests.moderation.ward import Ward

LUA = "Cô Hoàng Thị Lụa"
MIXED = Words(
    about="Ông Nông Văn Bách khối 7 và cô Hoàng Thị Lụa",
    what="Cô Lụa giúp các cháu đi học lại. Ông Bách để vật liệu lấn vỉa hè. Gọi 0912 345 678.",
    place="Ngõ 5",
)
CALL = "Gọi [đã che số điện thoại]."
PARTS = Parts("Ông Bách để vật liệu lấn vỉa hè.", LUA, "Cô Lụa giúp các cháu đi học lại.", CALL)


@pytest.fixture
def pair(ward: Ward) -> Pair:
    return Pair(ward)


def part(pair: Pair, number: int, parts: Parts = PARTS) -> int:
    """Part a letter, and let the worker prepare the other matter."""
    pair.do("hoa", number, splitting.split, parts=parts)
    with pair.ward.database.reading() as session:
        other = session.scalars(select(Submission.id).where(Submission.part_of_id == number)).one()
        waiting = session.get_one(Case, other)
        assert waiting.prepared_at is None
        assert other not in session.scalars(visible_to(pair.person(session, "hoa"))).all()
    with pair.ward.database.writing() as session:
        preparing.prepare(session, office=pair.ward.office, case_id=other)
    return other


def test_each_matter_has_its_text_its_dates_and_its_exclusions(pair: Pair) -> None:
    one = pair.send(MIXED)
    promised = pair.case(one).due_at
    pair.ward.later(hours=5)
    pair.claim(one)
    other = part(pair, one)
    case = pair.case(other)
    assert (case.status, case.due_at) == (Status.RECEIVED, promised)
    with pair.ward.database.reading() as session:
        readings = read_readings(session, office=pair.ward.office, case_ids=[one, other])
        assert readings[one]["words"]["what"] == PARTS.staying
        assert readings[other]["words"]["what"] == PARTS.going
        assert readings[other]["words"]["place"] == "Ngõ 5"
        # Whoever is tied to the man of the one matter sees the other, and nothing that leads back.
        tied = pair.person(session, "tied")
        with pytest.raises(NotVisible):
            find_case(session, person=tied, case_id=one)
        found = find_case(session, person=tied, case_id=other)
        assert other_part(session, person=tied, case=found) is None
        assert other_part(session, person=pair.person(session, "hoa"), case=found) == one
        assert not verify(session, ring=pair.ward.worker_ring, moved=lambda _steps: None).faults


def test_the_writer_reads_both_with_one_code_and_their_own_words_whole(pair: Pair) -> None:
    one = pair.send(MIXED)
    pair.claim(one)
    other = part(pair, one)
    letter, course = pair.course(one)
    assert course.moments[-1].action == "split"
    with pair.ward.database.reading() as session:
        found = find_part(session, letter=letter)
        assert found is not None
        assert (found.submission_id, found.case_id, found.is_part) == (other, other, True)
        assert own_words(session, tracked=letter) == MIXED
        assert own_words(session, tracked=found).what == PARTS.going
        assert [step.action for step in timeline(session, tracked=found).moments] == ["receive"]
    # What is done to the one matter leaves the other as it is.
    with pair.ward.database.writing() as session:
        supply(session, tracked=found, text="Cô còn tặng sách.", at=pair.ward.at)
    pair.act(one, withdraw)
    assert pair.case(one).status is Status.WITHDRAWN
    assert pair.case(other).status is Status.RECEIVED
    assert find_part_again(pair, one) == other


def find_part_again(pair: Pair, number: int) -> int | None:
    with pair.ward.database.reading() as session:
        found = find_part(session, letter=pair.course(number)[0])
        return found.submission_id if found else None


def test_a_letter_is_parted_once_and_only_while_it_stands_alone(pair: Pair) -> None:
    one, two = pair.send(MIXED), pair.send(FIRST)
    pair.claim(one)
    for empty in (Parts(" ", LUA, "b"), Parts("a", " ", "b"), Parts("a", LUA, " ")):
        with pytest.raises(Incomplete):
            pair.do("hoa", one, splitting.split, parts=empty)
    with pytest.raises(NotAvailable):
        pair.do("hoa", two, splitting.split, parts=PARTS)
    other = part(pair, one)
    pair.claim(other)
    for parted in (one, other):
        with pytest.raises(NotAvailable):
            pair.do("hoa", parted, splitting.split, parts=PARTS)


def test_nobody_writes_for_the_writer_and_nothing_is_lost_unseen(pair: Pair) -> None:
    one = pair.send(MIXED)
    pair.claim(one)
    angry = replace(PARTS, staying=f"{PARTS.staying} Tôi rất giận.", about="Ông Lò Văn Páo")
    with pytest.raises(NotCut) as refused:
        pair.do("hoa", one, splitting.split, parts=angry)
    assert refused.value.added == {"staying": ("Tôi rất giận",), "about": ("Ông Lò Văn Páo",)}
    for unseen in ("", "Gọi"):
        with pytest.raises(LeftOut) as asked:
            pair.do("hoa", one, splitting.split, parts=replace(PARTS, dropped=unseen))
        assert asked.value.pieces == (CALL,)
    assert pair.steps(one) == ["receive", "claim"]


def test_the_letter_as_it_came_is_read_by_whoever_sees_both_matters(pair: Pair) -> None:
    one, praise = pair.send(MIXED), pair.send(Words(about=LUA, what=PARTS.going), kind=Kind.PRAISE)
    pair.claim(one)
    other = part(pair, one)
    whole = "Cô Lụa giúp các cháu đi học lại. Ông Bách để vật liệu lấn vỉa hè."
    assert undivided(pair, "hoa", one) == undivided(pair, "hoa", other) == f"{whole} {CALL}"
    assert undivided(pair, "tied", other) is None
    pair.merge(praise, other)
    assert undivided(pair, "hoa", praise) == f"{whole} {CALL}"
    assert undivided(pair, "tied", praise) is None
    # What its writer took back is shown no more, from neither side.
    pair.act(one, withdraw)
    assert undivided(pair, "hoa", praise) is None


def undivided(pair: Pair, login: str, number: int) -> str | None:
    with pair.ward.database.reading() as session:
        person, case = pair.person(session, login), session.get_one(Case, number)
        words = read_undivided(session, office=pair.ward.office, person=person, case=case)
        return words.what if words else None


def test_a_part_can_be_merged_and_is_still_read_through_the_letter(pair: Pair) -> None:
    one, praise = pair.send(MIXED), pair.send(Words(about=LUA, what=PARTS.going), kind=Kind.PRAISE)
    pair.claim(one)
    other = part(pair, one)
    pair.merge(praise, other)
    with pair.ward.database.reading() as session:
        found = find_part(session, letter=pair.course(one)[0])
        assert found is not None
        assert (found.submission_id, found.case_id) == (other, praise)
        steps = [step.action for step in timeline(session, tracked=found).moments]
        assert steps == ["receive", "merge"]


def test_a_letter_stays_as_long_as_its_other_matter_and_goes_with_it(pair: Pair) -> None:
    one = pair.send(MIXED)
    pair.claim(one)
    other = part(pair, one)
    with pair.ward.database.writing() as session:
        waits = [
            session.scalar(select(Case.id).where(Case.id == one, condition)) is not None
            for condition in expiring._waits()
        ]
        assert any(waits)
        purge(session, office=pair.ward.office, case_ids=[one])
        assert session.scalars(select(Case.id)).all() == []
        assert session.get(Case, other) is None
        assert not session.scalars(select(NoticeAddress.submission_id)).all()


def test_who_left_an_address_is_told_of_both_matters(pair: Pair) -> None:
    one = pair.send(MIXED)
    pair.claim(one)
    other = part(pair, one)
    with pair.ward.database.writing() as session:
        session.add(NoticeAddress(submission_id=one, key_version=1, box=b"box", proof=b"p" * 32))
        queue_news(session, case_id=other, at=pair.ward.at)
        assert session.get_one(NoticeAddress, one).news_at == pair.ward.at
    pair.act(one, supply, text="Thêm.")
    with pair.ward.database.writing() as session:
        session.get_one(NoticeAddress, one).next_at = None
        session.flush()
        # The one matter has finished, the other goes on: the address is still needed.
        forget_addresses(session, search=pair.ward.ring.search, case_id=one)
        session.get_one(Case, one).finished_at = pair.ward.at
        assert left_over(session, before=pair.ward.at) == []
        session.get_one(Case, other).finished_at = pair.ward.at
        session.flush()
        assert left_over(session, before=pair.ward.at) == [one]
