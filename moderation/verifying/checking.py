"""The whole check, one part after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.anchoring import read_anchors
from moderation.verifying.contents import check_contents
from moderation.verifying.purges import read_purged_leaves
from moderation.verifying.rows import read_heads
from moderation.verifying.tree import check_tree
from portal.ledger import Head
from portal.models import Event, LogLeaf
from portal.vault import Ring

Moved = Callable[[int], None]


@dataclass
class Report:
    """What was found: one sentence for each fault, and how much there was to check."""

    faults: list[str] = field(default_factory=list)
    leaves: int = 0
    events: int = 0
    #: Events that are not in the log yet, and those that a purge has taken away.
    waiting: int = 0
    purged: int = 0


def count_rows(session: Session) -> int:
    """How many steps the check takes."""
    return sum(
        session.scalar(select(func.count()).select_from(table)) or 0 for table in (Event, LogLeaf)
    )


def verify(session: Session, *, ring: Ring, moved: Moved) -> Report:
    """Check everything; ``moved`` is told how many steps were taken since it was last called.

    Raises KeyFault, through the ring, never for a row: what cannot be read is a fault to name.
    """
    purged = read_purged_leaves(session, ring=ring)
    heads, faults = read_heads(session)
    report = Report(faults, purged=len(purged))
    without = purged | _of_the_journal(session, ring, heads)
    for sentence, count in check_tree(session, ring=ring, heads=heads, without=without):
        _note(report, sentence)
        report.leaves += count
        moved(count)
    for found in check_contents(session, ring=ring):
        for sentence in found.faults:
            _note(report, sentence)
        report.events += found.checked
        report.waiting += found.waiting
        moved(found.checked)
    return report


def _of_the_journal(session: Session, ring: Ring, heads: list[Head]) -> frozenset[int]:
    """The leaves that stand for the journal of the staff and for no event."""
    anchors = read_anchors(session, ring=ring, heads=heads)
    return frozenset(anchor.number for anchor in anchors if anchor.number is not None)


def _note(report: Report, sentence: str) -> None:
    """Keep a fault; an empty sentence is none."""
    if sentence:
        report.faults.append(sentence)
