"""Checking the events: each says what it said when it was written, and has its leaf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.verifying.purges import Purges
from portal.ledger import PURGE, PURGE_KEY, RECEIVE, step_of
from portal.models import Event, LogHead, LogLeaf, Seal
from portal.models.submission import SealHolder, SealTarget
from portal.vault import CannotOpen, Ring, commitment, open_box

Keys = dict[tuple[SealTarget, int], bytes]

_TOGETHER = 500
#: How far the clocks of our processes may be apart before an event counts as out of its order.
_APART = timedelta(minutes=10)


@dataclass
class Contents:
    """What was found in some events."""

    checked: int = 0
    waiting: int = 0
    purged: int = 0
    faults: list[str] = field(default_factory=list)


def check_contents(session: Session, *, ring: Ring, purges: Purges) -> Iterator[Contents]:
    """Check all events, some at a time, in their order."""
    newest = session.scalars(select(LogHead.through).order_by(LogHead.size.desc()).limit(1)).first()
    through, last, latest = newest or 0, 0, dict[int, datetime]()
    while rows := _events(session, last):
        keys, found = _open_keys(session, ring, rows), Contents(checked=len(rows))
        for row in rows:
            before = latest.get(row.case_id, row.at)
            if row.at < before - _APART:
                found.faults.append(f"{_name(row)} was reordered: the event before it is younger.")
            latest[row.case_id] = max(row.at, before)
            _check(found, row, keys, purges)
            if row.leaf is None and row.id <= through:
                found.faults.append(f"{_name(row)} was added afterwards, or its leaf was removed.")
            found.waiting += row.leaf is None and row.id > through
        last = rows[-1].id
        yield found


def _events(session: Session, after: int) -> list[Any]:
    """The next events, each with its place in the log where it has one."""
    return list(
        session.execute(
            select(*Event.__table__.c, LogLeaf.number.label("leaf"))
            .join(LogLeaf, LogLeaf.event_uid == Event.uid, isouter=True)
            .where(Event.id > after)
            .order_by(Event.id)
            .limit(_TOGETHER)
        )
    )


def _check(found: Contents, row: Any, keys: Keys, purges: Purges) -> None:
    """Recompute what an event commits to, where its keys still exist."""
    public, internal = _keys_of(row, keys)
    if public is None or internal is None:
        if row.case_id in purges.cases:
            found.purged += 1
        else:
            found.faults.append(f"{_name(row)} cannot be checked: a key of its case is gone.")
    elif not _says_the_same(row, public, internal):
        found.faults.append(f"{_name(row)} was altered.")


def _keys_of(row: Any, keys: Keys) -> tuple[bytes | None, bytes | None]:
    """The key of what the resident may read of an event, and that of the rest."""
    internal = keys.get((SealTarget.CASE_INTERNAL, row.case_id))
    if row.action == PURGE:
        return PURGE_KEY, PURGE_KEY
    if row.action == RECEIVE:
        own = keys.get((SealTarget.SUBMISSION, row.submission_id or 0))
        return own, own
    return keys.get((SealTarget.CASE_PUBLIC, row.case_id)), internal


def _says_the_same(row: Any, public: bytes, internal: bytes) -> bool:
    """Whether the row is what was bound when it was written."""
    try:
        step = step_of(row, public=public, internal=internal)
    except CannotOpen:
        return False
    outside = commitment(public, row.uid, step.canonical(row.uid, row.inside))
    return bool(step.inside(internal, row.uid) == row.inside and row.commitment == outside)


def _open_keys(session: Session, ring: Ring, rows: Iterable[Any]) -> Keys:
    """The keys of these events; those that are gone, or do not open, are left out."""
    numbers = {number for row in rows for number in (row.case_id, row.submission_id) if number}
    found: Keys = {}
    for seal in session.execute(
        select(Seal.target, Seal.target_id, Seal.key_version, Seal.box).where(
            Seal.target_id.in_(numbers), Seal.holder == SealHolder.STAFF
        )
    ):
        private = ring.private.get(seal.key_version)
        if private is None:
            continue
        try:
            key = open_box(private, seal.box, seal.target.value, seal.target_id)
        except CannotOpen:
            continue
        found[seal.target, seal.target_id] = key
    return found


def _name(row: Any) -> str:
    """How an event is named: by its number and its case, never by what it says."""
    return f"Event {row.id} of case {row.case_id}"
