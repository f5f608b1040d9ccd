"""What was purged, and says so in the log.

A purge takes keys or rows away and leaves an event, bound under a key that everybody has. Its
facts name the leaves whose events are gone; the leaves themselves stay for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.verifying.rows import UNREADABLE, Unreadable, read_rows
from portal.ledger import PURGE, PURGE_KEY, step_of
from portal.models import Event
from portal.vault import CannotOpen, commitment

#: The fact of a purge that lists leaves by number, between spaces.
LEAVES = "leaves"


@dataclass(frozen=True)
class Purges:
    """The cases whose keys may be gone, and the leaves whose events may be gone."""

    cases: frozenset[int]
    leaves: frozenset[int]


def read_purges(session: Session) -> Purges:
    """Every purge that is what its commitment says; an altered one excuses nothing."""
    wanted = select(*Event.__table__.c).where(Event.action == PURGE).order_by(Event.id)
    found = read_rows(session, wanted, Event.id, Event.case_id)
    rows = [row for row in found if not isinstance(row, Unreadable) and _own(row)]
    listed = (number for row in rows for number in row.facts.get(LEAVES, "").split())
    return Purges(
        cases=frozenset(row.case_id for row in rows),
        leaves=frozenset(int(number) for number in listed if number.isdecimal()),
    )


def _own(row: Any) -> bool:
    """Whether the row of a purge is as it was written."""
    try:
        step = step_of(row, public=PURGE_KEY)
        bound = commitment(PURGE_KEY, row.uid, step.canonical(row.uid, row.inside))
    except (CannotOpen, *UNREADABLE):
        return False
    return bool(bound == row.commitment)
