"""The stage clocks of a case: started, paused, shifted and stopped by the table's rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.workflow.actions import Action
from moderation.workflow.table import Transition
from portal.deadlines import (
    due,
    shift,
    working_days_between,
    working_days_taken,
    working_days_until,
)
from portal.models import Case, StageClock
from portal.pacing import Mark, Pace, frozen, mark_at, next_mark, reached

#: The stages of whoever handles a case; the others are the desk's.
HANDLED = frozenset({"accept", "result", "hold"})
#: What goes on anew with an organisation that takes a case over.
_TAKEN_OVER = frozenset({"accept", "result"})


def begin(session: Session, *, office: Office, case: Case) -> None:
    """Start the first two clocks of a case from the moment it arrived."""
    urgent = case.fears_retaliation or case.possible_denunciation
    targets = office.targets
    for stage, target in (
        ("screening", targets["screening_urgent" if urgent else "screening"]),
        ("pass_on", targets["pass_on"]),
    ):
        due_at = due(case.arrived_at, target.working_days, office.calendar)
        clock = _start(session, office, case, stage, due_at, target.working_days)
        clock.started_at = case.arrived_at
    session.flush()
    settle(session, case)


def turn(
    session: Session,
    *,
    office: Office,
    case: Case,
    row: Transition,
    until: datetime | None = None,
) -> None:
    """Apply a row's clock changes. ``until`` is a date somebody chose: a review or new date."""
    for clock in running(session, case):
        if clock.stage in row.stops:
            _stop(clock, office)
        elif clock.stage in row.pauses and clock.paused_at is None:
            clock.paused_at, clock.next_at = office.at, None
        elif clock.stage in row.resumes and clock.paused_at is not None:
            _resume(clock, office)
        elif clock.stage == "result" and row.action is Action.EXTEND and until is not None:
            _choose(clock, office, until)
        elif clock.stage in _TAKEN_OVER and row.action is Action.ESCALATE:
            _hand_over(session, office, case, clock)
    for stage in row.starts:
        days = office.targets[stage].working_days if stage in office.targets else 0
        moment = due(office.at, days, office.calendar)
        _start(
            session, office, case, stage, moment, days, chosen=until if stage == "hold" else None
        )
    session.flush()
    settle(session, case)


def owner_of(case: Case, stage: str) -> int | None:
    """Whose time a stage is: the handler's, the reviewer's, or the desk's."""
    if stage in HANDLED:
        return case.handler_id
    return case.decider_id if stage == "review" else case.desk_id


def due_of(session: Session, *, case: Case, stage: str) -> datetime | None:
    """When a running stage is due, or nothing when it does not run."""
    return next((c.due_at for c in running(session, case) if c.stage == stage), None)


def due_when_taken_over(session: Session, *, office: Office, case: Case) -> datetime | None:
    """When the result would be due if another organisation took the case over now."""
    old = due_of(session, case=case, stage="result")
    return _later_due(office, old) if old is not None else None


def pace_of(clock: Any) -> Pace:
    """What a clock, or a row of its columns, was started with, as it is counted with."""
    return Pace(
        started_at=clock.started_at,
        working_days=clock.working_days,
        chosen_at=clock.chosen_at,
        pauses=tuple(
            (datetime.fromisoformat(paused), datetime.fromisoformat(resumed))
            for paused, resumed in clock.pauses
        ),
    )


def retime(clock: StageClock, office: Office) -> None:
    """Say when the next mark of a clock is reached; a mark that lies ahead again comes again."""
    if clock.stopped_at is not None or clock.paused_at is not None:
        clock.next_at = None
        return
    passed = reached(
        office.at,
        stage=clock.stage,
        due_at=clock.due_at,
        working_days=clock.working_days,
        calendar=office.calendar,
        targets=office.targets,
    )
    clock.mark = min(Mark(clock.mark), passed)
    clock.next_at = _next_at(clock, office)


def running(session: Session, case: Case) -> list[StageClock]:
    """The clocks of a case that are not stopped."""
    return list(
        session.scalars(
            select(StageClock)
            .where(StageClock.case_id == case.id, StageClock.stopped_at.is_(None))
            .order_by(StageClock.id)
        )
    )


