"""What an edit of the calendar would do to open cases: counted by the page, or by the worker.

Nothing is changed here and nothing is locked.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.calendar.recounting import Move, Tally, affected, counted, move_of
from portal.clock import VIETNAM
from portal.deadlines import CLOSING, Calendar
from portal.models import CalendarChange, StageClock

#: How many are read at once for a forecast, and so many clocks a page counts itself.
_AT_ONCE, _FEW = 1_000, 5_000
#: Stands in a forecast as long as the worker has not counted.
WAITING = "waiting"


def forecast(session: Session, *, days: Sequence[date], calendar: Calendar, at: datetime) -> Tally:
    """What a changed calendar would do to open cases now. Nothing is changed.

    ``cases`` move, ``later`` or ``earlier``, each ``by`` so many days of the wall calendar; of
    ``kept`` cases a date stays or comes less near, because it would be overdue otherwise.
    """
    found, moves, last = Tally(), list[Move](), 0
    known: dict[Hashable, Move] = {}
    rows = session.execute(
        select(
            *(StageClock.case_id, StageClock.stage, StageClock.started_at, StageClock.due_at),
            *(StageClock.paused_at, StageClock.working_days, StageClock.chosen_at),
            StageClock.pauses,
        )
        .where(affected(days))
        .order_by(StageClock.case_id)
        .execution_options(yield_per=_AT_ONCE)
    )
    for row in rows:
        if row.case_id != last:
            found, moves, last = counted(found, moves), [], row.case_id
        # Clocks that began on one day are moved alike: each is worked out once.
        alike = _like(row)
        if alike not in known:
            known[alike] = move_of(row, calendar, at)
        moves.append(known[alike])
    return counted(found, moves)


def is_short(session: Session, *, days: Sequence[date]) -> bool:
    """Whether so few clocks may move that a page can wait for the count."""
    some = select(StageClock.id).where(affected(days)).limit(_FEW + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) <= _FEW


def uncounted_drafts(session: Session) -> list[int]:
    """The drafts of which nobody has counted what they would do."""
    drafts = session.execute(
        select(CalendarChange.id, CalendarChange.forecast).where(
            CalendarChange.confirmed_at.is_(None)
        )
    )
    return [draft.id for draft in drafts if WAITING in draft.forecast]


def _like(row: Any) -> Hashable:
    """What decides how a clock moves; the minute at which it began does not."""
    began = row.started_at.astimezone(VIETNAM)
    pauses = tuple(map(tuple, row.pauses))
    return (
        *(began.date(), began.time() <= CLOSING, row.stage, row.working_days),
        *(row.due_at, row.paused_at, row.chosen_at, pauses),
    )
