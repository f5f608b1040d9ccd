"""The journal: every entry is bound to all before it, and a reading is written once an hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from moderation.journal import broken_entries, has_just_read, write_down
from portal.models import JournalEntry
from portal.vocabulary import Deed, Status
from tests.moderation.ward import CELL_7, WARD, Ward


def put(ward: Ward, *logins: str) -> None:
    """Each of them opens nothing in particular."""
    with ward.database.writing() as session:
        for login in logins:
            write_down(
                session,
                ring=ward.ring,
                at=ward.at,
                deed=Deed.EXPORTED,
                account_id=ward.accounts[login],
                organisation_id=WARD,
            )


def broken(session: Session, ward: Ward) -> list[int]:
    """Where the chain breaks, as the worker's keys see it."""
    return list(broken_entries(session, ring=ward.worker_ring))


def test_a_journal_that_nobody_touched_is_whole(ward: Ward) -> None:
    put(ward, "hoa", "lam", "thu")
    with ward.database.reading() as session:
        assert broken(session, ward) == []
        assert len(set(session.scalars(select(JournalEntry.chain)))) == 3


@pytest.mark.parametrize(
    "column", ["at", "deed", "account_id", "case_id", "organisation_id", "uid", "chain"]
)
def test_an_entry_that_was_altered_is_named(ward: Ward, column: str) -> None:
    put(ward, "hoa", "lam", "thu")
    values = {
        "at": ward.at - timedelta(days=1),
        "deed": Deed.READ,
        "account_id": ward.accounts["far"],
        "organisation_id": CELL_7,
        "uid": bytes(16),
        "chain": bytes(32),
    }
    with ward.database.writing() as session:
        values["case_id"] = ward.place(session, status=Status.SCREENING).id
        second = session.scalars(select(JournalEntry.id).order_by(JournalEntry.id)).all()[1]
        session.execute(
            update(JournalEntry).where(JournalEntry.id == second).values({column: values[column]})
        )
        assert second in broken(session, ward)


def test_an_entry_that_was_removed_or_moved_is_missed(ward: Ward) -> None:
    put(ward, "hoa", "lam", "thu")
    with ward.database.writing() as session:
        first, second, third = session.scalars(select(JournalEntry.id).order_by(JournalEntry.id))
        session.execute(delete(JournalEntry).where(JournalEntry.id == second))
        assert broken(session, ward) == [third]
        session.rollback()
        for old, new in ((second, 0), (first, second), (0, first)):
            session.execute(
                text("UPDATE journal_entry SET id = :new WHERE id = :old"), {"old": old, "new": new}
            )
        assert broken(session, ward) == [first, second, third]


def test_a_reading_counts_for_an_hour_for_one_person_and_one_case(ward: Ward) -> None:
    hoa, lam = ward.accounts["hoa"], ward.accounts["lam"]
    with ward.database.writing() as session:
        case, other = (
            ward.place(session, status=Status.SCREENING),
            ward.place(session, status=Status.SCREENING),
        )
        write_down(session, ring=ward.ring, at=ward.at, deed=Deed.READ, account_id=hoa, case=case)
        soon, late = ward.at + timedelta(minutes=59), ward.at + timedelta(hours=1)
        assert has_just_read(session, account_id=hoa, case_id=case.id, at=soon)
        assert not has_just_read(session, account_id=hoa, case_id=case.id, at=late)
        assert not has_just_read(session, account_id=lam, case_id=case.id, at=soon)
        assert not has_just_read(session, account_id=hoa, case_id=other.id, at=soon)