def settle(session: Session, case: Case) -> None:
    """The case is due when its earliest running clock is, and as pressed as the most pressed one.

    Once nobody is behind any more, the level above has nothing to take over.
    """
    clocks = running(session, case)
    ticking = [clock for clock in clocks if clock.paused_at is None]
    case.due_at = min((clock.due_at for clock in ticking), default=None)
    case.mark = max((clock.mark for clock in ticking), default=Mark.NONE) or None
    behind = max((c.mark for c in ticking if c.stage in HANDLED), default=Mark.NONE)
    if behind < Mark.TOLD:
        case.above_id = None
    if behind < Mark.OPEN:
        case.take_over_from = None
    for clock in clocks:
        if clock.paused_at is not None:
            # Whoever goes on late after a pause is told of anew.
            clock.mark = min(clock.mark, Mark.ALL)


def pass_mark(case: Case, clock: StageClock, office: Office, mark: Mark) -> None:
    """Note that a mark was told, and when the next one is reached."""
    clock.mark, case.mark = mark, max(case.mark or Mark.NONE, mark)
    clock.next_at = _next_at(clock, office)


def _next_at(clock: StageClock, office: Office) -> datetime | None:
    following = next_mark(clock.stage, Mark(clock.mark))
    if following is None:
        return None
    return mark_at(
        following,
        due_at=clock.due_at,
        working_days=clock.working_days,
        calendar=office.calendar,
        targets=office.targets,
    )


def _start(
    session: Session,
    office: Office,
    case: Case,
    stage: str,
    due_at: datetime,
    days: int,
    *,
    chosen: datetime | None = None,
) -> StageClock:
    """Start one clock, with so many working days or until a chosen date."""
    clock = StageClock(
        case_id=case.id,
        stage=stage,
        organisation_id=owner_of(case, stage),
        started_at=office.at,
        due_at=chosen or due_at,
        working_days=days,
        chosen_at=chosen,
        pauses=[],
        stood=0,
        mark=Mark.NONE,
    )
    if chosen is not None:
        clock.working_days = working_days_between(office.at, chosen, office.calendar)
    clock.next_at = _next_at(clock, office)
    session.add(clock)
    return clock


def _stop(clock: StageClock, office: Office) -> None:
    """Stop a clock. Whether it was late is settled; while it stood still nobody was behind."""
    clock.stopped_at, clock.next_at = office.at, None
    ended = clock.paused_at or office.at
    clock.late, clock.late_days = frozen(clock.due_at, ended, office.calendar)
    ran = working_days_taken(clock.started_at, ended, office.calendar)
    clock.taken = max(ran - clock.stood, 0)


def _resume(clock: StageClock, office: Office) -> None:
    """Go on after a pause, which is kept."""
    paused, clock.paused_at = clock.paused_at or office.at, None
    clock.pauses = [*clock.pauses, [paused.isoformat(), office.at.isoformat()]]
    clock.due_at = shift(clock.due_at, paused, office.at, office.calendar)
    clock.stood += working_days_taken(paused, office.at, office.calendar)
    retime(clock, office)


def _choose(clock: StageClock, office: Office, until: datetime) -> None:
    """Put a clock off to a date that somebody chose."""
    clock.working_days += working_days_until(clock.due_at, until, office.calendar)
    clock.due_at = clock.chosen_at = until
    clock.pauses = []
    retime(clock, office)


def _hand_over(session: Session, office: Office, case: Case, clock: StageClock) -> None:
    """Let a stage go on with another organisation; how late the first was is kept with the first.

    Design rule: the other one has some working days at least, and what was promised if it is later.
    """
    if clock.stage == "accept":
        days = office.targets["accept"].working_days
        new = _start(session, office, case, "accept", due(office.at, days, office.calendar), days)
    else:
        days = office.targets["taken_over"].working_days
        due_at = _later_due(office, clock.due_at)
        kept = due_at if due_at == clock.due_at else None
        new = _start(session, office, case, "result", due_at, days, chosen=kept)
    if clock.paused_at is not None:
        new.paused_at, new.next_at = office.at, None
    _stop(clock, office)


def _later_due(office: Office, due_at: datetime) -> datetime:
    """The later of a date that was promised and the days of whoever takes over."""
    return max(due_at, due(office.at, office.targets["taken_over"].working_days, office.calendar))
