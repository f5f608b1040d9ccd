"""Where a trimmed journal begins: whether that was laid by the portal, and after long enough."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from moderation.anchoring import Anchor
from moderation.journal import BEFORE_THE_FIRST, bind_floor
from moderation.verifying.rows import Unreadable, read_rows
from portal.models import JournalEntry, JournalFloor
from portal.periods import UNITS
from portal.vocabulary import Deed, RetentionRule

#: A batch may bind an entry that was begun before it and written after; it is no longer than that.
_SETTLED = timedelta(hours=1)


@dataclass(frozen=True)
class Floor:
    """The chain from which the journal goes on, and up to when its entries are gone."""

    chain: bytes = BEFORE_THE_FIRST
    until: datetime | None = None
    fault: str = ""

    def above(self, anchors: Sequence[Anchor]) -> list[Anchor]:
        """The anchors that bind what is left; those of what has gone bind nothing any more."""
        if self.until is None:
            return list(anchors)
        return [anchor for anchor in anchors if anchor.head.at > self.until + _SETTLED]


def read_floor(session: Session, *, search: bytes) -> Floor:
    """Where the journal begins. A floor that the portal did not lay is a fault, and none."""
    rows = read_rows(session, select(*JournalFloor.__table__.c), JournalFloor.id)
    if not rows:
        return Floor()
    row = rows[0]
    if isinstance(row, Unreadable) or not _is_bound(row, search):
        return Floor(fault="Where the trimmed journal begins was altered.")
    if row.at - row.until < timedelta(days=_LEAST_DAYS):
        return Floor(row.chain, row.until, "The journal was trimmed of what was too young to go.")
    trimmed = exists().where(JournalEntry.deed == Deed.JOURNAL_TRIMMED, JournalEntry.at == row.at)
    if not session.scalar(select(trimmed)):
        return Floor(row.chain, row.until, "No entry tells of the last trimming of the journal.")
    return Floor(row.chain, row.until)


_LEAST_DAYS = UNITS[RetentionRule.JOURNAL].days(UNITS[RetentionRule.JOURNAL].least)


def _is_bound(row: object, search: bytes) -> bool:
    """Whether a floor is as the portal laid it; a value in it may have been altered to anything."""
    try:
        return hmac.compare_digest(row.bound, bind_floor(search, row))  # type: ignore[attr-defined]
    except (TypeError, AttributeError, ValueError):
        return False
