"""Sign-ins that were refused: written down for their account, and counted for everybody.

Whoever does not know a login must not learn from the time of an answer whether somebody has it.
So every refusal costs one write, and an account has one entry an hour, however often it is tried.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from moderation.journal import was_just_refused, write_about
from portal.db import queue_for
from portal.models import Account, RefusedHour
from portal.vocabulary import Deed

#: So long the counts are kept (design rule).
_KEPT = timedelta(days=30)
_LATELY = timedelta(hours=24)


def note_refusal(session: Session, *, search: bytes, login: str, at: datetime) -> None:
    """Note that somebody gave a wrong password for this login, which nobody need have."""
    account_id = session.scalar(select(Account.id).where(Account.login == login))
    _count(session, at)
    if account_id is not None:
        write_refusal(session, search=search, account_id=account_id, at=at)


def write_refusal(session: Session, *, search: bytes, account_id: int, at: datetime) -> None:
    """Write down that this account let somebody not in, unless it was within the hour."""
    if not was_just_refused(session, account_id=account_id, at=at):
        write_about(
            session, search=search, at=at, deed=Deed.REFUSED, subject_id=account_id, by_id=None
        )


def refused_lately(session: Session, *, at: datetime) -> int:
    """How many passwords were refused in the last day, at all logins together."""
    return (
        session.scalar(select(func.sum(RefusedHour.count)).where(RefusedHour.hour > at - _LATELY))
        or 0
    )


def _count(session: Session, at: datetime) -> None:
    """Count one more in this hour, and forget the hours that are old."""
    queue_for(session, b"journal")
    hour = at.replace(minute=0, second=0, microsecond=0)
    session.execute(delete(RefusedHour).where(RefusedHour.hour < at - _KEPT))
    counted = session.get(RefusedHour, hour)
    if counted is None:
        session.add(RefusedHour(hour=hour, count=1))
    else:
        counted.count += 1
    session.flush()
