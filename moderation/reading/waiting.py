"""The stage clocks of a case that still run, for the page that shows them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import StageClock


def running_clocks(session: Session, *, case_id: int) -> tuple[StageClock, ...]:
    """The clocks that are not stopped, those due first in front and paused ones behind."""
    clocks = session.scalars(
        select(StageClock)
        .where(StageClock.case_id == case_id, StageClock.stopped_at.is_(None))
        .order_by(StageClock.due_at, StageClock.id)
    )
    return tuple(sorted(clocks, key=lambda clock: clock.paused_at is not None))
