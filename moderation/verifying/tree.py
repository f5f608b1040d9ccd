"""Checking the tree: every leaf against its event, every subtree, every head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.verifying.rows import is_bytes
from portal.ledger import Head, is_signed
from portal.ledger.merkle import Place, grow, hash_leaf, hash_span, peaks
from portal.models import Event, LogLeaf, LogNode
from portal.proving import read_nodes
from portal.vault import Ring

#: A fault, or nothing, and how many leaves were looked at since the last one.
Found = tuple[str, int]
#: How many leaves are looked at together.
_TOGETHER = 1000


@dataclass
class _Walk:
    """How far the tree is rebuilt, and what stands at its edge."""

    size: int = 0
    nodes: dict[Place, bytes] = field(default_factory=dict)
    places: int = 0
    #: Leaves that do not hold what their event commits to: what they hold, and what they should.
    strange: dict[int, tuple[bytes, bytes, int]] = field(default_factory=dict)


def check_tree(
    session: Session, *, ring: Ring, heads: list[Head], without: frozenset[int]
) -> Iterator[Found]:
    """Rebuild the tree from its leaves, and compare it with what is stored and signed.

    ``without`` are the leaves that have no event: those of purged ones, and of the journal.
    """
    walk = _Walk()
    yield from ((sentence, 0) for sentence in _signatures(heads, ring))
    while rows := _leaves(session, walk.size):
        gap = next((n for n, row in enumerate(rows, walk.size) if row.number != n), None)
        whole = rows if gap is None else rows[: gap - walk.size]
        yield from _chunk(session, walk, whole, heads, without)
        if gap is not None:
            yield f"Leaf {gap} was removed from the log; nothing behind it can be checked.", 0
            return
    yield from ((sentence, 0) for sentence in _strange(walk))
    yield from ((sentence, 0) for sentence in _ends(session, walk, heads))


def _leaves(session: Session, start: int) -> list[Any]:
    """The leaves from a number on, each with its event where there is one."""
    return list(
        session.execute(
            select(LogLeaf.number, Event.id, Event.commitment)
            .join(Event, Event.uid == LogLeaf.event_uid, isouter=True)
            .where(LogLeaf.number >= start)
            .order_by(LogLeaf.number)
            .limit(_TOGETHER)
        )
    )


def _chunk(
    session: Session, walk: _Walk, rows: list[Any], heads: list[Head], without: frozenset[int]
) -> Iterator[Found]:
    """Check some leaves, the subtrees that they complete, and the heads that end among them."""
    nodes = read_nodes(session, [(0, row.number) for row in rows])
    stored = {place: found for place, found in nodes.items() if is_bytes(found)}
    for row in rows:
        yield _leaf(walk, row, stored.get((0, row.number)), without), 1
    hashes = [stored.get((0, row.number)) or _promised(row) for row in rows]
    edge = peaks((0, walk.size))
    made = dict(grow(walk.size, [walk.nodes[place] for place in edge], hashes))
    inner = [place for place in made if place[0]]
    kept = read_nodes(session, inner)
    for level, index in inner:
        if kept.get((level, index)) != made[level, index]:
            first, last = index << level, (index + 1 << level) - 1
            yield f"The hash over the leaves {first} to {last} was altered or removed.", 0
    walk.nodes |= made
    end = walk.size + len(rows)
    for head in heads:
        if walk.size < head.size <= end and hash_span((0, head.size), walk.nodes) != head.root:
            yield f"The head of size {head.size} does not stand on the leaves below it.", 0
    walk.size, walk.places = end, walk.places + len(made)
    walk.nodes = {place: walk.nodes[place] for place in peaks((0, end))}


def _leaf(walk: _Walk, row: Any, held: bytes | None, without: frozenset[int]) -> str:
    """What is wrong with one leaf; what may only stand in another's place is kept for later."""
    if held is None:
        return f"The hash of leaf {row.number} was removed."
    if row.commitment is None:
        gone = f"The event of leaf {row.number} was removed, and no purge tells of it."
        return "" if row.number in without else gone
    wanted = _promised(row)
    if wanted != held:
        walk.strange[row.number] = held, wanted, row.id
    return ""


def _promised(row: Any) -> bytes:
    """The hash of what the event of a leaf commits to."""
    return hash_leaf(row.commitment if is_bytes(row.commitment) else b"")


def _strange(walk: _Walk) -> Iterator[str]:
    """Name the leaves that do not fit their event: moved where another one lacks it, or altered."""
    held = {found: number for number, (found, _wanted, _id) in walk.strange.items()}
    for number, (_found, wanted, event_id) in walk.strange.items():
        if (place := held.get(wanted)) is not None:
            yield f"Leaf {number} was reordered: what event {event_id} says stands at {place}."
        else:
            yield f"Leaf {number} does not hold what event {event_id} says: one was altered."


def _signatures(heads: list[Head], ring: Ring) -> Iterator[str]:
    """Name the heads that nobody of us signed, or that were signed before a smaller one."""
    for head in heads:
        if not is_signed(head, ring.log_public):
            yield f"The head of size {head.size} was altered: its signature does not hold."
    for before, after in pairwise(heads):
        if after.at < before.at:
            yield f"The head of size {after.size} is older than that of size {before.size}."


def _ends(session: Session, walk: _Walk, heads: list[Head]) -> Iterator[str]:
    """What is signed without leaves, has leaves without being signed, or belongs to no leaf."""
    newest = heads[-1].size if heads else 0
    if newest > walk.size:
        yield f"Leaves {walk.size} to {newest - 1} were removed: a signed head has them."
    if newest < walk.size:
        yield f"Leaves {newest} to {walk.size - 1} were added, or their head was removed."
    stored = session.scalar(select(func.count()).select_from(LogNode)) or 0
    if stored > walk.places:
        yield f"The tree has {stored - walk.places} hashes more than its leaves make."
