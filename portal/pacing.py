"""What one stage clock says: when it is due, when it warns, and how late it was. Pure.

A clock keeps what it was started with: the moment, the working days it was given or the date that
somebody chose, and its pauses. The deadline follows from these and the calendar, so that it can be
worked out anew when a day off is announced late.

Design rules: a stage warns when half and when four fifths of its working time are used up, and when
all of it is; the level above is told after some days of lateness and may take over after more. A
working day is counted from 8:00 to 17:00, so that a share of a day is a moment of that day.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from portal.clock import VIETNAM, local_date
from portal.deadlines import CLOSING, TARGETS, Calendar, Targets, due, lateness, shift

_OPENING_HOUR: Final = 8
_DAY_OF_WORK: Final = timedelta(hours=CLOSING.hour - _OPENING_HOUR)
Pauses = tuple[tuple[datetime, datetime], ...]


class Mark(enum.IntEnum):
    """How far the time of a stage is used up, as far as somebody must be told."""

    NONE = 0
    HALF = 1
    MOST = 2
    ALL = 3
    #: Late: the level above is told.
    TOLD = 4
    #: Later still: the level above may take over.
    OPEN = 5


#: The share of the working time that is used up at a mark, in hundredths.
SHARES: Final = {Mark.HALF: 50, Mark.MOST: 80, Mark.ALL: 100}
_AFTER: Final = {Mark.TOLD: "tell_above", Mark.OPEN: "take_over"}
#: How far each stage climbs. What is merely waited for is in no hurry: the clock moves it on. Who
#: reviews is the level above already, and is reminded in front of the resident.
LAST_MARKS: Final[Mapping[str, Mark]] = {
    **dict.fromkeys(("accept", "result"), Mark.OPEN),
    **dict.fromkeys(("screening", "pass_on", "confirm", "publish"), Mark.TOLD),
    "review": Mark.ALL,
    "keep": Mark.MOST,
}


@dataclass(frozen=True, slots=True)
class Pace:
    """What a clock was started with.

    ``chosen_at`` is a date that somebody chose instead of a count; ``pauses`` are those since the
    start, or since that choice.
    """

    started_at: datetime
    working_days: int
    chosen_at: datetime | None = None
    pauses: Pauses = ()


def reckon(pace: Pace, calendar: Calendar) -> datetime:
    """The deadline, in UTC, as this calendar has it.

    A chosen date stays, and is put off to the next working day where it has become a day off.
    """
    if pace.chosen_at is None:
        moment = due(pace.started_at, pace.working_days, calendar)
    else:
        moment = due(pace.chosen_at, 0, calendar)
    for paused_at, resumed_at in pace.pauses:
        moment = shift(moment, paused_at, resumed_at, calendar)
    return moment


def recount(pace: Pace, due_at: datetime, now: datetime, calendar: Calendar) -> datetime:
    """The deadline after the calendar has changed, where ``due_at`` was promised before.

    Design rule: nothing becomes overdue, nor more overdue, because somebody edited the calendar. A
    date may come nearer as long as the whole next working day is left; else it comes as near as
    that, or stays. ``now`` is the moment of the pause for a clock that stands still.
    """
    moment = reckon(pace, calendar)
    if moment >= due_at:
        return moment
    return max(moment, min(due_at, due(now, 1, calendar)))


def mark_at(
    mark: Mark,
    *,
    due_at: datetime,
    working_days: int,
    calendar: Calendar,
    targets: Targets = TARGETS,
) -> datetime:
    """When a mark is reached, counted back from the deadline, so that pauses count for nothing."""
    if mark in _AFTER:
        return due(due_at, targets[_AFTER[mark]].working_days, calendar)
    left = (100 - SHARES[mark]) * working_days
    day = local_date(due_at)
    for _step in range(left // 100):
        day -= timedelta(days=1)
        while not calendar.is_working(day):
            day -= timedelta(days=1)
    closing = datetime.combine(day, CLOSING, VIETNAM).astimezone(UTC)
    return closing - _DAY_OF_WORK * (left % 100) / 100


def reached(
    now: datetime,
    *,
    stage: str,
    due_at: datetime,
    working_days: int,
    calendar: Calendar,
    targets: Targets = TARGETS,
) -> Mark:
    """The highest mark that a clock has passed by now."""
    last = LAST_MARKS.get(stage, Mark.NONE)
    passed = (
        mark
        for mark in Mark
        if Mark.NONE < mark <= last
        and mark_at(
            mark, due_at=due_at, working_days=working_days, calendar=calendar, targets=targets
        )
        <= now
    )
    return max(passed, default=Mark.NONE)


def next_mark(stage: str, mark: Mark) -> Mark | None:
    """The mark after this one, as far as the stage climbs."""
    if mark >= LAST_MARKS.get(stage, Mark.NONE):
        return None
    return Mark(mark + 1)


def frozen(due_at: datetime, stopped_at: datetime, calendar: Calendar) -> tuple[bool, int]:
    """Whether a stage that stops is late, and by how many whole working days, for good."""
    late = stopped_at > due_at
    return late, lateness(due_at, stopped_at, calendar) if late else 0
