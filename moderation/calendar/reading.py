"""Reading the calendar: as it is counted with, and as a year of it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.deadlines import Calendar
from portal.models import Account, CalendarDay
from portal.models.calendar import DayKind

#: Older years move nothing any more.
_BACK = 2


@dataclass(frozen=True)
class ShownDay:
    """One row with who wrote it and when; nobody for what the program itself put in."""

    on: date
    kind: DayKind
    note: str
    who: str
    at: datetime | None


def read_calendar(session: Session) -> Calendar:
    """The calendar as its rows stand now."""
    rows = session.execute(select(CalendarDay.on, CalendarDay.kind))
    return Calendar.of((row.on, row.kind.value) for row in rows)


def days_of_year(session: Session, *, year: int) -> list[ShownDay]:
    """The rows of one year in the order of the days, those that were taken out among them."""
    rows = session.execute(
        select(CalendarDay, Account.name)
        .outerjoin(Account, Account.id == CalendarDay.changed_by_id)
        .where(CalendarDay.on.between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(CalendarDay.on)
    )
    return [ShownDay(day.on, day.kind, day.note, name or "", day.changed_at) for day, name in rows]


def all_days(session: Session) -> list[CalendarDay]:
    """Every row in the order of the days."""
    return list(session.scalars(select(CalendarDay).order_by(CalendarDay.on)))


def years_of(session: Session, *, today: date) -> list[int]:
    """The years of the list: those around today, and later ones that have rows."""
    later = session.scalars(select(CalendarDay.on).where(CalendarDay.on > today))
    around = range(today.year - _BACK, today.year + 2)
    return sorted({*around, *(day.year for day in later)})
