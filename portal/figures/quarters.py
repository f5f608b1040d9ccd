"""Quarters of a year, by which the public figures are told. Pure."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple, Self

from portal.i18n import gettext
from portal.periods import CONTEST


class Quarter(NamedTuple):
    """One quarter in whole days of Vietnam; quarters are ordered in time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter of a day."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def named(cls, name: str) -> Self:
        """The quarter of a name such as 2026-3. Raises ValueError."""
        year, _dash, number = name.partition("-")
        found = cls(int(year), int(number))
        if found.name != name or found.number not in range(1, 5):
            raise ValueError(name)
        return found

    @property
    def name(self) -> str:
        """Such as 2026-3; no label, because it is the same in every language."""
        return f"{self.year}-{self.number}"

    @property
    def label(self) -> str:
        """How people call it."""
        return gettext("quý %(number)s năm %(year)s", number=self.number, year=self.year)

    @property
    def short(self) -> str:
        """The same under a column that is narrow."""
        return gettext("Q%(number)s/%(year)s", number=self.number, year=self.year)

    @property
    def since(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def until(self) -> date:
        """Its last day."""
        month = 3 * self.number
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def settled_on(self) -> date:
        """The first day on which nothing that ended in it can be contested any more."""
        return self.until + CONTEST + timedelta(days=1)

    def next(self) -> Self:
        """The quarter after it."""
        return self._replace(year=self.year + self.number // 4, number=self.number % 4 + 1)
