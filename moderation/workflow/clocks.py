"""The stage clocks of a case: started, paused, shifted and stopped by the table's rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.workflow.table import Transition
from portal.deadlines import TARGETS, due, shift
from portal.models import Case, StageClock


def begin(session: Session, *, office: Office, case: Case) -> None:
    """Start the first two clocks of a case from the moment it arrived."""
    urgent = case.fears_retaliation or case.possible_denunciation
    target = TARGETS["screening_urgent" if urgent else "screening"]
    for stage, days in (
        ("screening", target.working_days),
        ("pass_on", TARGETS["pass_on"].working_days),
    ):
        _start(session, office, case, stage, due(case.arrived_at, days, office.calendar))
    session.flush()
    _set_due(session, case)


def turn(
    session: Session,
    *,
    office: Office,
    case: Case,
    row: Transition,
    until: datetime | None = None,
) -> None:
    """Apply a row's clock changes. ``until`` is a date somebody chose: a review or new date."""
    clocks = _running(session, case)
    for clock in clocks:
        if clock.stage in row.stops:
            clock.stopped_at = office.at
        elif clock.stage in row.pauses and clock.paused_at is None:
            clock.paused_at = office.at
        elif clock.stage in row.resumes and clock.paused_at is not None:
            clock.due_at = shift(clock.due_at, clock.paused_at, office.at, office.calendar)
            clock.paused_at = None
        elif clock.stage == "result" and row.action == "extend" and until is not None:
            clock.due_at = until
    for stage in row.starts:
        moment = until if stage == "hold" and until is not None else _due_of(stage, office)
        _start(session, office, case, stage, moment)
    session.flush()
    _set_due(session, case)


def due_of(session: Session, *, case: Case, stage: str) -> datetime | None:
    """When a running stage is due, or nothing when it does not run."""
    return next((c.due_at for c in _running(session, case) if c.stage == stage), None)


def _due_of(stage: str, office: Office) -> datetime:
    """When a stage that starts now is due."""
    return due(office.at, TARGETS[stage].working_days, office.calendar)


def _start(session: Session, office: Office, case: Case, stage: str, due_at: datetime) -> None:
    """Start one clock."""
    session.add(StageClock(case_id=case.id, stage=stage, started_at=office.at, due_at=due_at))


def _running(session: Session, case: Case) -> list[StageClock]:
    """The clocks of a case that are not stopped."""
    return list(
        session.scalars(
            select(StageClock)
            .where(StageClock.case_id == case.id, StageClock.stopped_at.is_(None))
            .order_by(StageClock.id)
        )
    )


def _set_due(session: Session, case: Case) -> None:
    """The case is due when its earliest running clock is."""
    moments = [clock.due_at for clock in _running(session, case) if clock.paused_at is None]
    case.due_at = min(moments, default=None)
