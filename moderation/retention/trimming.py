"""Trimming the journal of the staff: its oldest entries go when their time is over.

Nothing goes by the clock alone. What is over is noted, and goes when thirty days have been counted
since, unless the period was made longer meanwhile. Where the journal then begins is kept under a
key of the staff, so that what was trimmed is told apart from what somebody removed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from moderation.journal import bind_floor, write_down
from moderation.office import Office
from moderation.retention.marking import journal_mark, record
from portal.db import queue_for
from portal.models import JournalEntry, JournalFloor, JournalNotice, RefusedHour
from portal.periods import NOTICE_DAYS, UNITS, Periods, read_periods
from portal.vocabulary import Deed, RetentionRule

#: So many entries go in one transaction.
BATCH = 5_000
#: No entry goes that is younger.
SHORTEST = timedelta(days=UNITS[RetentionRule.JOURNAL].days(UNITS[RetentionRule.JOURNAL].least))
#: There is one floor and one notice.
_ONLY = 1


def note_what_is_over(session: Session, *, periods: Periods, at: datetime, day: int) -> None:
    """Note up to which entry the journal is over, once that has been trimmed which was noted."""
    if session.get(JournalNotice, _ONLY) is not None:
        return
    over = at - periods.length(RetentionRule.JOURNAL)
    session.execute(delete(RefusedHour).where(RefusedHour.hour <= over))
    newest = (
        select(JournalEntry.id)
        .where(JournalEntry.at <= over)
        .order_by(JournalEntry.at.desc(), JournalEntry.id.desc())
    )
    last_id = session.scalar(newest.limit(1))
    if last_id is not None:
        session.add(JournalNotice(id=_ONLY, last_id=last_id, day=day))


def trim(session: Session, *, office: Office, day: int) -> int:
    """Delete some of what was noted thirty counted days ago; return how many entries that were.

    Call it until it returns nothing. What is younger than the period ends it, wherever it stands:
    only a beginning of the journal ever goes.
    """
    notice = session.get(JournalNotice, _ONLY)
    if notice is None or notice.day > day - NOTICE_DAYS:
        return 0
    over = office.at - read_periods(session).length(RetentionRule.JOURNAL)
    rows = _beginning(session, up_to=notice.last_id, over=over)
    if not rows:
        session.delete(notice)
        return 0
    _cut(session, office, rows)
    return len(rows)


def trim_again(session: Session, *, office: Office, up_to: int) -> int:
    """Delete some of what had been trimmed before an older database was put in place.

    Call it until it returns nothing. It is as old as anything that is ever trimmed; the entry that
    this writes is not, although SQLite may give it the number of one that went.
    """
    rows = _beginning(session, up_to=up_to, over=office.at - SHORTEST)
    if rows:
        _cut(session, office, rows)
    return len(rows)


def count_over(session: Session, *, periods: Periods, at: datetime) -> int:
    """How many entries have been kept for longer than the period."""
    over = JournalEntry.at <= at - periods.length(RetentionRule.JOURNAL)
    return session.scalar(select(func.count()).where(over)) or 0


def _beginning(session: Session, *, up_to: int, over: datetime) -> list[Any]:
    """The oldest entries, up to one of them, of which each is over."""
    oldest = select(JournalEntry.id, JournalEntry.at, JournalEntry.chain)
    oldest = oldest.where(JournalEntry.id <= up_to).order_by(JournalEntry.id).limit(BATCH)
    found: list[Any] = []
    for row in session.execute(oldest):
        if row.at > over:
            break
        found.append(row)
    return found


def _cut(session: Session, office: Office, rows: list[Any]) -> None:
    """Delete these, which are the beginning of the journal, and mark how far that went."""
    queue_for(session, b"journal")
    session.execute(delete(JournalEntry).where(JournalEntry.id <= rows[-1].id))
    _lay_floor(session, office, rows)
    record(session, [journal_mark(office.ring.search, rows[-1].chain)])
    write_down(session, ring=office.ring, at=office.at, deed=Deed.JOURNAL_TRIMMED, account_id=None)


def _lay_floor(session: Session, office: Office, rows: list[Any]) -> None:
    """Keep where the journal begins when these are gone."""
    floor = session.get(JournalFloor, _ONLY) or JournalFloor(id=_ONLY, gone=0)
    floor.gone += len(rows)
    floor.chain, floor.until, floor.at = rows[-1].chain, rows[-1].at, office.at
    floor.bound = bind_floor(office.ring.search, floor)
    session.add(floor)
