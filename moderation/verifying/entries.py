"""Checking the journal of the staff: every entry follows from the one before, and none is missing.

Entries are bound to each other by their chain, and the newest of them to the public log with each
of its batches. So what was altered, added, removed or moved is found in the journal itself, and an
end that was cut off by what the log holds. What was trimmed is over for good: the walk begins where
the journal does.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Enum, String, func, select, type_coerce
from sqlalchemy.orm import Session

from moderation.anchoring import Anchor, read_anchors
from moderation.journal import BEFORE_THE_FIRST, link
from moderation.verifying.floor import read_floor
from moderation.verifying.rows import Unreadable, read_heads, read_rows
from portal.clock import VIETNAM
from portal.ledger import is_signed
from portal.models import JournalEntry
from portal.vault import Ring

Moved = Callable[[int], None]

_TOGETHER = 1_000
#: Of so many entries that follow from none before them it is asked which they do follow from.
_MOST_COMPARED = 200


#: Words are read as they are stored: one that was altered need not be a word of ours any more.
_COLUMNS = [
    type_coerce(column, String).label(column.name) if isinstance(column.type, Enum) else column
    for column in JournalEntry.__table__.c
]


@dataclass
class JournalReport:
    """What was found: one sentence for each fault, and how much there was to check."""

    faults: list[str] = field(default_factory=list)
    entries: int = 0
    anchors: int = 0


@dataclass
class Trail:
    """A walk along the entries in their order, holding only what does not fit."""

    search: bytes
    anchors: list[Anchor]
    chain: bytes = BEFORE_THE_FIRST
    last: int = 0
    taken: int = 0
    #: How many anchors were met, and whether the newest one was.
    met: int = 0
    ended: bool = False
    #: Entries that do not follow from the one before, and that one with its chain.
    loose: list[tuple[Any, int, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Meet what was anchored before there was an entry, or before the oldest that is left."""
        self._beginning = self.chain
        self._meet()

    def take(self, row: Any) -> None:
        """Go on to the next entry."""
        if not _follows(self.search, row, self.chain):
            self.loose.append((row, self.last, self.chain))
        self.chain, self.last = row.chain, row.id
        self.taken += 1
        self._meet()

    def faults(self) -> Iterator[str]:
        """What was found, once the last entry was taken."""
        ends = [(number, chain) for _row, number, chain in self.loose[:_MOST_COMPARED]]
        ends.append((self.last, self.chain))
        for row, before, _chain in self.loose:
            yield _told(self.search, row, before, ends, self._beginning)
        if self.anchors and not self.ended:
            yield (
                f"The end was cut off or written anew: the public log of {_hour(self.anchors[-1])} "
                f"binds another end than entry {self.last}."
            )
        if self.met < len(self.anchors) - 1:
            yield (
                f"What the public log of {_hour(self.anchors[self.met])} binds is not in the "
                "journal: entries written before it were altered or removed."
            )

    def _meet(self) -> None:
        """Note the anchors that bind the journal as it stands here."""
        while self.met < len(self.anchors) and self._binds(self.anchors[self.met]):
            self.met += 1
        self.ended = self.ended or bool(self.anchors and self._binds(self.anchors[-1]))

    def _binds(self, anchor: Anchor) -> bool:
        return anchor.binds(self.search, self.chain)


def count_entries(session: Session) -> int:
    """How many steps the check takes."""
    return session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def verify_journal(session: Session, *, ring: Ring, moved: Moved) -> JournalReport:
    """Check all entries; ``moved`` is told how many were taken since it was last called."""
    heads, faults = read_heads(session)
    floor = read_floor(session, search=ring.search)
    faults += [floor.fault] if floor.fault else []
    anchors = floor.above(read_anchors(session, ring=ring, heads=heads))
    faults += [sentence for anchor in anchors if (sentence := _lost(anchor, ring))]
    standing = [anchor for anchor in anchors if anchor.number is not None]
    trail = Trail(ring.search, standing, chain=floor.chain)
    while rows := _entries(session, trail.last):
        for row in rows:
            trail.take(row)
        moved(len(rows))
    return JournalReport([*faults, *trail.faults()], trail.taken, len(trail.anchors))


def _entries(session: Session, after: int) -> list[Any]:
    """The next entries; one that cannot even be read comes without its facts."""
    some = select(*_COLUMNS).where(JournalEntry.id > after)
    return read_rows(session, some.order_by(JournalEntry.id).limit(_TOGETHER), JournalEntry.id)


def _lost(anchor: Anchor, ring: Ring) -> str:
    """What is wrong with an anchor itself, or nothing."""
    size = anchor.head.size
    if anchor.number is None:
        return f"The leaf that binds the journal was removed from the log, below size {size}."
    if not anchor.proved or not is_signed(anchor.head, ring.log_public):
        return f"The leaf that binds the journal does not stand in the signed head of size {size}."
    return ""


def _told(
    search: bytes, row: Any, before: int, ends: list[tuple[int, bytes]], beginning: bytes
) -> str:
    """What happened to an entry that does not follow from the one before it."""
    for number, chain in ends:
        if number != before and _follows(search, row, chain):
            return f"Entry {row.id} was moved, or others were put before it: it follows {number}."
    if _follows(search, row, beginning):
        return f"Entry {row.id} was moved, or others were put before it: it is the first."
    return f"Entry {row.id} was altered, or one before it was removed."


def _follows(search: bytes, row: Any, chain: bytes) -> bool:
    """Whether an entry was written after this chain and is as it was written."""
    readable = not isinstance(row, Unreadable)
    return readable and hmac.compare_digest(row.chain, link(search, row, chain))


def _hour(anchor: Anchor) -> str:
    """When the batch of an anchor was appended."""
    return f"{anchor.head.at.astimezone(VIETNAM):%Y-%m-%d %H:%M}"
