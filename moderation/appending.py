"""Appending to the public log: leaves in batches at fixed hours, shuffled, under a signed head.

The log must not tell when anything happened. So nothing is appended between the hours, the order
within a batch is drawn by lot, a batch too small to hide in waits for the next hour, an hour with
nothing to append signs nothing, and a head carries its hour and not the moment of its making.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from moderation.anchoring import Leaf, make_anchor
from moderation.journal import write_down
from portal.clock import VIETNAM
from portal.ledger import Head, sign_head
from portal.ledger.merkle import grow, hash_leaf, hash_span, peaks, position
from portal.models import Event, LogHead, LogLeaf, LogNode, Setting
from portal.proving import read_nodes
from portal.vault import Ring
from portal.vocabulary import Deed

#: The setting with the hours, in Vietnamese time, and what holds where nobody has set it.
HOURS = "log_hours"
DEFAULT_HOURS = (time(12), time(18))
#: A batch hides who did something among at least so many steps, but not for longer than this.
LEAST, PATIENCE = 16, timedelta(days=3)
#: How many leaves go into one transaction, so that residents' own are not kept waiting.
MOST = 2000
#: How long after the hour the batch is closed: what was begun before it is written down by then.
_SETTLED = timedelta(minutes=1)
_SHUFFLER = random.SystemRandom()


class BadHours(Exception):
    """The hours of the log cannot be read; the message says what to write."""


class BrokenLog(Exception):
    """The tree has lost what new leaves must stand on; the message says what to do."""


@dataclass(frozen=True)
class _Batch:
    """The events to append, and how far was looked."""

    rows: list[Any]
    through: int


def read_hours(session: Session) -> tuple[time, ...]:
    """The hours at which the log grows; a setting that cannot be read never stops it."""
    value = session.scalar(select(Setting.value).where(Setting.name == HOURS))
    try:
        return parse_hours(value.split()) if value is not None else DEFAULT_HOURS
    except BadHours:
        return DEFAULT_HOURS


def set_hours(
    session: Session,
    *,
    ring: Ring,
    hours: Iterable[time],
    at: datetime,
    account_id: int | None = None,
) -> None:
    """Let the log grow at these hours from now on, and write into the journal who said so.

    Without an account it was the machine's own command.
    """
    words = " ".join(f"{hour:%H:%M}" for hour in sorted(hours))
    session.merge(Setting(name=HOURS, value=words))
    write_down(session, ring=ring, at=at, deed=Deed.HOURS_SET, account_id=account_id)


def parse_hours(words: Iterable[str]) -> tuple[time, ...]:
    """Hours as a person writes them: 12:00 18:00. Raises BadHours."""
    try:
        hours = {time.fromisoformat(word) for word in words}
    except ValueError:
        hours = set()
    if not hours or any(hour.tzinfo or hour.second or hour.microsecond for hour in hours):
        raise BadHours("The hours of the log must be written like this: 12:00 18:00.")
    return tuple(sorted(hours))


def last_hour(hours: tuple[time, ...], *, at: datetime) -> datetime:
    """The newest of these hours, today's or yesterday's, that is over by a minute."""
    return max(hours_between(at - timedelta(days=2), at, hours=hours))


def hours_between(
    after: datetime, until: datetime, *, hours: tuple[time, ...]
) -> Iterator[datetime]:
    """Each of these hours after a moment that is over by a minute at another, in their order."""
    day, closed = after.astimezone(VIETNAM).date(), until - _SETTLED
    while day <= closed.astimezone(VIETNAM).date():
        for hour in hours:
            if after < (moment := datetime.combine(day, hour, VIETNAM)) <= closed:
                yield moment
        day += timedelta(days=1)


def append_batch(session: Session, *, ring: Ring, hour: datetime) -> Head | None:
    """Append what happened before this hour and sign the head; nothing when it is too little.

    At most ``MOST`` leaves at once: call it again until it returns nothing. Raises KeyFault in
    a process that cannot sign, and BrokenLog when a subtree at the edge is missing.
    """
    key = ring.log_signer
    last = session.scalars(select(LogHead).order_by(LogHead.size.desc()).limit(1)).first()
    size, through = (last.size, last.through) if last else (0, 0)
    batch = _gather(session, through=through, hour=hour)
    if not batch.rows or _too_small(batch, hour):
        return None
    leaves = _shuffled(batch, make_anchor(session, ring=ring, size=size))
    root = _append(session, size=size, leaves=leaves)
    head = sign_head(key, version=ring.log_version, size=size + len(leaves), root=root, at=hour)
    session.add(
        LogHead(
            size=head.size,
            root=head.root,
            at=head.at,
            key_version=head.key_version,
            signature=head.signature,
            through=batch.through,
        )
    )
    return head


def _gather(session: Session, *, through: int, hour: datetime) -> _Batch:
    """The events before this hour that have no leaf yet."""
    has_leaf = select(LogLeaf.number).where(LogLeaf.event_uid == Event.uid).exists()
    rows = session.execute(
        select(Event.id, Event.uid, Event.commitment, Event.at)
        .where(Event.id > through, ~has_leaf)
        .order_by(Event.id)
        .limit(MOST)
    ).all()
    wanted = [row for row in rows if row.at < hour]
    left = next((row.id for row in rows if row.at >= hour), None)
    if left is not None:
        through = left - 1
    elif rows:
        through = rows[-1].id
    return _Batch(wanted, through)


def _shuffled(batch: _Batch, anchor: Leaf) -> list[Leaf]:
    """The leaves of a batch in no order that tells anything, the journal's among them."""
    leaves = [anchor, *(Leaf(row.uid, row.commitment) for row in batch.rows)]
    _SHUFFLER.shuffle(leaves)
    return leaves


def _too_small(batch: _Batch, hour: datetime) -> bool:
    """Whether few enough things happened that the batch would tell when."""
    oldest: datetime = min(row.at for row in batch.rows)
    return len(batch.rows) < LEAST and oldest > hour - PATIENCE


def _append(session: Session, *, size: int, leaves: list[Leaf]) -> bytes:
    """Insert leaves and every subtree that they complete; return the root over the whole log."""
    edge = peaks((0, size))
    nodes = read_nodes(session, edge)
    if len(nodes) < len(edge):
        raise BrokenLog("The public log has lost rows: run 'flask ledger verify' to see which.")
    hashes = (hash_leaf(leaf.commitment) for leaf in leaves)
    made = dict(grow(size, [nodes[place] for place in edge], hashes))
    numbered = [{"number": n, "event_uid": leaf.uid} for n, leaf in enumerate(leaves, size)]
    session.execute(insert(LogLeaf), numbered)
    stored = [{"position": position(place), "hash": found} for place, found in made.items()]
    session.execute(insert(LogNode), stored)
    return hash_span((0, size + len(leaves)), nodes | made)
