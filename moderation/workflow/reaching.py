"""When a case first reached each stage of its course: what figures of a period count."""

from __future__ import annotations

from datetime import datetime

from portal.models import Case
from portal.vocabulary import Status

S = Status
#: Every column, and the statuses with which it is reached.
REACHED = {
    "screened_at": frozenset({S.ELIGIBLE, S.DECLINED, S.REFERRED}),
    "eligible_at": frozenset({S.ELIGIBLE}),
    "routed_at": frozenset({S.ROUTED}),
    "answered_at": frozenset({S.ANSWERED}),
    "contested_at": frozenset({S.REVIEW}),
}


def note_reached(case: Case, *, at: datetime) -> None:
    """Write down that the case has its status, the first time only: a stage counts once."""
    for column, statuses in REACHED.items():
        if case.status in statuses and getattr(case, column) is None:
            setattr(case, column, at)
