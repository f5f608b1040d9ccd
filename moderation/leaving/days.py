"""What the days of an absence say today: which reminder is due, and when a stage ends. Pure."""

from __future__ import annotations

import enum
from datetime import date, datetime, time, timedelta

from portal.clock import VIETNAM, local_date
from portal.deadlines import Calendar, Targets, due


class Reminder(enum.StrEnum):
    """Why somebody is to be contacted, the longest waiting first."""

    #: The last day is long over, and nothing is known of a slip.
    LONG_PAST = "long_past"
    PAST = "past"
    TODAY = "today"
    SOON = "soon"


def reminder_of(ends_on: date, *, today: date, targets: Targets) -> Reminder | None:
    """Which reminder an excusal is in that nobody has settled; none while its end is far."""
    if ends_on > soon_until(today, targets):
        return None
    if ends_on > today:
        return Reminder.SOON
    if ends_on == today:
        return Reminder.TODAY
    apart = timedelta(days=targets["excusal_after"].working_days)
    return Reminder.PAST if ends_on >= today - apart else Reminder.LONG_PAST


def soon_until(today: date, targets: Targets) -> date:
    """The last day that is near enough to remind of."""
    return today + timedelta(days=targets["excusal_before"].working_days)


def last_day(start: date, working_days: int, calendar: Calendar) -> date:
    """The last of so many working days after a day, by the calendar of the clocks."""
    noon = datetime.combine(start, time(12), VIETNAM)
    return local_date(due(noon, working_days, calendar))
