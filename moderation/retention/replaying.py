"""Destroying again what the purge list names, after an older database was put in place.

No period and no hold is asked for: they were when it went. Each step is a transaction of its own
and may be killed; until the list says that all of it was done, it is done from the beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from moderation.identity.destroying import destroy
from moderation.office import Office
from moderation.retention.contacts import tables_of_contacts
from moderation.retention.deciding import tables_that_go
from moderation.retention.marking import (
    ADDRESS,
    WRITER,
    case_marks,
    journal_mark,
    letter_mark,
    record,
)
from moderation.retention.purge_list import open_list
from moderation.retention.purging import purge
from moderation.retention.trimming import trim_again
from portal.db import Database, queue_for
from portal.models import Case, Identity, JournalEntry, NoticeAddress, Submission
from portal.periods import UNITS
from portal.vocabulary import RetentionRule

#: So many cases go in one transaction: nobody else waits for longer than that takes.
BATCH = 20
#: So many rows are looked at together.
LOOK = 200
#: Whoever places or releases a hold waits for the same: what is held a moment before stays.
QUEUE = b"retention"

_STREAMED = {"yield_per": LOOK}

Moved = Callable[[int], None]


@dataclass
class Replayed:
    """How much went again: cases, who wrote or where to write to them, entries of the journal."""

    cases: int = 0
    writers: int = 0
    entries: int = 0


def replay(
    database: Database, *, office: Office, folder: Path, moved: Moved = lambda _count: None
) -> Replayed:
    """Destroy again what the list says was destroyed; ``moved`` is told how many cases were seen.

    Afterwards the database knows every mark of the list. Raises OSError when the list cannot be
    written, and Undecided for a table that nobody has decided on.
    """
    done = Replayed()
    with open_list(folder, office.ring) as book:
        purged = frozenset(bytes.fromhex(each) for each in book.read().purged)
        if purged:
            _cases(database, office, purged, done, moved)
            _writers(database, office, purged, done)
            _journal(database, office, purged, done)
            with database.writing() as session:
                record(session, purged, listed=True)
        book.replayed()
    if done.cases or done.writers or done.entries:
        tables = {*tables_that_go(), *tables_of_contacts(), JournalEntry.__tablename__}
        database.sweep(sorted(tables))
    return done


def _cases(
    database: Database, office: Office, purged: frozenset[bytes], done: Replayed, moved: Moved
) -> None:
    """Delete again the cases that had gone."""
    last = 0
    while True:
        with database.writing() as session:
            queue_for(session, QUEUE)
            after = select(Case.id).where(Case.id > last).order_by(Case.id).limit(LOOK)
            some = list(session.scalars(after))
            marks = case_marks(session, search=office.ring.search, case_ids=some)
            back = [number for number in some if marks[number] in purged]
            for start in range(0, len(back), BATCH):
                purge(session, office=office, case_ids=back[start : start + BATCH])
        if not some:
            return
        last = some[-1]
        done.cases += len(back)
        moved(len(some))


def _writers(database: Database, office: Office, purged: frozenset[bytes], done: Replayed) -> None:
    """Destroy again who wrote, and where they wanted to be told of news."""
    last = 0
    while True:
        with database.writing() as session:
            queue_for(session, QUEUE)
            rows = session.execute(
                select(Submission.id, Submission.received_at)
                .where(Submission.id > last, or_(*_told()))
                .order_by(Submission.id)
                .limit(LOOK)
            ).all()
            for row in rows:
                marks = (
                    letter_mark(office.ring.search, thing, row.id, row.received_at) in purged
                    for thing in (WRITER, ADDRESS)
                )
                done.writers += _destroy(session, office, row.id, *marks)
        if not rows:
            return
        last = rows[-1].id


def _destroy(session: Session, office: Office, number: int, writer: bool, address: bool) -> int:
    """Destroy who wrote a letter, or only where they are told of news; 1 where anything went."""
    if writer:
        destroy(session, office=office, submission_id=number)
        return 1
    row = session.get(NoticeAddress, number) if address else None
    if row is None:
        return 0
    session.delete(row)
    return 1


def _told() -> Iterator[ColumnElement[bool]]:
    """That something is kept of who wrote a letter."""
    for model in (Identity, NoticeAddress):
        yield exists().where(model.submission_id == Submission.id)


def _journal(database: Database, office: Office, purged: frozenset[bytes], done: Replayed) -> None:
    """Trim the journal again, as far as it had been."""
    unit = UNITS[RetentionRule.JOURNAL]
    over = office.at - timedelta(days=unit.days(unit.least))
    old = select(JournalEntry.id, JournalEntry.chain).where(JournalEntry.at <= over)
    with database.reading() as session:
        rows = session.execute(old.order_by(JournalEntry.id.desc()), execution_options=_STREAMED)
        search = office.ring.search
        newest = next((row.id for row in rows if journal_mark(search, row.chain) in purged), None)
    while newest is not None:
        with database.writing() as session:
            queue_for(session, QUEUE)
            some = trim_again(session, office=office, up_to=newest)
        if not some:
            return
        done.entries += some
