"""What staff work needs beside the session: the keys, the calendar and the time.

It is made once per request or per unit of work, so that every verb sees one moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.clock import local_date
from portal.deadlines import Calendar
from portal.vault import Ring


@dataclass(frozen=True, repr=False)
class Office:
    """The keys of a staff process, the working calendar, and this moment (aware, UTC)."""

    ring: Ring
    calendar: Calendar
    at: datetime

    @property
    def today(self) -> date:
        """The day in Vietnam."""
        return local_date(self.at)
