"""A public log that grows in tests of the public room: rows as the worker writes them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from portal.db import Database
from portal.ledger import Head, Step, sealed_row, sign_head
from portal.ledger.merkle import grow, hash_leaf, hash_span, peaks, position
from portal.models import Case, Event, LogHead, LogLeaf, LogNode
from portal.models.journal import Actor
from portal.proving import newest_head, read_nodes
from portal.vault import Ring
from portal.vocabulary import Status

#: A case of nobody, under whose events a small log hides.
OTHER = 7


def grow_log(database: Database, ring: Ring, *, at: datetime, more: int = 0) -> Head:
    """Append every event that has no leaf yet, and ``more`` of another case; sign the head."""
    with database.writing() as session:
        if session.get(Case, OTHER) is None:
            session.add(
                Case(id=OTHER, status=Status.CLOSED, arrived_at=at, fears_retaliation=False)
            )
            session.flush()
        step = Step(
            case_id=OTHER, action="follow_up", to_status=Status.CLOSED, actor=Actor.CLOCK, at=at
        )
        for _number in range(more):
            session.execute(insert(Event).values(sealed_row(step, public=b"o" * 32)))
        last = newest_head(session)
        size = last.size if last else 0
        rows = session.execute(
            select(Event.uid, Event.commitment)
            .where(Event.uid.not_in(select(LogLeaf.event_uid)))
            .order_by(Event.uid)
        ).all()
        edge = peaks((0, size))
        nodes = read_nodes(session, edge)
        hashes = [hash_leaf(row.commitment) for row in rows]
        made = dict(grow(size, [nodes[place] for place in edge], hashes))
        session.execute(
            insert(LogLeaf),
            [{"number": n, "event_uid": row.uid} for n, row in enumerate(rows, size)],
        )
        session.execute(
            insert(LogNode), [{"position": position(p), "hash": h} for p, h in made.items()]
        )
        size += len(rows)
        root = hash_span((0, size), nodes | made)
        head = sign_head(ring.log_signer, version=1, size=size, root=root, at=at)
        session.add(
            LogHead(
                size=size,
                root=root,
                at=at,
                key_version=1,
                signature=head.signature,
                through=0,
            )
        )
    return head
