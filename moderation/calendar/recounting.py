"""Letting open cases follow an edited calendar: what it would do, and doing it batch by batch.

The page only stores the change. The worker works every stage clock out anew, some cases in one
transaction together with how far it has come, so it may be killed at any moment and go on later.
No page that is open becomes late by it: nobody decided anything on the case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from moderation.calendar.reading import read_calendar
from moderation.journal import write_down
from moderation.leaving.recounting import recount_transfers
from moderation.noting import note
from moderation.office import Office
from moderation.papers import open_keys, tell_shut
from moderation.workflow import clocks
from portal.clock import local_date, start_of
from portal.deadlines import Calendar
from portal.models import CalendarChange, Case, CaseScope, StageClock
from portal.models.journal import Actor
from portal.pacing import reckon, recount
from portal.vault import CannotOpen
from portal.vocabulary import Deed

#: So many cases follow in one transaction: nobody else waits for longer than that takes.
BATCH = 100
#: The stages whose date a resident was told.
_PROMISED = frozenset({"screening", "pass_on", "result", "hold", "need_info", "review"})

Tally = dict[str, int]


@dataclass(frozen=True)
class Move:
    """What becomes of one clock. ``kept``: the plain count would have made it overdue."""

    stage: str
    before: datetime
    after: datetime
    kept: bool

    @property
    def days(self) -> int:
        """By how many days of the wall calendar it moves; towards today, when negative."""
        return (local_date(self.after) - local_date(self.before)).days


def counted(tally: Mapping[str, int], moves: Sequence[Move]) -> Tally:
    """A tally with one case more, by the moves of its clocks."""
    found = Counter(tally)
    days = max((move.days for move in moves), key=abs, default=0)
    if any(move.before != move.after for move in moves):
        found.update(("cases", "later" if days > 0 else "earlier", f"by {days}"))
    if any(move.kept for move in moves):
        found.update(("kept",))
    return dict(found)


def waiting_changes(session: Session) -> list[int]:
    """The changes that open cases have not followed to the end, the oldest first."""
    return list(
        session.scalars(
            select(CalendarChange.id)
            .where(CalendarChange.confirmed_at.is_not(None), CalendarChange.finished_at.is_(None))
            .order_by(CalendarChange.id)
            .limit(1)
        )
    )


def follow_some(session: Session, *, office: Office, change_id: int) -> None:
    """Let the next cases follow a change, or finish it when there are none left."""
    wanted = select(CalendarChange).where(CalendarChange.id == change_id)
    change = session.scalars(wanted.with_for_update(key_share=True, skip_locked=True)).one_or_none()
    if change is None or change.confirmed_at is None or change.finished_at is not None:
        return
    office = replace(office, calendar=read_calendar(session))
    numbers = _next_cases(session, change)
    # Whoever works on one of them is waited for, always in the same order.
    cases = session.scalars(
        select(Case).where(Case.id.in_(numbers)).order_by(Case.id).with_for_update(key_share=True)
    ).all()
    done, days = dict(change.done), _days(change)
    for case in cases:
        done = counted(done, _follow(session, office, case, days))
    change.done = done
    if numbers:
        change.reached_id = numbers[-1]
        return
    recount_transfers(session, office=office)
    change.finished_at = office.at
    write_down(session, ring=office.ring, at=office.at, deed=Deed.DEADLINES_MOVED, account_id=None)


def _next_cases(session: Session, change: CalendarChange) -> list[int]:
    """The next cases that a change may move."""
    return list(
        session.scalars(
            select(StageClock.case_id)
            .where(StageClock.case_id > change.reached_id, affected(_days(change)))
            .distinct()
            .order_by(StageClock.case_id)
            .limit(BATCH)
        )
    )


def _days(change: CalendarChange) -> list[date]:
    """The days that a change is about."""
    return [date.fromisoformat(str(day["on"])) for day in change.days]


def affected(days: Sequence[date]) -> ColumnElement[bool]:
    """That a clock runs and one of these days may lie between its start and its end."""
    return and_(
        StageClock.stopped_at.is_(None),
        StageClock.due_at >= start_of(min(days)),
        StageClock.started_at < start_of(max(days) + timedelta(days=1)),
    )


def _follow(session: Session, office: Office, case: Case, days: Sequence[date]) -> list[Move]:
    """Work the clocks of one case out anew. Its version stays: no decision is undone by it."""
    moves = []
    for clock in session.scalars(
        select(StageClock).where(StageClock.case_id == case.id, affected(days))
    ):
        move = move_of(clock, office.calendar, office.at)
        moves.append(move)
        clock.due_at = move.after
        clocks.retime(clock, office)
    if any(move.before != move.after for move in moves):
        _refile(session, case)
        _tell(session, office, case, moves)
    return moves


def move_of(clock: Any, calendar: Calendar, at: datetime) -> Move:
    """What the calendar makes of one clock; one that stands still is seen from its pause."""
    pace, seen = clocks.pace_of(clock), clock.paused_at or at
    after = recount(pace, clock.due_at, seen, calendar)
    return Move(clock.stage, clock.due_at, after, kept=reckon(pace, calendar) != after)


def _refile(session: Session, case: Case) -> None:
    """Write the new date wherever it is kept beside the clocks."""
    session.flush()
    running = session.scalars(
        select(StageClock).where(StageClock.case_id == case.id, StageClock.stopped_at.is_(None))
    ).all()
    moving = [clock for clock in running if clock.paused_at is None]
    due_at = min((clock.due_at for clock in moving), default=None)
    mark = max((clock.mark for clock in moving), default=0) or None
    keep = next((clock.due_at for clock in running if clock.stage == "keep"), case.keep_until)
    session.execute(
        update(Case)
        .where(Case.id == case.id)
        .values(due_at=due_at, mark=mark, keep_until=keep)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(CaseScope)
        .where(CaseScope.case_id == case.id)
        .values(due_at=due_at or case.arrived_at)
        .execution_options(synchronize_session=False)
    )


def _tell(session: Session, office: Office, case: Case, moves: Sequence[Move]) -> None:
    """Write into the course each promised date that is another one, the nearest first."""
    promised = [move for move in moves if move.stage in _PROMISED and move.days]
    if not promised:
        return
    try:
        keys = open_keys(session, office=office, case_id=case.id)
    except CannotOpen:
        tell_shut(case.id, "the course")
        return
    for move in sorted(promised, key=lambda move: move.after):
        was, day = local_date(move.before).isoformat(), local_date(move.after).isoformat()
        note(
            session,
            keys=keys,
            case=case,
            action="recount",
            actor=Actor.CLOCK,
            at=office.at,
            shown=True,
            facts={"due": day, "was": was, "stage": move.stage},
        )
