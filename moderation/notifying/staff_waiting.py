"""Which of the staff are to be mailed now: taken by one worker at a time, and marked once sent.

Everybody with work and a confirmed address gets one digest on each working day, also when nothing
waits: that it came must tell nothing. Something urgent is told at once, once an hour at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session

from moderation import journal
from moderation.notifying.waiting import LEASE, pause_after
from moderation.register import in_force
from portal.clock import VIETNAM, local_date
from portal.db import queue_for
from portal.deadlines import Calendar
from portal.models import Account, Grant, Setting, StaffMail
from portal.vault import Ring
from portal.vocabulary import Deed

#: The setting with the time of the digest, in Vietnam; and the time where none is set.
DIGEST_TIME = "digest_time"
DEFAULT_TIME = time(7, 30)
#: Somebody is told of urgent things once in this time (design rule).
APART = timedelta(hours=1)
#: After so many refusals in a row one mail is given up; the next day brings the next digest.
_TRIES = 24


@dataclass(frozen=True, repr=False)
class Errand:
    """One mail to one of the staff: to whom, and whether it is the urgent one."""

    account_id: int
    to: str
    urgent: bool


def read_digest_time(session: Session) -> time:
    """When the digest goes out; a setting that cannot be read never stops it."""
    value = session.scalar(select(Setting.value).where(Setting.name == DIGEST_TIME))
    try:
        return time.fromisoformat(value) if value else DEFAULT_TIME
    except ValueError:
        return DEFAULT_TIME


def set_digest_time(
    session: Session, *, ring: Ring, at: datetime, account_id: int, hour: time
) -> None:
    """Let the digest go out at this time from now on, and write down who said so."""
    session.merge(Setting(name=DIGEST_TIME, value=f"{hour:%H:%M}"))
    journal.write_down(session, ring=ring, at=at, deed=Deed.DIGEST_SET, account_id=account_id)


def due_staff(session: Session, *, at: datetime, calendar: Calendar) -> list[Errand]:
    """Whom to mail now, the urgent ones first."""
    urgent = _errands(session, at, _is_urgent(at), urgent=True)
    if not _digest_is_due(session, at, calendar):
        return urgent
    behind = or_(StaffMail.digest_on.is_(None), StaffMail.digest_on < local_date(at))
    return urgent + _errands(session, at, behind, urgent=False)


def take(session: Session, *, errand: Errand, at: datetime) -> bool:
    """Take one mail; not where another worker has it or it was sent meanwhile."""
    row = _row(session, errand.account_id)
    if row.next_at is not None and row.next_at > at:
        return False
    if (row.urgent_at is None) if errand.urgent else (row.digest_on == local_date(at)):
        return False
    row.next_at = at + LEASE
    return True


def mark_sent(session: Session, *, errand: Errand, at: datetime) -> None:
    """Note that the server accepted the mail."""
    row = _row(session, errand.account_id)
    row.next_at, row.tries = None, 0
    if errand.urgent:
        row.urgent_at, row.urgent_told_at = None, at
    else:
        row.digest_on = local_date(at)


def put_back(session: Session, *, errand: Errand) -> None:
    """Let a mail wait that nobody refused."""
    _row(session, errand.account_id).next_at = None


def mark_refused(session: Session, *, errand: Errand, at: datetime) -> None:
    """Note that the server refused the address; after many tries this mail is given up."""
    row = _row(session, errand.account_id)
    row.tries += 1
    row.next_at = at + pause_after(row.tries)
    if row.tries >= _TRIES:
        mark_sent(session, errand=errand, at=at)


def _digest_is_due(session: Session, at: datetime, calendar: Calendar) -> bool:
    """Whether this is a working day, past the time of the digest."""
    here = at.astimezone(VIETNAM)
    return calendar.is_working(here.date()) and here.time() >= read_digest_time(session)


def _is_urgent(at: datetime) -> ColumnElement[bool]:
    """That something urgent waits, and the last such mail is an hour ago."""
    rested = or_(StaffMail.urgent_told_at.is_(None), StaffMail.urgent_told_at <= at - APART)
    return StaffMail.urgent_at.is_not(None) & rested


def _errands(
    session: Session, at: datetime, wanted: ColumnElement[bool], *, urgent: bool
) -> list[Errand]:
    """The accounts of which this holds, with their confirmed addresses."""
    free = or_(StaffMail.next_at.is_(None), StaffMail.next_at <= at)
    rows = session.execute(_addressed(at).where(wanted, free).limit(200))
    return [Errand(row.id, row.mail or "", urgent) for row in rows]


def _addressed(at: datetime) -> Select[int, str | None]:
    """The accounts in use that hold a role today and have confirmed where they are reached."""
    holds = exists().where(Grant.account_id == Account.id, in_force(Grant, local_date(at)))
    return (
        select(Account.id, Account.mail)
        .outerjoin(StaffMail, StaffMail.account_id == Account.id)
        .where(
            Account.active.is_(True),
            Account.mail.is_not(None),
            Account.mail_confirmed_at.is_not(None),
            holds,
        )
        .order_by(Account.id)
    )


def _row(session: Session, account_id: int) -> StaffMail:
    """The row of an account, held until the transaction ends; made where there is none."""
    queue_for(session, f"staff mail {account_id}".encode())
    row = session.get(StaffMail, account_id, with_for_update={"key_share": True})
    if row is None:
        row = StaffMail(account_id=account_id, tries=0)
        session.add(row)
        session.flush()
    return row
