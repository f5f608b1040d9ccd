"""Working days of Vietnam and the clocks that count them.

This room is pure: it reads no clock, no database and no request. Every moment that enters or
leaves is aware; those that leave are UTC. Counting happens in the time of Vietnam.

Design rule of every clock: what arrives after 17:00 or on a day off counts as arriving on the
next working day; counting starts the working day after that; a deadline is 17:00 of the last
day. Days off come from the library, and the rows that staff keep win over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Self

from portal.clock import VIETNAM

CLOSING: Final = time(17)
CONTEST_CALENDAR_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Target:
    """How many working days a stage may take; of those named ``excusal_…`` calendar days."""

    stage: str
    working_days: int


Targets = Mapping[str, Target]

# Design rule: the promises of the portal, not limits of law. "pass_on" counts from receipt,
# "rating" from the published answer, "contest" is counted in calendar days above.
TARGETS: Final[Targets] = MappingProxyType(
    {
        target.stage: target
        for target in (
            Target("screening", 2),
            Target("screening_urgent", 1),
            Target("confirm", 1),
            Target("pass_on", 5),
            Target("need_info", 10),
            Target("accept", 3),
            Target("result", 20),
            Target("extension_max", 10),
            Target("hold_review_max", 60),
            Target("publish", 2),
            Target("keep", 2),
            Target("rating", 10),
            Target("review", 15),
            # Of lateness, before the level above is told, and before it may take over.
            Target("tell_above", 3),
            Target("take_over", 10),
            # What an organisation has at least that takes a case over from another.
            Target("taken_over", 10),
            # Of a transfer: until the referral letter, and from there until the new cell has it.
            # Both numbers come from memory of a Party rule, and nobody has compared them with it.
            Target("transfer_start", 60),
            Target("transfer_present", 30),
            # Calendar days: how long an excusal may last, how long before its end somebody is
            # reminded, and how long after it a slip may be missing before that is said apart.
            Target("excusal_most", 366),
            Target("excusal_before", 30),
            Target("excusal_after", 30),
        )
    }
)

# Date, kind and note of the rows that a new installation starts with, beside the days off of the
# law. Press reports confirm the nine days of Tết. The swap of 2 and 10 January is unverified, and
# no row was compared with the ministry's own notice. There is no row for 24 November 2026, which
# is unconfirmed, and none for 2027, not yet announced.
STARTING_ROWS: Final[tuple[tuple[date, str, str], ...]] = (
    (date(2026, 1, 2), "off", "Nghỉ hoán đổi, làm bù ngày 10/1/2026. Cần đối chiếu thông báo."),
    (date(2026, 1, 10), "working", "Làm bù cho ngày nghỉ 2/1/2026. Cần đối chiếu thông báo."),
    (date(2026, 2, 16), "off", "Nghỉ Tết Nguyên đán Bính Ngọ."),
    (date(2026, 2, 17), "off", "Nghỉ Tết Nguyên đán Bính Ngọ."),
    (date(2026, 2, 18), "off", "Nghỉ Tết Nguyên đán Bính Ngọ."),
    (date(2026, 2, 19), "off", "Nghỉ Tết Nguyên đán Bính Ngọ."),
    (date(2026, 2, 20), "off", "Nghỉ Tết Nguyên đán Bính Ngọ."),
    (date(2026, 8, 22), "working", "Làm bù cho ngày nghỉ 31/8/2026. Cần đối chiếu thông báo."),
    (date(2026, 8, 31), "off", "Nghỉ hoán đổi, làm bù ngày 22/8/2026. Cần đối chiếu thông báo."),
    (date(2026, 9, 1), "off", "Nghỉ Quốc khánh."),
    (date(2026, 9, 2), "off", "Nghỉ Quốc khánh."),
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked: Monday to Friday, corrected by the rows of the installation."""

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    @classmethod
    def of(cls, rows: Iterable[tuple[date, str]]) -> Self:
        """Build a calendar from rows of a date and ``off``, ``working`` or ``plain``.

        A plain day is like any other of its week. Raises ValueError for another kind, and for a day
        that is listed as off and as working.
        """
        days: dict[str, set[date]] = {"off": set(), "working": set(), "plain": set()}
        for day, kind in rows:
            if kind not in days:
                raise ValueError(f"A calendar row is off, working or plain, not {kind!r}.")
            days[kind].add(day)
        if both := days["off"] & days["working"]:
            raise ValueError(f"Listed as off and as working: {min(both).isoformat()}.")
        return cls(off=frozenset(days["off"]), working=frozenset(days["working"]))

    def is_working(self, day: date) -> bool:
        """Say whether offices work on this local day."""
        if day in self.working:
            return True
        return day.weekday() < 5 and day not in self.off


