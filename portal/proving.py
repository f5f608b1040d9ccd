"""Reading the public log: its heads, and proofs made of the few places that each one needs.

It never computes the log anew: a proof is one statement, whatever the size of the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Executable, select

from portal.db import RowSession
from portal.ledger import Head
from portal.ledger.merkle import (
    Place,
    consistency_spans,
    hash_span,
    inclusion_spans,
    places_of,
    position,
)
from portal.models import LogHead, LogLeaf, LogNode

HEADS = select(
    LogHead.size, LogHead.root, LogHead.at, LogHead.key_version, LogHead.signature
).order_by(LogHead.size.desc())


def newest_head(session: RowSession) -> Head | None:
    """The head that was signed last, or nothing while there is none."""
    return _head(session, HEADS.limit(1))


def head_of(session: RowSession, *, size: int) -> Head | None:
    """The head of the log at this size, where one was signed."""
    return _head(session, HEADS.where(LogHead.size == size))


def heads_below(session: RowSession, *, size: int | None, limit: int) -> list[Head]:
    """The newest heads that are smaller than ``size``; all of them when it is none."""
    wanted = HEADS.limit(limit)
    if size is not None:
        wanted = wanted.where(LogHead.size < size)
    return [Head(*row) for row in session.execute(wanted)]


def heads_above(session: RowSession, *, size: int, limit: int | None) -> list[Head]:
    """The smallest heads that are larger than ``size``, the newest first; none is no limit."""
    wanted = HEADS.order_by(None).order_by(LogHead.size).where(LogHead.size > size).limit(limit)
    return [Head(*row) for row in session.execute(wanted)][::-1]


def inclusions(session: RowSession, *, numbers: Iterable[int], size: int) -> dict[int, list[bytes]]:
    """The path from each of these leaves to the root of the log at this size, in one statement.

    Raises ValueError for a leaf that it does not have, KeyError when a place is missing.
    """
    ways = {number: inclusion_spans(number, size) for number in numbers}
    nodes = read_nodes(session, places_of(span for way in ways.values() for span in way))
    return {number: [hash_span(span, nodes) for span in way] for number, way in ways.items()}


def consistency(session: RowSession, *, first: int, second: int) -> list[bytes]:
    """The proof that the log at one size continues the log at a smaller one.

    Raises ValueError unless 0 < first ≤ second, KeyError when a place is missing.
    """
    spans = consistency_spans(first, second)
    nodes = read_nodes(session, places_of(spans))
    return [hash_span(span, nodes) for span in spans]


def numbers_of(session: RowSession, *, uids: Sequence[bytes]) -> dict[bytes, int]:
    """The places of these events in the log; those that are not in it yet are left out."""
    rows = session.execute(
        select(LogLeaf.event_uid, LogLeaf.number).where(LogLeaf.event_uid.in_(uids))
    )
    return {row.event_uid: row.number for row in rows}


def read_nodes(session: RowSession, places: Iterable[Place]) -> dict[Place, bytes]:
    """The hashes at these places, in one statement; those that are missing are left out."""
    wanted = {position(place): place for place in places}
    rows = session.execute(
        select(LogNode.position, LogNode.hash).where(LogNode.position.in_(list(wanted)))
    )
    return {wanted[row.position]: row.hash for row in rows}


def _head(session: RowSession, wanted: Executable) -> Head | None:
    """The one head that is asked for."""
    row = session.execute(wanted).first()
    return Head(*row) if row else None
