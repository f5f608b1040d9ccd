"""What is done to a database that comes out of a backup, before anybody works on it.

It is older than the world. What had been destroyed since goes again; what had been begun and may
have been ended since is not begun once more: no session, link, lease, opened identity, order for
many cases or mail of that day comes back to life.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from moderation.backing_up.faults import BackupFault
from moderation.identity.destroying import end_all_requests
from moderation.journal import write_down
from moderation.office import Office
from moderation.opening import open_office
from moderation.retention.marking import let_all_wait
from moderation.retention.replaying import Replayed, replay
from moderation.searching import reindexing
from moderation.verifying import verify, verify_journal
from portal import schema
from portal.db import Database
from portal.models import (
    BulkItem,
    BulkOrder,
    Case,
    HalfSignIn,
    Invitation,
    LeftOut,
    Notice,
    NoticeAddress,
    RegisterImport,
    Sequence,
    StaffMail,
    StaffSession,
)
from portal.models.register_import import ImportState
from portal.recognising import recognise
from portal.vault import KeyFault, Ring
from portal.vocabulary import Deed

#: So many numbers of letters are passed over for each day since the backup: what came in those days
#: is lost, and its writers hold the numbers (design rule, twice a province's busiest day).
NUMBERS_A_DAY = 1_000


@dataclass(frozen=True)
class Settled:
    """What was done, and what was found: nothing is found where all is well."""

    replayed: Replayed
    faults: list[str] = field(default_factory=list)
    #: How many cases wait to be indexed.
    unindexed: int = 0


def settle(
    database: Database,
    *,
    ring: Ring,
    purged: Path,
    made_at: datetime,
    at: datetime,
    listed: bool = True,
) -> Settled:
    """Bring a restored database to today. ``listed`` is whether the purge list is newer than it.

    Raises BackupFault for keys that are not those of the database.
    """
    schema.upgrade(database)
    try:
        recognise(database, ring)
    except KeyFault as error:
        raise BackupFault(f"{error}".rstrip(".") + ".") from error
    with database.reading() as session:
        office = open_office(session, ring=ring, at=at)
    with database.writing() as session:
        end_what_was_begun(session, office=office)
        pass_over_numbers(session, days=(at - made_at).days + 1)
    if not listed:
        let_all_wait(database)
    replayed = replay(database, office=office, folder=purged)
    with database.writing() as session:
        deed = Deed.RESTORED if listed else Deed.RESTORED_UNLISTED
        write_down(session, ring=ring, at=at, deed=deed, account_id=None)
    with database.reading() as session:
        log = verify(session, ring=ring, moved=lambda _count: None)
        journal = verify_journal(session, ring=ring, moved=lambda _count: None)
        faults = [*log.faults, *journal.faults]
        return Settled(replayed, faults, reindexing.left(session))


def end_what_was_begun(session: Session, *, office: Office) -> None:
    """End sessions, links, leases, openings, orders, imports, and the mails that waited then.

    A mail that waited was most likely sent since; whoever would be told twice is told of the next
    step instead. What a mail tells of can be read in the portal all the same.
    """
    for statement in _endings(office):
        session.execute(statement.execution_options(synchronize_session=False))
    end_all_requests(session, office=office)


def pass_over_numbers(session: Session, *, days: int) -> None:
    """Give out no number again that a letter which is lost may bear."""
    for row in session.scalars(select(Sequence).where(Sequence.name.like("submission-%"))):
        row.value += NUMBERS_A_DAY * max(days, 1)


def _endings(office: Office) -> Iterator[Update]:
    """The statements that end what was begun."""
    at: datetime = office.at
    for model in (StaffSession, HalfSignIn):
        yield update(model).where(model.ended_at.is_(None)).values(ended_at=at)
    unused = (Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
    yield update(Invitation).where(*unused).values(revoked_at=at)
    leased = Case.lease_until > at - timedelta(seconds=1)
    yield update(Case).where(leased).values(lease_until=at - timedelta(seconds=1))
    waiting = select(BulkItem.order_id).where(BulkItem.done_at.is_(None))
    yield update(BulkOrder).where(BulkOrder.id.in_(waiting)).values(cancelled_at=at)
    left_out = {"done_at": at, "skipped": LeftOut.CANCELLED, "words": None}
    yield update(BulkItem).where(BulkItem.done_at.is_(None)).values(**left_out)
    ended = {"state": ImportState.DISCARDED, "box": None, "about": None}
    open_imports = RegisterImport.state.not_in((ImportState.DONE, ImportState.DISCARDED))
    yield update(RegisterImport).where(open_imports).values(**ended)
    told = {"told_at": at, "news_at": None, "next_at": None, "tries": 0}
    yield update(NoticeAddress).where(NoticeAddress.next_at.is_not(None)).values(**told)
    yield update(Notice).where(Notice.sent_at.is_(None)).values(sent_at=at)
    yield update(StaffMail).values(urgent_at=None, next_at=None, tries=0, digest_on=office.today)