@dataclass(frozen=True, slots=True)
class Remaining:
    """What a person reads beside a deadline: so many days, or hours within the last one.

    ``hours`` are whole hours and stay 0 as long as ``working_days`` is not 0.
    """

    late: bool
    working_days: int
    hours: int


def due(start: datetime, working_days: int, calendar: Calendar) -> datetime:
    """Return the deadline, in UTC: 17:00 local of the last of so many working days.

    With 0 it is 17:00 of the day on which ``start`` counts as received. Design rule: the count
    starts on the working day after that. Raises ValueError for a negative number.
    """
    if working_days < 0:
        raise ValueError("A deadline cannot lie before its start.")
    return _end(_received_on(start, calendar), working_days, calendar)


def working_days_between(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Count the whole working days that have passed, as ``due`` counts them.

    It is the largest n for which ``due(start, n)`` is not after ``end``, and 0 if there is none.
    """
    local = _local(end)
    ended = local.date() if local.time() >= CLOSING else local.date() - timedelta(days=1)
    return _count(_received_on(start, calendar), ended, calendar)


def working_days_taken(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Count within how many working days something was done, the last one included; 0 on the same.

    It is the smallest n for which ``due(start, n)`` is not before ``end``.
    """
    return _count(_received_on(start, calendar), _received_on(end, calendar), calendar)


def working_days_until(due_at: datetime, later: datetime, calendar: Calendar) -> int:
    """Count the working days by which one deadline lies behind another; 0 if it does not."""
    return _count(_local(due_at).date(), _local(later).date(), calendar)


def lateness(due_at: datetime, now: datetime, calendar: Calendar) -> int:
    """Count the whole working days by which a deadline is missed; 0 within the first.

    Design rule: escalation after so many working days uses this number, so that nobody is
    called later than the clock can prove.
    """
    return working_days_between(due_at, now, calendar)


def shift(
    due_at: datetime, paused_at: datetime, resumed_at: datetime, calendar: Calendar
) -> datetime:
    """Move a deadline by the working days that a pause consumed.

    Design rule: as many working days are left on resuming as were left on pausing, however the
    pause was cut into pieces. The result is never earlier than ``due_at``; a pause within one
    working day, or one that ends before it began, moves nothing.
    """
    consumed = working_days_taken(paused_at, resumed_at, calendar)
    if not consumed:
        return due_at.astimezone(UTC)
    return _closing(_later(_local(due_at).date(), consumed, calendar))


def remaining(due_at: datetime, now: datetime, calendar: Calendar) -> Remaining:
    """Say how far away a deadline is, or by how much it is missed.

    Ahead of it, days are the working days after today, the last one included, as people count
    them on a wall calendar. Behind it, they are whole days of lateness.
    """
    late = now > due_at
    if late:
        days, gap = lateness(due_at, now, calendar), now - due_at
    else:
        days, gap = _count(_local(now).date(), _local(due_at).date(), calendar), due_at - now
    return Remaining(late=late, working_days=days, hours=0 if days else gap // timedelta(hours=1))


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be counted.")
    return moment.astimezone(VIETNAM)


@lru_cache(maxsize=2_000)
def _end(received_on: date, working_days: int, calendar: Calendar) -> datetime:
    """Count the days of a deadline, once for all that was received on one day."""
    return _closing(_later(received_on, working_days, calendar))


def _closing(day: date) -> datetime:
    return datetime.combine(day, CLOSING, VIETNAM).astimezone(UTC)


def _received_on(moment: datetime, calendar: Calendar) -> date:
    local = _local(moment)
    if calendar.is_working(local.date()) and local.time() <= CLOSING:
        return local.date()
    return _later(local.date(), 1, calendar)


def _later(day: date, count: int, calendar: Calendar) -> date:
    """Return the working day that is so many working days after this day."""
    while count:
        day += timedelta(days=1)
        count -= calendar.is_working(day)
    return day


def _count(after: date, until: date, calendar: Calendar) -> int:
    """Count the working days after one day up to another, which is included."""
    span = (until - after).days
    return sum(calendar.is_working(after + timedelta(days=n)) for n in range(1, span + 1))
