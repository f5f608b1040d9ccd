"""Anchoring the journal of the staff in the public log, so that its end cannot be cut off.

With every batch one more leaf is appended that binds the newest entry of the journal under a key
of the staff. Nobody else can tell that leaf from those of events, nor whether anything was written
since the last one. Whoever takes entries off the end of the journal would have to take leaves out
of a tree whose signed heads people keep.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.journal import newest_chain
from portal.ledger import Head
from portal.ledger.merkle import hash_leaf, proves_inclusion
from portal.models import LogLeaf
from portal.proving import inclusions, read_nodes
from portal.vault import Ring, derive

_PURPOSE = "journal anchor"
_UID_BYTES = 16
_AT_ONCE = 500


class Leaf(NamedTuple):
    """What is appended to the log: a name, and what it commits to."""

    uid: bytes
    commitment: bytes


@dataclass(frozen=True)
class Anchor:
    """The leaf of a batch that binds the journal. Without a ``number`` the log has lost it."""

    head: Head
    uid: bytes
    number: int | None = None
    hash: bytes = b""
    #: Whether the leaf is proved to stand in the tree of the batch's head.
    proved: bool = False

    def binds(self, search: bytes, chain: bytes) -> bool:
        """Whether this was the newest chain of the journal when the leaf was made."""
        return hmac.compare_digest(self.hash, hash_leaf(_commit(search, self.uid, chain)))


def make_anchor(session: Session, *, ring: Ring, size: int) -> Leaf:
    """The leaf that binds the journal as it is now, for the batch that begins at this size."""
    return bind(ring.search, size=size, chain=newest_chain(session))


def bind(search: bytes, *, size: int, chain: bytes) -> Leaf:
    """The leaf that binds the newest chain of a journal."""
    uid = _name(search, size)
    return Leaf(uid, _commit(search, uid, chain))


def read_anchors(session: Session, *, ring: Ring, heads: Sequence[Head]) -> list[Anchor]:
    """The anchors of all batches, the oldest first; none for those before there were anchors.

    ``heads`` are those of the whole log, the oldest first.
    """
    starts = [0, *(head.size for head in heads)]
    names = [_name(ring.search, start) for start in starts[:-1]]
    numbers = dict(_numbers(session, names))
    found: list[Anchor] = []
    for head, uid in zip(heads, names, strict=True):
        number = numbers.get(uid)
        if number is not None:
            found.append(_read(session, head, uid, number))
        elif found:
            found.append(Anchor(head, uid))
    return found


def _numbers(session: Session, uids: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """The places of these leaves in the log."""
    left = list(uids)
    while left:
        some, left = left[:_AT_ONCE], left[_AT_ONCE:]
        rows = session.execute(
            select(LogLeaf.event_uid, LogLeaf.number).where(LogLeaf.event_uid.in_(some))
        )
        yield from ((row.event_uid, row.number) for row in rows)


def _read(session: Session, head: Head, uid: bytes, number: int) -> Anchor:
    """One anchor with its hash, and whether the head has it; a hash may be altered to anything."""
    held = read_nodes(session, [(0, number)]).get((0, number))
    if not isinstance(held, bytes):
        return Anchor(head, uid, number)
    try:
        path = inclusions(session, numbers=[number], size=head.size)[number]
        proved = proves_inclusion(held, index=number, size=head.size, path=path, root=head.root)
    except (KeyError, ValueError, TypeError):
        return Anchor(head, uid, number, held)
    return Anchor(head, uid, number, held, proved)


def _name(search: bytes, size: int) -> bytes:
    """The name of the anchor of the batch that begins at this size; random to everybody else."""
    return hmac.digest(derive(search, _PURPOSE), f"name|{size}".encode(), "sha256")[:_UID_BYTES]


def _commit(search: bytes, uid: bytes, chain: bytes) -> bytes:
    """What binds a chain under the name of a leaf."""
    return hmac.digest(derive(search, _PURPOSE), b"head|" + uid + chain, "sha256")
