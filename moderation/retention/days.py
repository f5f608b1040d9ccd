"""The days that deletion counts by: those on which the worker looked, and no others.

A clock can leap. So nothing is deleted by the clock alone: what will be deleted is announced, and
goes when thirty days have been counted since, one for each day on which somebody looked. A leap
forward counts as one day, whatever its length. After a leap backwards all announcements begin anew,
because nobody knows what they were made by.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.models import Excusal, Expiry, JournalNotice, Setting

#: The setting with the number of the day and its date.
_DAYS = "retention_days"


def count_day(session: Session, *, today: date) -> int:
    """Count this day, once; return its number."""
    count, last = _read(session)
    if last == today:
        return count
    if last is not None and today < last:
        session.execute(update(Expiry).values(announced=None, contact_announced=None))
        session.execute(update(Excusal).values(reason_noted=None))
        session.execute(delete(JournalNotice))
    else:
        count += 1
    session.merge(Setting(name=_DAYS, value=f"{count} {today.isoformat()}"))
    return count


def day_number(session: Session) -> int:
    """The number of the newest counted day."""
    return _read(session)[0]


def _read(session: Session) -> tuple[int, date | None]:
    """The newest number and its date; nothing was counted before the first."""
    value = session.scalar(select(Setting.value).where(Setting.name == _DAYS))
    if value is None:
        return 0, None
    count, _space, day = value.partition(" ")
    return int(count), date.fromisoformat(day)
