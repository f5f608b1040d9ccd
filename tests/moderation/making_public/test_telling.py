"""An answer is told to everybody only as its writer allows, after two people and ninety days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from moderation.discretion import NamesSomebody
from moderation.making_public.alike import crowd_of, quarter_of
from moderation.making_public.inviting import TOPICS, invite
from moderation.making_public.reading import read_answer
from moderation.making_public.taking_away import forget
from moderation.making_public.writing import (
    POINTS,
    TooFewAlike,
    first_day,
    next_month,
    places_told,
)
from moderation.retention.marking import bring
from moderation.retention.purging import purge
from moderation.retention.replaying import Replayed, replay
from moderation.versions import ParaphraseNeeded, TellsDetail
from moderation.workflow import Conflict, Incomplete, NotAvailable
from portal.figures.quarters import Quarter
from portal.models import (
    AnswerConsent,
    AnswerInvitation,
    AnswerRelease,
    Case,
    Event,
    FollowUp,
    JournalEntry,
    PublishedAnswer,
    Slip,
    Submission,
)
from portal.tracking import CannotAct, consent_of, contest, find
from portal.tracking.consenting import MOST_TURNS, mark_of
from portal.vault import new_uid
from portal.vocabulary import ActionKind, Deed, Kind, Publication, Status, Topic
from tests.moderation.making_public.teller import TEXT, Teller
from tests.moderation.ward import COMMISSION, NOON, OTHER_WARD, PROVINCE, WARD, Ward, copy

HELD = timedelta(days=90)


@pytest.fixture(scope="module")
def closed(built_ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Teller:
    """Such a case in a ward that is only ever copied."""
    ward = copy(built_ward, tmp_path_factory.mktemp("closed") / "ward")
    ward.at = NOON - timedelta(days=7)
    teller = Teller.of(ward)
    ward.database.engine.dispose()
    return teller


@pytest.fixture
def fresh(closed: Teller, tmp_path: Path) -> Iterator[Callable[[], Teller]]:
    """``fresh()`` is a copy of it."""
    numbers, wards = count(), list[Ward]()

    def again() -> Teller:
        source = Path(closed.ward.database.engine.url.database or "").parent
        wards.append(copy(source, tmp_path / str(next(numbers))))
        wards[-1].at = closed.ward.at
        return Teller(wards[-1], replace(closed.walk, ward=wards[-1]))

    yield again
    for ward in wards:
        ward.database.engine.dispose()


@pytest.fixture
def alone(fresh: Callable[[], Teller]) -> Teller:
    """A case that was just closed; no other is like it."""
    return fresh()


@pytest.fixture
def teller(alone: Teller) -> Teller:
    """A case that was just closed, among enough like it."""
    return alone.among()


@pytest.fixture
def ready(teller: Teller) -> Teller:
    """One whose text was confirmed."""
    teller.say(agrees=True).write().confirm()
    return teller


def test_an_answer_is_told_without_anything_that_leads_to_its_case(ready: Teller) -> None:
    ready.wait(200)
    (told,) = ready.told
    assert ready.state is Publication.PUBLISHED
    assert (told.words, told.unit_id, told.topic) == (TEXT, WARD, Topic.ENVIRONMENT_ORDER)
    assert told.quarter == 20264
    columns = set(PublishedAnswer.__table__.columns.keys())
    assert columns == {"uid", "unit_id", "topic", "quarter", "words"}


def test_it_is_published_on_the_first_of_a_month_ninety_days_after_closing(ready: Teller) -> None:
    closed = ready.release.closed_on
    first = ready.release.publish_on
    assert first is not None
    assert (first.day, first >= closed + HELD) == (1, True)
    ready.wait((first - ready.ward.office.today).days - 1)
    assert ready.told == []
    assert len(ready.wait(1).told) == 1


@given(st.dates(date(2025, 1, 1), date(2040, 12, 31)))
def test_the_first_day_tells_nothing_but_the_quarter_of_closing(day: date) -> None:
    first, quarter = first_day(day), Quarter.of(day)
    assert first - day >= HELD
    assert first_day(quarter.since) == first == first_day(quarter.until)
    assert (next_month(day) > day, next_month(day).day) == (True, 1)


STEPS = ("yes", "no", "write", "confirm", "stop", "wait")


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.sampled_from(STEPS), min_size=4, max_size=12))
def test_nothing_is_ever_told_without_a_yes_that_stands_and_ninety_days(
    fresh: Callable[[], Teller], steps: list[str]
) -> None:
    teller, says = fresh().among(), False
    closed = teller.release.closed_on
    for step in steps:
        says = {"yes": True, "no": False}.get(step, says)
        _try(teller, step)
        if teller.told:
            assert says
            assert teller.ward.office.today >= closed + HELD
            assert teller.state is Publication.PUBLISHED


def _try(teller: Teller, step: str) -> None:
    deeds: dict[str, Callable[[], object]] = {
        "yes": lambda: teller.say(agrees=True),
        "no": lambda: teller.say(agrees=False),
        "write": teller.write,
        "confirm": teller.confirm,
        "stop": teller.stop,
        "wait": lambda: teller.wait(50),
    }
    with suppress(NotAvailable, CannotAct):
        deeds[step]()


def test_a_no_takes_it_away_at_once_and_a_later_yes_begins_anew(ready: Teller) -> None:
    ready.wait(200).say(agrees=False)
    assert (ready.told, ready.state) == ([], Publication.REFUSED)
    ready.say(agrees=True)
    assert ready.state is Publication.AGREED
    with ready.ward.database.reading() as session:
        case = session.get_one(Case, ready.walk.number)
        told = read_answer(
            session,
            keys=ready.ward.keys(session, case),
            case=case,
            person=ready.ward.person(session, "lam"),
        )
    assert told is not None
    assert (told.text, told.writer) == ("", "")
    ready.wait(40)
    assert ready.told == []


def test_a_no_that_waits_is_stronger_than_the_day_of_publishing(ready: Teller) -> None:
    ready.ward.at += timedelta(days=200)
    ready.say_only(agrees=False)
    ready.work()
    assert ready.told == []


def test_what_was_not_said_with_the_code_counts_for_nothing(teller: Teller) -> None:
    mark, false = teller.release.mark, new_uid()
    row = {"uid": false, "mark": mark, "turn": 1, "body": b"x" * 29, "done": False}
    with teller.ward.database.writing() as session:
        session.execute(insert(AnswerConsent).values(row))
    teller.work()
    assert teller.state is Publication.ASKED
    assert teller.say(agrees=True).state is Publication.AGREED


def test_an_older_yes_that_is_written_once_more_is_not_followed(teller: Teller) -> None:
    teller.say(agrees=True).say(agrees=False)
    with teller.ward.database.writing() as session:
        old = session.scalars(select(AnswerConsent).where(AnswerConsent.turn == 1)).one()
        old.done = False
    teller.work()
    assert teller.state is Publication.REFUSED


def test_nobody_changes_their_mind_for_ever_but_a_no_is_always_taken(teller: Teller) -> None:
    for turn in range(MOST_TURNS):
        teller.say(agrees=turn % 2 == 0)
    with pytest.raises(CannotAct):
        teller.say(agrees=True)
    assert teller.state is Publication.REFUSED


def test_whom_it_could_harm_is_never_asked(alone: Teller) -> None:
    harmful: list[tuple[str, object]] = [
        *((name, True) for name in ("fears_retaliation", "possible_denunciation")),
        *((name, True) for name in ("guessable", "restricted")),
        *(("topic", topic) for topic in set(Topic) - TOPICS),
        ("letter_count", 2),
        ("sent_as", Kind.NOMINATION),
        ("contested_from", Status.ANSWERED),
        ("reopened_at", NOON),
        ("status", Status.DECLINED),
    ]
    for name, value in harmful:
        assert not invited(alone, partial(change, name, value)), name
    assert invited(alone, lambda _session, _case: None)


def test_what_rows_beside_it_tell_against_it_counts_as_well(alone: Teller) -> None:
    def inspected(session: Session, case: Case) -> None:
        event = session.scalars(select(Event).where(Event.case_id == case.id)).all()[-1]
        event.organisation_id = COMMISSION

    def cleared(session: Session, case: Case) -> None:
        done = session.scalars(select(FollowUp).where(FollowUp.case_id == case.id)).all()[0]
        done.kind = ActionKind.CLEAR_NAME

    def feared(session: Session, case: Case) -> None:
        session.get_one(Submission, case.id).fears_retaliation = True

    def parted(session: Session, case: Case) -> None:
        session.get_one(Submission, case.id).divided_at = NOON

    for harm in (inspected, cleared, feared, parted):
        assert not invited(alone, harm), harm


def test_a_code_that_staff_still_know_allows_nothing(alone: Teller) -> None:
    def with_slip(exchanged: bool) -> Callable[[Session, Case], None]:
        def add(session: Session, case: Case) -> None:
            at = NOON if exchanged else None
            slip = Slip(submission_id=case.id, lookup=b"x" * 32, key_version=1, at=NOON)
            slip.exchanged_at = at
            session.add(slip)

        return add

    assert not invited(alone, with_slip(exchanged=False))
    assert invited(alone, with_slip(exchanged=True))


def change(name: str, value: object, _session: Session, case: Case) -> None:
    """Let a case be otherwise."""
    setattr(case, name, value)


def invited(teller: Teller, harm: Callable[[Session, Case], None]) -> bool:
    """Whether its writer would be asked if this were so; nothing of it stays."""
    ward = teller.ward
    with ward.database.writing() as session:
        case = session.get_one(Case, teller.walk.number)
        forget(session, case_ids=[case.id])
        harm(session, case)
        session.flush()
        invite(session, office=ward.office, keys=ward.keys(session, case), case=case)
        found = session.scalar(select(func.count()).select_from(AnswerInvitation))
        session.rollback()
    return bool(found)


def test_whoever_wrote_the_text_does_not_confirm_it(teller: Teller) -> None:
    teller.say(agrees=True).write(by="hoa")
    with pytest.raises(NotAvailable):
        teller.confirm(by="hoa")
    teller.write("Một hộ đã dọn lối đi chung.", by="lam")
    with pytest.raises(Conflict):
        teller.confirm(by="hoa", draft=1)
    with pytest.raises(Incomplete):
        teller.confirm(by="hoa", points=POINTS[1:])
    teller.confirm(by="hoa")
    assert teller.state is Publication.CONFIRMED


def test_a_new_text_is_confirmed_anew(ready: Teller) -> None:
    ready.write("Một hộ đã dọn lối đi chung.")
    assert ready.wait(200).told == []


def test_nothing_is_written_before_the_writer_has_said_yes(teller: Teller) -> None:
    with pytest.raises(NotAvailable):
        teller.write()


def test_among_too_few_that_are_alike_nothing_is_told(alone: Teller) -> None:
    alone.among(3).among(9, topic=Topic.PARTY_LIFE).say(agrees=True)
    with pytest.raises(TooFewAlike):
        alone.write()
    alone.among(1).write().confirm()


def test_where_a_ward_has_too_few_it_is_told_of_the_province(alone: Teller) -> None:
    teller, ward = alone.among(2), alone.ward
    with ward.database.writing() as session:
        for _each in range(2):
            case = ward.place(session, status=Status.CLOSED, handler=OTHER_WARD)
            case.topic, case.finished_at = Topic.ENVIRONMENT_ORDER, ward.at
        crowd = crowd_of(
            session,
            case=session.get_one(Case, teller.walk.number),
            closed_on=teller.release.closed_on,
        )
    assert crowd is not None
    assert (crowd.unit.id, crowd.cases, crowd.enough) == (PROVINCE, 5, True)


def test_on_the_day_it_waits_where_too_few_are_left(ready: Teller) -> None:
    with ready.ward.database.writing() as session:
        others = session.scalars(select(Case).where(Case.id != ready.walk.number)).all()
        for case in others[:2]:
            case.topic = Topic.PARTY_LIFE
    assert ready.wait(200).told == []
    assert ready.state is Publication.CONFIRMED
    ready.among(0)
    with ready.ward.database.writing() as session:
        for case in session.scalars(select(Case)):
            case.topic = Topic.ENVIRONMENT_ORDER
    assert len(ready.wait(31).told) == 1


def test_a_text_by_which_somebody_is_known_is_not_kept(teller: Teller) -> None:
    teller.say(agrees=True)
    for text, refused in (
        ("Ông Nông Văn Bách đã dọn lối đi.", NamesSomebody),
        ("Đã dọn ngày 12/11, lối đi thông thoáng.", TellsDetail),
        ("Một hộ ở khối 7 đã dọn lối đi.", TellsDetail),
        ("Chi bộ Hòa Bình đã nhắc một hộ.", TellsDetail),
        ("Bí thư đã nhắc một hộ dọn lối đi.", TellsDetail),
        ("Vật liệu xây dựng để lấn hết vỉa hè trước nhà đã được dọn.", ParaphraseNeeded),
        ("   ", Incomplete),
    ):
        with pytest.raises(refused):
            teller.write(text)
    assert teller.state is Publication.AGREED


def test_places_are_known_by_their_names_and_plain_words_are_none() -> None:
    assert places_told("Họp ở thon 3, chợ Giếng Vuông, rồi báo phó bí thư.") == (
        *("thon 3", "chợ Giếng"),
        "bí thư",
    )
    for text in (TEXT, "Chi bộ đã họp.", "Công khai quỹ ở tổ. Việc đã xong.", "Ra chợ là thấy."):
        assert places_told(text) == ()


def test_numbers_of_people_are_masked_in_it(teller: Teller) -> None:
    teller.say(agrees=True).write("Một hộ đã dọn, hỏi số 0912 345 678.").confirm()
    (told,) = teller.wait(200).told
    assert "0912" not in told.words


def test_one_of_the_staff_is_enough_to_end_it_for_good(ready: Teller) -> None:
    ready.wait(200).stop(by="hoa")
    assert (ready.told, ready.state) == ([], Publication.STOPPED)
    with pytest.raises(CannotAct):
        ready.say(agrees=True)


def test_a_result_that_is_contested_is_told_no_more(ready: Teller) -> None:
    with ready.ward.database.writing() as session:
        early = PublishedAnswer(uid=new_uid(), unit_id=WARD, topic=Topic.OTHER)
        early.quarter, early.words = 20264, TEXT
        session.add(early)
        session.get_one(AnswerRelease, ready.walk.number).published = early.uid
    ready.walk.act(
        lambda session, tracked: contest(
            session, tracked=tracked, text="Chưa dọn.", at=ready.ward.at
        )
    )
    assert (ready.told, ready.state) == ([], Publication.STOPPED)


def test_an_older_database_tells_nothing_that_was_taken_away_since(
    ready: Teller, tmp_path: Path
) -> None:
    ready.wait(200)
    source = Path(ready.ward.database.engine.url.database or "").parent
    for name, deed, state in (
        ("no", lambda: ready.say(agrees=False), Publication.REFUSED),
        ("end", lambda: ready.stop(by="hoa"), Publication.STOPPED),
    ):
        older = copy(source, tmp_path / name)
        older.at = ready.ward.at
        deed()
        bring(ready.ward.database, ring=ready.ward.ring, folder=tmp_path / "purged")
        back = Teller(older, replace(ready.walk, ward=older))
        assert len(back.told) == 1
        done = replay(older.database, office=older.office, folder=tmp_path / "purged")
        assert (done, back.told, back.state) == (Replayed(answers=1), [], state)
        again = replay(older.database, office=older.office, folder=tmp_path / "purged")
        assert again == Replayed()
        older.database.engine.dispose()
        if state is Publication.REFUSED:
            ready.say(agrees=True).write().confirm()
            ready.wait(60)


def test_it_goes_with_its_case(ready: Teller) -> None:
    ready.wait(200)
    with ready.ward.database.writing() as session:
        purge(session, office=ready.ward.office, case_ids=[ready.walk.number])
    with ready.ward.database.reading() as session:
        for table in (PublishedAnswer, AnswerInvitation, AnswerConsent):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_the_journal_holds_who_did_what(ready: Teller) -> None:
    ready.stop()
    with ready.ward.database.reading() as session:
        rows = session.execute(
            select(JournalEntry.deed, JournalEntry.account_id)
            .where(JournalEntry.case_id == ready.walk.number)
            .order_by(JournalEntry.id.desc())
            .limit(3)
        ).all()
    accounts = ready.ward.accounts
    assert [tuple(row) for row in rows] == [
        (Deed.PUBLIC_ANSWER_STOPPED, accounts["lam"]),
        (Deed.PUBLIC_ANSWER_CONFIRMED, accounts["lam"]),
        (Deed.PUBLIC_ANSWER_WRITTEN, accounts["hoa"]),
    ]


def test_no_step_in_the_course_tells_when_it_was_told(ready: Teller) -> None:
    with ready.ward.database.reading() as session:
        before = session.scalar(select(func.count()).select_from(Event))
        ready.wait(200)
        assert ready.told
        assert session.scalar(select(func.count()).select_from(Event)) == before


def test_the_mark_leads_to_nobody_without_the_code(teller: Teller) -> None:
    receipt = teller.walk.receipt
    assert receipt is not None
    with teller.ward.database.reading() as session:
        tracked = find(session, ring=teller.ward.ring, code=receipt.code)
        assert tracked is not None
        assert mark_of(tracked.key) == teller.release.mark
        assert consent_of(session, tracked=tracked) is not None
        other = tracked._replace(key=b"k" * 32)
        assert consent_of(session, tracked=other) is None
    assert quarter_of(date(2026, 12, 31)) == 20264
