"""What the worker does to a new case before anybody sees it, and that it does it once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from moderation.own_words import happened, open_words
from moderation.papers import read_paper
from moderation.preparing import unprepared
from portal.db import Base
from portal.deadlines import due
from portal.models import (
    CaseScope,
    Counter,
    Event,
    Notice,
    Seal,
    StageClock,
    Submission,
)
from portal.models.case import PaperKind, Room
from portal.models.submission import SealHolder, SealTarget
from portal.text import When
from portal.vault import decrypt
from portal.words import Words
from tests.doors.course import Course
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import OTHER_WARD, PROVINCE, SCHOOL, WARD, Ward

NUMBERS = Words(
    about="Ông Nông Văn Bách, số điện thoại 0912 345 678",
    what="Ông Bách, CCCD 020085001234, để vật liệu lấn vỉa hè. Gọi tôi 0987654321.",
    hope="Xin gọi 0987 654 321 để báo lại.",
)


def rows(walk: Walk) -> list[tuple[object, ...]]:
    with walk.seen() as (session, _case):
        return [
            (table.name, tuple(row))
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(table))
        ]


def reading_of(walk: Walk) -> dict[str, object]:
    with walk.seen() as (session, case):
        keys = walk.ward.keys(session, case)
        paper = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.READING)
    assert paper is not None
    return paper


def test_new_cases_wait_oldest_first_until_they_are_prepared(ward: Ward) -> None:
    walks = [set_out(ward) for _number in range(3)]
    for walk in walks:
        walk.send()
    with ward.database.reading() as session:
        assert unprepared(session) == [walk.number for walk in walks]
        assert unprepared(session, limit=2) == [walk.number for walk in walks[:2]]
    walks[0].prepare()
    with ward.database.reading() as session:
        assert unprepared(session) == [walk.number for walk in walks[1:]]


def test_before_it_is_prepared_a_case_is_filed_and_counted_nowhere(ward: Ward) -> None:
    walk = set_out(ward).until(Course.send)
    with walk.seen() as (session, case):
        assert case.desk_id is None
        assert not session.scalars(select(CaseScope.case_id)).all()
        assert not session.scalars(select(Counter.amount)).all()


def test_a_prepared_case_is_on_its_desk_and_those_above(ward: Ward) -> None:
    walk = set_out(ward).until(Course.prepare)
    with walk.seen() as (session, case):
        assert (case.desk_id, case.prepared_at) == (WARD, ward.at)
        found = session.execute(select(CaseScope.room, CaseScope.organisation_id)).all()
        assert {tuple(row) for row in found} == {(Room.DESK, WARD), (Room.DESK, PROVINCE)}
        notice = session.scalars(select(Notice).where(Notice.case_id == case.id)).one()
        assert (notice.kind, notice.organisation_id) == ("arrived", WARD)


def test_preparing_twice_changes_nothing(ward: Ward) -> None:
    walk = set_out(ward).until(Course.prepare)
    before = rows(walk)
    ward.later(days=1)
    walk.prepare()
    assert rows(walk) == before


def test_the_masked_reading_holds_no_number(ward: Ward) -> None:
    walk = set_out(ward, NUMBERS).until(Course.prepare)
    paper = reading_of(walk)
    text = str(paper["words"])
    assert not any(sign.isdigit() for sign in text), text
    assert "vật liệu lấn vỉa hè" in text
    assert paper["masked"] == 4
    with walk.seen() as (session, _case):
        prepared = session.scalars(select(Event).where(Event.action == "prepare")).one()
        assert prepared.facts == {"masked": "4"}
        assert not prepared.shown


def test_the_words_as_written_stay_as_they_were(ward: Ward) -> None:
    walk = set_out(ward, NUMBERS).until(Course.prepare)
    with walk.seen() as (session, _case):
        submission = session.get_one(Submission, walk.number)
        assert open_words(session, office=ward.office, submission=submission) == NUMBERS


def test_the_headline_is_sealed_and_masked(ward: Ward) -> None:
    walk = set_out(ward, NUMBERS).until(Course.prepare)
    with walk.seen() as (session, case):
        keys = ward.keys(session, case)
        assert case.headline is not None
        text = decrypt(keys.internal, case.headline, "feedback_case", case.id, "headline").decode()
    assert text.startswith("Ông Bách")
    assert not any(sign.isdigit() for sign in text)


def test_the_internal_key_is_sealed_to_the_staff_only(ward: Ward) -> None:
    walk = set_out(ward).until(Course.prepare)
    with walk.seen() as (session, case):
        holders = session.scalars(
            select(Seal.holder).where(
                Seal.target == SealTarget.CASE_INTERNAL, Seal.target_id == case.id
            )
        ).all()
    assert holders == [SealHolder.STAFF]


def test_the_first_clocks_count_from_the_arrival(ward: Ward) -> None:
    walk = set_out(ward).until(Course.send)
    arrived = ward.at
    ward.later(hours=30)
    walk.prepare()
    with walk.seen() as (session, case):
        clocks = {clock.stage: clock.due_at for clock in session.scalars(select(StageClock))}
        assert clocks == {
            "screening": due(arrived, 2, ward.calendar),
            "pass_on": due(arrived, 5, ward.calendar),
        }
        assert case.due_at == clocks["screening"]


def test_whoever_fears_something_is_screened_within_one_day(ward: Ward) -> None:
    walk = set_out(ward, fears_retaliation=True).until(Course.prepare)
    with walk.seen() as (_session, case):
        assert case.due_at == due(ward.at, 1, ward.calendar)


def test_without_a_known_place_the_intake_screens(ward: Ward) -> None:
    for unit in (None, SCHOOL):
        walk = set_out(ward, Words(about="Một đảng viên", what="Lấn vỉa hè."), unit_id=unit)
        walk.until(Course.prepare)
        with walk.seen() as (_session, case):
            assert case.desk_id == PROVINCE


def test_the_ward_that_the_writer_chose_screens(ward: Ward) -> None:
    words = Words(about="Một đảng viên", what="Lấn vỉa hè.")
    walk = set_out(ward, words, unit_id=OTHER_WARD).until(Course.prepare)
    with walk.seen() as (_session, case):
        assert case.desk_id == OTHER_WARD


def test_when_it_happened_is_read_where_the_writer_said_so(ward: Ward) -> None:
    today = ward.office.today
    said = happened(Words("a", "b", when="20/11/2026"), ward.office)
    assert isinstance(said, When)
    assert said.start == said.end == today - timedelta(days=3)
    assert happened(Words("a", "b", when="hôm nào đó"), ward.office) is None
