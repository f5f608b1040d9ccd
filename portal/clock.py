"""Time as the portal sees it: moments in UTC, days in Vietnam."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

# Vietnam has kept UTC+7 without summer time since 1975. A fixed offset needs no zone database,
# which a bare machine may lack.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def local_date(moment: datetime) -> date:
    """The day in Vietnam on which a moment falls."""
    return moment.astimezone(VIETNAM).date()


def microseconds(moment: datetime) -> int:
    """A moment as a whole number, for memory that holds nothing else."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def start_of(day: date) -> datetime:
    """The moment at which a day begins in Vietnam."""
    return datetime.combine(day, time.min, VIETNAM)
