"""What was kept long enough goes with everything that leads to it, and is missed by no check."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.auditing import Wanted, turn_to
from moderation.journal import write_down
from moderation.office import Office
from moderation.retention import deciding
from moderation.retention.purging import purge
from moderation.verifying import verify, verify_journal
from portal.models import Base, Case, Counter, Event, JournalEntry, Seal, Submission, Tie, Tombstone
from portal.models.retention import Facet
from portal.tracking import find
from portal.vocabulary import Deed, Kind, Status
from tests.moderation.quarantining.test_quarantining import flood
from tests.moderation.retention.conftest import TAKEN_BACK, TURNED_AWAY, Ended, Nights
from tests.moderation.walking import BACH, Walk
from tests.moderation.ward import WARD, Ward

TWO_YEARS = 733


@pytest.fixture
def over(nights: Nights, ended: Ended) -> Walk:
    """A case whose time is over, announced for long enough; another one is still open."""
    walk = ended()
    nights.leap(TWO_YEARS - 30)
    nights.pass_by(30)
    return walk


def filled(ward: Ward, number: int) -> Iterator[str]:
    """The tables in which anything still bears the number of a case."""
    with closing(sqlite3.connect(ward.database.engine.url.database or "")) as raw:
        for name, table in Base.metadata.tables.items():
            for column in table.columns:
                query = f'SELECT 1 FROM "{name}" WHERE "{column.name}" = ?'  # noqa: S608
                if raw.execute(query, (number,)).fetchone():
                    yield f"{name}.{column.name}"


def test_a_case_goes_on_the_day_that_was_announced(nights: Nights, over: Walk) -> None:
    assert over.number in nights.left()
    assert nights.pass_by(1) == 1
    assert nights.left() == set()


def test_nothing_bears_its_number_but_the_journal(nights: Nights, over: Walk) -> None:
    before = set(filled(nights.ward, over.number))
    assert {"submission.id", "event.case_id", "seal.target_id", "expiry.case_id"} <= before
    nights.pass_by(1)
    assert set(filled(nights.ward, over.number)) == {"journal_entry.case_id"} & before


def test_its_code_answers_as_one_that_never_was(nights: Nights, over: Walk) -> None:
    assert over.receipt
    nights.pass_by(1)
    with nights.ward.database.reading() as session:
        assert find(session, ring=nights.ward.ring, code=over.receipt.code) is None


def test_both_logs_are_whole_afterwards_and_the_next_letter_too(nights: Nights, over: Walk) -> None:
    nights.pass_by(1)
    nights.log()
    with nights.ward.database.reading() as session:
        report = verify(session, ring=nights.ward.worker_ring, moved=lambda _count: None)
        journal = verify_journal(session, ring=nights.ward.ring, moved=lambda _count: None)
        deeds = list(session.scalars(select(JournalEntry.deed).order_by(JournalEntry.id)))
        event = session.scalars(select(Event)).one()
    assert (report.faults, journal.faults) == ([], [])
    assert report.purged > 10
    assert deeds[-1] is Deed.PURGED
    assert (event.case_id, event.to_status, event.account_id) == (None, None, None)


def test_only_an_auditor_who_is_tied_to_nobody_reads_on_about_it(
    nights: Nights, over: Walk
) -> None:
    ward = nights.ward
    over.do("hoa", write_down_reading)

    def lines(tie: str = "") -> int:
        with ward.database.writing() as session:
            session.execute(text("DELETE FROM tie"))
            if tie:
                number, at = ward.accounts["auditor"], ward.at
                session.add(Tie(account_id=number, member_id=ward.members[tie], declared_at=at))
        with ward.database.reading() as session:
            wanted = Wanted(case_id=over.number)
            by = ward.person(session, "auditor")
            return len(turn_to(session, by=by, wanted=wanted, cursor=None).lines)

    assert (lines(), lines("bach"), lines("lua")) == (1, 0, 1)
    nights.pass_by(1)
    assert (lines(), lines("bach"), lines("lua")) == (1, 0, 0)


def write_down_reading(
    *, office: Office, case: Case, by: Person, session: Session, **_rest: object
) -> None:
    """As a page does when somebody opens the case."""
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.READ,
        account_id=by.account_id,
        case=case,
    )


def test_no_counter_is_off(nights: Nights, over: Walk) -> None:
    nights.pass_by(1)
    with nights.ward.database.reading() as session:
        assert set(session.scalars(select(Counter.amount))) == {0}


def test_what_went_is_counted_by_one_thing_at_a_time_and_at_no_cell(
    nights: Nights, over: Walk
) -> None:
    nights.pass_by(1)
    with nights.ward.database.reading() as session:
        stones = session.execute(
            select(
                *(Tombstone.organisation_id, Tombstone.quarter),
                *(Tombstone.facet, Tombstone.value, Tombstone.amount),
            )
        ).all()
    assert {(row.organisation_id, row.quarter, row.amount) for row in stones} == {
        (WARD, "2026-4", 1)
    }
    assert {(row.facet, row.value) for row in stones} == {
        (Facet.STATUS, Status.CLOSED.value),
        (Facet.KIND, Kind.REPORT.value),
        (Facet.TOPIC, "environment_order"),
        (Facet.RATING, "satisfied"),
    }


def test_what_counts_say_is_what_went(nights: Nights, ended: Ended) -> None:
    for stages in ((), TAKEN_BACK, TURNED_AWAY, TAKEN_BACK):
        ended(*stages)
    nights.leap(TWO_YEARS)
    assert nights.pass_by(31) == 4
    with nights.ward.database.reading() as session:
        for facet in Facet:
            amounts = select(func.sum(Tombstone.amount)).where(Tombstone.facet == facet)
            assert session.scalar(amounts) == 4, facet


def test_no_byte_of_its_keys_is_left_in_the_database(nights: Nights, over: Walk) -> None:
    ward = nights.ward
    with ward.database.reading() as session:
        boxes = list(session.scalars(select(Seal.box)))
        boxes += list(session.scalars(select(Submission.words)))
    assert len(boxes) > 4
    assert all(lies(ward, box) for box in boxes)
    nights.pass_by(1)
    assert not any(lies(ward, box) for box in boxes)


def lies(ward: Ward, box: bytes) -> bool:
    """Whether a part of a sealed box lies anywhere in the files of the database."""
    file = Path(ward.database.engine.url.database or "")
    pile = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    return any(box[at : at + 12] in pile for at in range(0, len(box) - 12, 12))


def test_the_first_of_copies_waits_until_all_of_them_are_decided_on(nights: Nights) -> None:
    ward = nights.ward
    flood(ward, 2, BACH)
    first = min(nights.left())
    with ward.database.writing() as session:
        session.execute(
            text("UPDATE feedback_case SET status = 'declined', finished_at = :at WHERE id = :id"),
            {"at": ward.at.strftime("%Y-%m-%d %H:%M:%S.%f"), "id": first},
        )
    nights.log()
    nights.leap(TWO_YEARS)
    assert nights.pass_by(40) == 0
    with ward.database.writing() as session:
        session.execute(text("UPDATE feedback_case SET held = 0"))
    assert nights.pass_by(1) == 1
    assert first not in nights.left()


def test_a_step_that_the_log_does_not_have_yet_keeps_the_case(nights: Nights, ended: Ended) -> None:
    walk = ended(*TAKEN_BACK)
    with nights.ward.database.writing() as session:
        session.execute(text("DELETE FROM log_leaf WHERE event_uid IN (SELECT uid FROM event)"))
    nights.leap(200)
    assert nights.pass_by(40) == 0
    assert walk.number in nights.left()


def test_a_schema_that_nobody_decided_on_lets_nothing_go(
    nights: Nights, over: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(deciding.FATES, "paper")
    with pytest.raises(deciding.Undecided, match="paper"), nights.ward.database.writing() as s:
        purge(s, office=nights.ward.office, case_ids=[over.number])
    assert over.number in nights.left()
