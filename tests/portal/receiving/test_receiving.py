"""Receiving: sealed as it arrives, once, and never readable by the process that took it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.db import Database
from portal.models import Case, Event, Seal, Submission
from portal.models.submission import SealHolder, SealTarget
from portal.receiving import (
    RECEIPT_LASTS,
    AlreadySent,
    Entry,
    NeverSent,
    OtherWords,
    Receipt,
    confirm_saved,
    receive,
    repeat,
)
from portal.vault import Ring, code_from_token, decrypt, new_token, open_box
from portal.vocabulary import Context, HowKnown, Kind, PostLevel, Status
from portal.words import Words
from tests.clocks import START

ENTRY = Entry(Words("Ông Bách", "Vật liệu lấn vỉa hè."), kind=Kind.REPORT)
OTHERS = [
    replace(ENTRY, words=replace(ENTRY.words, what="Việc khác.")),
    replace(ENTRY, words=replace(ENTRY.words, hope="Mong dọn sớm.")),
    replace(ENTRY, kind=None),
    replace(ENTRY, context=Context.WORK),
    replace(ENTRY, how_known=HowKnown.SEEN),
    replace(ENTRY, post_level=PostLevel.CELL),
    replace(ENTRY, fears_retaliation=True),
]


def send(
    database: Database, ring: Ring, token: str, entry: Entry = ENTRY, at: datetime = START
) -> Receipt:
    """Receive in a unit of work."""
    with database.writing() as session:
        return receive(session, ring=ring, token=token, entry=entry, at=at)


def count(database: Database) -> int:
    """How many submissions there are."""
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Submission)) or 0


def test_a_submission_begins_its_own_case_with_its_first_event(
    database: Database, ring_public: Ring
) -> None:
    receipt = send(database, ring_public, new_token())
    with database.reading() as session:
        submission = session.scalars(select(Submission)).one()
        case = session.scalars(select(Case)).one()
        event = session.scalars(select(Event)).one()
    assert receipt.reference == submission.reference == "PA-2026-000001"
    assert submission.case_id == case.id == event.case_id
    assert case.status is event.to_status is Status.RECEIVED
    assert case.prepared_at is None
    assert (event.action, event.shown, event.from_status) == ("receive", True, None)
    assert len(event.commitment) == 32


def test_every_answer_is_kept_with_the_submission_and_its_case(
    database: Database, ring_public: Ring
) -> None:
    send(
        database,
        ring_public,
        new_token(),
        replace(
            ENTRY,
            kind=Kind.REPORT,
            context=Context.WORK,
            how_known=HowKnown.SEEN,
            post_level=PostLevel.CELL,
            fears_retaliation=True,
        ),
    )
    with database.reading() as session:
        submission = session.scalars(select(Submission)).one()
        case = session.scalars(select(Case)).one()
    assert (submission.kind, submission.context) == (Kind.REPORT, Context.WORK)
    assert (submission.how_known, submission.post_level) == (HowKnown.SEEN, PostLevel.CELL)
    assert submission.fears_retaliation
    assert (case.kind, case.sent_as, case.fears_retaliation) == (Kind.REPORT, Kind.REPORT, True)


def test_words_open_with_the_code_and_with_the_staff_key(
    database: Database, ring_public: Ring, ring_staff: Ring
) -> None:
    receipt = send(database, ring_public, new_token())
    number = receipt.submission_id
    with database.reading() as session:
        words = session.scalars(select(Submission.words)).one()
        seals = {(s.target, s.holder): s for s in session.scalars(select(Seal))}
    assert len(seals) == 4
    code_key = receipt.code.key(ring_public.pepper)
    by_code = decrypt(
        code_key, seals[SealTarget.SUBMISSION, SealHolder.CODE].box, "seal", number, "code"
    )
    by_staff = open_box(
        ring_staff.private[1],
        seals[SealTarget.SUBMISSION, SealHolder.STAFF].box,
        "submission",
        number,
    )
    assert by_code == by_staff
    assert Words.from_bytes(decrypt(by_code, words, "submission", number, "words")) == ENTRY.words


def test_the_code_and_the_words_are_nowhere_in_the_file(
    database: Database, ring_public: Ring
) -> None:
    receipt = send(database, ring_public, new_token())
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    with open(str(database.engine.url.database), "rb") as file:
        raw = file.read()
    for planted in (receipt.code.symbols, "Vật liệu", "vỉa hè", "Bách"):
        assert planted.encode() not in raw


def test_the_same_form_gives_the_same_receipt(database: Database, ring_public: Ring) -> None:
    token = new_token()
    first = send(database, ring_public, token)
    later = START + RECEIPT_LASTS
    assert send(database, ring_public, token, at=later) == first
    with database.reading() as session:
        assert repeat(session, ring=ring_public, token=token, at=later) == first
    assert count(database) == 1


@pytest.mark.parametrize("other", OTHERS)
def test_any_other_answer_needs_a_new_form(
    database: Database, ring_public: Ring, other: Entry
) -> None:
    token = new_token()
    send(database, ring_public, token)
    with pytest.raises(OtherWords):
        send(database, ring_public, token, other)
    assert count(database) == 1


def test_after_its_time_the_receipt_is_not_given_again(
    database: Database, ring_public: Ring
) -> None:
    token = new_token()
    send(database, ring_public, token)
    late = START + RECEIPT_LASTS + timedelta(microseconds=1)
    with pytest.raises(AlreadySent):
        send(database, ring_public, token, at=late)
    with database.reading() as session, pytest.raises(AlreadySent):
        repeat(session, ring=ring_public, token=token, at=late)


def test_after_saving_the_receipt_is_not_given_again(database: Database, ring_public: Ring) -> None:
    token = new_token()
    receipt = send(database, ring_public, token)
    with database.writing() as session:
        confirm_saved(session, submission_id=receipt.submission_id, at=START)
    with pytest.raises(AlreadySent):
        send(database, ring_public, token)


def test_a_form_that_was_never_sent_has_no_receipt(database: Database, ring_public: Ring) -> None:
    with database.reading() as session, pytest.raises(NeverSent):
        repeat(session, ring=ring_public, token=new_token(), at=START)


def test_the_code_of_a_receipt_follows_from_its_form(database: Database, ring_public: Ring) -> None:
    token = new_token()
    receipt = send(database, ring_public, token)
    assert receipt.code == code_from_token(token, ring_public.pepper)


def test_numbers_begin_anew_with_the_year_in_vietnam(database: Database, ring_public: Ring) -> None:
    # Seven hours before midnight in Greenwich it is already the new year in Vietnam.
    moments = (
        datetime(2026, 12, 31, 16, 59, tzinfo=UTC),
        datetime(2026, 12, 31, 17, 0, tzinfo=UTC),
        datetime(2027, 1, 1, 9, 0, tzinfo=UTC),
    )
    references = [send(database, ring_public, new_token(), at=at).reference for at in moments]
    assert references == ["PA-2026-000001", "PA-2027-000001", "PA-2027-000002"]
