"""The days off of the law, written into the calendar table where staff can correct them.

The library that knows them is large; only the worker and the commands load it. A row that staff
wrote is never touched, and the web processes read rows only.
"""

from __future__ import annotations

from datetime import date

from holidays.countries.vietnam import Vietnam
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import CalendarDay
from portal.models.calendar import DayKind

# The Politburo chose 24 November as a day off; whether the law followed is not confirmed. The
# library already counts it. It stays a working day until staff enter a row: a day off entered
# late moves a deadline later, one withdrawn late would make a committee overdue in silence.
_UNCONFIRMED = "Ngày Văn hóa Việt Nam"
_BACK, _AHEAD = 2, 2


def keep(session: Session, *, today: date) -> int:
    """Write the missing days off of the years around ``today``; return how many were written."""
    years = range(today.year - _BACK, today.year + _AHEAD + 1)
    known = set(session.scalars(select(CalendarDay.on)))
    missing = {row[0]: row for year in years for row in days_of(year) if row[0] not in known}
    session.add_all(CalendarDay(on=on, kind=kind, note=note) for on, kind, note in missing.values())
    session.flush()
    return len(missing)


def days_of(year: int) -> list[tuple[date, DayKind, str]]:
    """The days of one year that differ from the plain week, as the library knows them."""
    library = Vietnam(years=(year,), expand=False, language="vi")
    off = [
        (day, DayKind.OFF, name)
        for day, name in sorted(library.items())
        if _UNCONFIRMED not in name and day not in library.weekend_workdays
    ]
    worked = [(day, DayKind.WORKING, "Làm bù") for day in sorted(library.weekend_workdays)]
    return off + worked
