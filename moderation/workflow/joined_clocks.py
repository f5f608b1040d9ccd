"""The clocks of a case that others are merged into: the earliest of their dates holds.

Design rule: nobody gains time by merging, and who is taken out again has what was promised.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.workflow.actions import Action
from moderation.workflow.clocks import retime, running, settle
from portal.deadlines import shift
from portal.models import Case, Event, StageClock


def hasten(session: Session, *, office: Office, case: Case, other: Case) -> None:
    """Let a case keep the dates of one that is merged into it where they are the earlier ones.

    What it was started with itself is kept, for the day on which the other is taken out again.
    """
    theirs = {clock.stage: clock for clock in _stopped_by_merger(session, other)}
    for clock in running(session, case):
        earlier = theirs.get(clock.stage)
        if earlier is None or earlier.due_at >= clock.due_at:
            continue
        if clock.own_pace is None:
            clock.own_pace = _own_pace(clock)
        clock.due_at = clock.chosen_at = earlier.due_at
        clock.pauses = []
        retime(clock, office)
    session.flush()
    settle(session, case)


def take_own_pace(
    session: Session, *, office: Office, case: Case, still_in: Iterable[Case]
) -> None:
    """Give a case its own dates back, but those that cases still merged into it brought."""
    for clock in running(session, case):
        if clock.own_pace is not None:
            _restore_pace(clock, office)
    session.flush()
    settle(session, case)
    for other in still_in:
        hasten(session, office=office, case=case, other=other)


def go_on(session: Session, *, office: Office, case: Case) -> None:
    """Let the clocks of a case run on that stopped when it was merged, with the dates promised.

    What has passed meanwhile is late, and said to be.
    """
    for clock in _stopped_by_merger(session, case):
        clock.stopped_at = clock.late = clock.late_days = clock.taken = None
        retime(clock, office)
    session.flush()
    settle(session, case)


def _stopped_by_merger(session: Session, case: Case) -> list[StageClock]:
    """The clocks of a case that stopped at the moment at which it was last merged."""
    merged_at = (
        select(func.max(Event.at))
        .where(Event.case_id == case.id, Event.action == Action.MERGE.value)
        .scalar_subquery()
    )
    return list(
        session.scalars(
            select(StageClock)
            .where(StageClock.case_id == case.id, StageClock.stopped_at == merged_at)
            .order_by(StageClock.id)
        )
    )


def _own_pace(clock: StageClock) -> dict[str, Any]:
    """What a clock was started with, as it is kept."""
    return {
        "due_at": clock.due_at.isoformat(),
        "chosen_at": clock.chosen_at.isoformat() if clock.chosen_at else None,
        "pauses": clock.pauses,
    }


def _restore_pace(clock: StageClock, office: Office) -> None:
    """Give a clock back what it was started with, and count the pauses since then."""
    own, since = clock.own_pace or {}, clock.pauses
    chosen, due_at = own["chosen_at"], datetime.fromisoformat(own["due_at"])
    for paused, resumed in since:
        due_at = shift(
            due_at,
            datetime.fromisoformat(paused),
            datetime.fromisoformat(resumed),
            office.calendar,
        )
    clock.due_at = due_at
    clock.chosen_at = datetime.fromisoformat(chosen) if chosen else None
    clock.pauses = [*own["pauses"], *since]
    clock.own_pace = None
    retime(clock, office)
