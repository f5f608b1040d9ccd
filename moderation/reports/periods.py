"""From which to which day a table counts. Pure."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple, Self


class Period(NamedTuple):
    """Whole days of Vietnam, both counted. What stands at a date is told as of the last one."""

    since: date
    until: date

    @classmethod
    def year(cls, day: date) -> Self:
        """The year of a day."""
        return cls(date(day.year, 1, 1), date(day.year, 12, 31))

    @classmethod
    def quarter(cls, day: date) -> Self:
        """The quarter of a day."""
        first = day.month - (day.month - 1) % 3
        return cls(date(day.year, first, 1), _last(day.year, first + 2))

    @classmethod
    def month(cls, day: date) -> Self:
        """The month of a day."""
        return cls(day.replace(day=1), _last(day.year, day.month))

    def before(self) -> date:
        """The day before it begins."""
        return self.since - timedelta(days=1)

    def up_to(self, day: date) -> Self:
        """As much of it as there is until a day."""
        return self._replace(until=min(self.until, day))


def _last(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
