"""What is done each night: noting what has ended, announcing what expires, deleting what is over.

Every step is a transaction of its own and asks anew what is to be done, so it may be killed at any
moment and go on later, and several workers may begin it at once.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.retention.contacts import (
    announce_contacts,
    destroy_contacts,
    ripe_contacts,
    tables_of_contacts,
)
from moderation.retention.days import count_day, day_number
from moderation.retention.deciding import tables_that_go, with_merged
from moderation.retention.expiring import announce, forget_reopened, note_finished, ripe
from moderation.retention.forgetting_reasons import forget_reasons, note_reasons
from moderation.retention.marking import bring, case_marks, knows
from moderation.retention.purge_list import open_list
from moderation.retention.purging import purge
from moderation.retention.replaying import QUEUE, Moved, replay
from moderation.retention.trimming import note_what_is_over, trim
from portal.db import Database, queue_for
from portal.ledger import PURGE
from portal.models import Event, JournalEntry, Seal
from portal.periods import read_periods

#: So many cases go in one transaction: nobody else waits for longer than that takes.
BATCH = 20


def keep(
    database: Database,
    *,
    office: Office,
    folder: Path,
    moved: Moved = lambda _count: None,
    go_on: Callable[[], bool] = lambda: True,
) -> int:
    """Do the work of one night; return how many cases were deleted.

    ``folder`` is where the purge list lies; ``moved`` is told after each batch, ``go_on`` asked
    before. Where the list knows of a deletion that the database does not, an older database was
    put in place, and the list is replayed first. Raises OSError when the list cannot be written,
    and Undecided for a table that nobody has decided on.
    """
    bring(database, ring=office.ring, folder=folder)
    older = _settle(database, office, folder)
    gone = replay(database, office=office, folder=folder).cases if older else 0
    prepare(database, office=office)
    if _destroy_contacts(database, office, go_on):
        database.sweep(tables_of_contacts())
    while go_on() and (some := _delete_some(database, office, folder)):
        gone += some
        moved(some)
    if gone:
        database.sweep(tables_that_go())
    if _forget_reasons(database, office, go_on):
        database.sweep([Seal.__tablename__])
    if _trim_journal(database, office, go_on):
        database.sweep([JournalEntry.__tablename__])
    bring(database, ring=office.ring, folder=folder)
    return gone


def prepare(database: Database, *, office: Office) -> None:
    """Count the day, note what has ended, and announce what expires."""
    with database.writing() as session:
        queue_for(session, QUEUE)
        day = count_day(session, today=office.today)
        forget_reopened(session)
    noted = True
    while noted:
        with database.writing() as session:
            queue_for(session, QUEUE)
            noted = bool(note_finished(session))
    with database.writing() as session:
        queue_for(session, QUEUE)
        periods = read_periods(session)
        announce(session, periods=periods, at=office.at, day=day)
        announce_contacts(session, periods=periods, at=office.at, day=day)
        note_reasons(session, periods=periods, today=office.today, day=day)
        note_what_is_over(session, periods=periods, at=office.at, day=day)


def count_ripe(session: Session, *, office: Office) -> int:
    """How many cases may be deleted now."""
    found = _ripe(session, office).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def _destroy_contacts(database: Database, office: Office, go_on: Callable[[], bool]) -> bool:
    """Destroy who wrote what was kept long enough, batch by batch; whether there was any."""
    some, found = [0], False
    while some and go_on():
        with database.writing() as session:
            queue_for(session, QUEUE)
            periods, day = read_periods(session), day_number(session)
            due = ripe_contacts(periods, at=office.at, day=day)
            some = list(session.scalars(due.limit(BATCH)))
            if some:
                destroy_contacts(session, office=office, case_ids=some)
                found = True
    return found


def _forget_reasons(database: Database, office: Office, go_on: Callable[[], bool]) -> int:
    """Let sealed reasons of excusals go, batch by batch; return how many went."""
    gone, some = 0, 1
    while some and go_on():
        with database.writing() as session:
            queue_for(session, QUEUE)
            periods, day = read_periods(session), day_number(session)
            some = forget_reasons(session, office=office, periods=periods, day=day, most=BATCH)
            gone += some
    return gone


def _trim_journal(database: Database, office: Office, go_on: Callable[[], bool]) -> int:
    """Trim the journal, batch by batch; return how many entries went."""
    gone, some = 0, 1
    while some and go_on():
        with database.writing() as session:
            queue_for(session, QUEUE)
            some = trim(session, office=office, day=day_number(session))
            gone += some
    return gone


def _delete_some(database: Database, office: Office, folder: Path) -> int:
    """Delete one batch, between its two lines in the list; return how many cases that were."""
    with open_list(folder, office.ring) as book:
        with database.writing() as session:
            queue_for(session, QUEUE)
            case_ids = list(session.scalars(_ripe(session, office).limit(BATCH)))
            case_ids = with_merged(session, case_ids)
            if not case_ids:
                return 0
            marks = case_marks(session, search=office.ring.search, case_ids=case_ids)
            batch = purge(session, office=office, case_ids=case_ids)
            book.begin(batch, marks.values())
        book.end(batch)
    return len(case_ids)


def _settle(database: Database, office: Office, folder: Path) -> bool:
    """Note that the list is kept today, and what became of batches that were cut short.

    Whether the database is older than the list.
    """
    with open_list(folder, office.ring) as book, database.reading() as session:

        def committed(batch: bytes) -> bool:
            found = exists().where(Event.uid == batch, Event.action == PURGE)
            return bool(session.scalar(select(found)))

        book.keep_day(office.today)
        read = book.read()
        if read.newest is not None and not committed(bytes.fromhex(read.newest)):
            return True
        if read.newest_mark is not None and not knows(session, bytes.fromhex(read.newest_mark)):
            return True
        book.settle(committed)
    return False


def _ripe(session: Session, office: Office) -> Select[int]:
    """The cases that may be deleted now."""
    return ripe(read_periods(session), at=office.at, day=day_number(session))
