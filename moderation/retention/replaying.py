"""Destroying again what the purge list names, after an older database was put in place.

No period and no hold is asked for: they were when it went. Each step is a transaction of its own
and may be killed; until the list says that all of it was done, it is done from the beginning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.carrying_out.again import withdraw_again
from moderation.identity.destroying import destroy, forget
from moderation.making_public.taking_away import take_away_again
from moderation.office import Office
from moderation.retention.contacts import tables_of_contacts
from moderation.retention.deciding import tables_that_go
from moderation.retention.marking import (
    ADDRESS,
    REFUSED,
    STOPPED,
    WITHDRAWN,
    WRITER,
    case_marks,
    journal_mark,
    letter_mark,
    record,
)
from moderation.retention.purge_list import open_list
from moderation.retention.purging import purge
from moderation.retention.trimming import SHORTEST, trim_again
from portal.db import Database, queue_for
from portal.models import Case, Identity, JournalEntry, NoticeAddress, Submission
from portal.vocabulary import Publication

#: So many cases go in one transaction: nobody else waits for longer than that takes.
BATCH = 20
#: So many rows are looked at together.
LOOK = 200
#: Whoever places or releases a hold waits for the same: what is held a moment before stays.
QUEUE = b"retention"

#: How it stands with an answer that was taken away from everybody.
_ANSWERS = {STOPPED: Publication.STOPPED, REFUSED: Publication.REFUSED}

_STREAMED = {"yield_per": LOOK}

Moved = Callable[[int], None]


@dataclass
class Replayed:
    """How much went again: cases, letters that had been taken back, answers that everybody could
    read or would have, who wrote letters or where to write to them, entries of the journal.
    """

    cases: int = 0
    withdrawn: int = 0
    answers: int = 0
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
            _letters(database, office, purged, done)
            _journal(database, office, purged, done)
            with database.writing() as session:
                record(session, purged, listed=True)
        book.replayed()
    if done != Replayed():
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


def _letters(database: Database, office: Office, purged: frozenset[bytes], done: Replayed) -> None:
    """Take back again what was taken back; destroy again who wrote, and where they are told."""
    last, search = 0, office.ring.search
    while True:
        with database.writing() as session:
            queue_for(session, QUEUE)
            rows = session.execute(
                select(Submission.id, Submission.received_at)
                .where(Submission.id > last)
                .order_by(Submission.id)
                .limit(LOOK)
            ).all()
            for row in rows:
                gone = [
                    thing
                    for thing in (WITHDRAWN, STOPPED, REFUSED, WRITER, ADDRESS)
                    if letter_mark(search, thing, row.id, row.received_at) in purged
                ]
                _let_go(session, office, row.id, gone, done)
        if not rows:
            return
        last = rows[-1].id


def _let_go(session: Session, office: Office, number: int, gone: list[str], done: Replayed) -> None:
    """Let go again of what had gone of one letter."""
    if WITHDRAWN in gone:
        done.withdrawn += withdraw_again(session, office=office, submission_id=number)
    for thing in (each for each in _ANSWERS if each in gone):
        done.answers += take_away_again(
            session, search=office.ring.search, submission_id=number, state=_ANSWERS[thing]
        )
    told = {WITHDRAWN, ADDRESS} & set(gone)
    models = (Identity, NoticeAddress) if WRITER in gone else (NoticeAddress,) if told else ()
    if any(session.get(model, number) is not None for model in models):
        done.writers += 1
        if WRITER in gone:
            destroy(session, office=office, submission_id=number)
        else:
            forget(session, search=office.ring.search, submission_ids=[number])


def _journal(database: Database, office: Office, purged: frozenset[bytes], done: Replayed) -> None:
    """Trim the journal again, as far as it had been."""
    old = select(JournalEntry.id, JournalEntry.chain)
    old = old.where(JournalEntry.at <= office.at - SHORTEST)
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
