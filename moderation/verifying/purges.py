"""What was purged, and says so in the log.

A purge takes cases away, their rows and their keys, and leaves one event, bound under a key that
only staff hold. Its facts name the leaves whose events are gone, those of all its cases together;
the leaves themselves stay for ever.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.verifying.rows import UNREADABLE, Unreadable, read_rows
from portal.ledger import PURGE, step_of
from portal.models import Event
from portal.vault import CannotOpen, Ring, commitment, derive

#: The fact of a purge that lists leaves by number, between spaces.
LEAVES = "leaves"
_PURPOSE = "purge"


def purge_key(ring: Ring) -> bytes:
    """What binds a purge. Raises KeyFault for keys of the public process."""
    return derive(ring.search, _PURPOSE)


def read_purged_leaves(session: Session, *, ring: Ring) -> frozenset[int]:
    """The leaves whose events were purged; a purge that was altered or forged excuses nothing."""
    wanted = select(*Event.__table__.c).where(Event.action == PURGE).order_by(Event.id)
    found, key = read_rows(session, wanted, Event.id, Event.case_id), purge_key(ring)
    rows = [row for row in found if not isinstance(row, Unreadable) and _own(row, key)]
    listed = (number for row in rows for number in row.facts.get(LEAVES, "").split())
    return frozenset(int(number) for number in listed)


def _own(row: Any, key: bytes) -> bool:
    """Whether the row of a purge is as it was written."""
    try:
        step = step_of(row, public=key)
        bound = commitment(key, row.uid, step.canonical(row.uid, row.inside))
    except (CannotOpen, *UNREADABLE):
        return False
    return bool(bound == row.commitment)
