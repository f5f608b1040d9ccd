"""Opening an office for whoever has no request: the worker, and the commands of the machine."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from moderation.calendar.reading import read_calendar
from moderation.office import Office
from portal.clock import now
from portal.lexicon import read_lexicon
from portal.targets import read_targets
from portal.vault import Ring


def open_office(session: Session, *, ring: Ring, at: datetime | None = None) -> Office:
    """An office for one round: keys, calendar, targets and words as they stand, and this moment."""
    return Office(
        ring=ring,
        calendar=read_calendar(session),
        at=at or now(),
        targets=read_targets(session),
        lexicon=read_lexicon(session),
    )
