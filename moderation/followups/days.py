"""Days that a committee enters: when something was done, and until when something waits."""

from __future__ import annotations

from datetime import UTC, date, datetime

from moderation.office import Office
from portal.clock import VIETNAM, local_date
from portal.deadlines import CLOSING
from portal.models import Case


class BadDay(Exception):
    """A date that does not fit: ``reason`` is a short code."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


def check_done_on(office: Office, case: Case, day: date) -> None:
    """Raise unless something could have been done on that day."""
    if day > office.today:
        raise BadDay("future")
    if day < local_date(case.arrived_at):
        raise BadDay("past")


def closing_of(office: Office, day: date, *, after: datetime, latest: datetime) -> datetime:
    """17:00 of a day that somebody chose. Raises BadDay outside the bounds."""
    moment = datetime.combine(day, CLOSING, VIETNAM).astimezone(UTC)
    if moment <= after:
        raise BadDay("earlier")
    if moment > latest:
        raise BadDay("too_far")
    if not office.calendar.is_working(day):
        raise BadDay("not_working")
    return moment
