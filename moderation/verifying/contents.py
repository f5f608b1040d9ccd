"""Checking the events: each says what it said when it was written, and has its leaf.

Together they lead each case from its first status to the one it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from moderation.verifying.purges import purge_key
from moderation.verifying.rows import UNREADABLE, Unreadable, read_rows
from portal.ledger import PURGE, RECEIVE, step_of
from portal.models import Case, Event, LogHead, LogLeaf, Seal
from portal.models.submission import SealHolder, SealTarget
from portal.vault import CannotOpen, Ring, commitment, open_box
from portal.vocabulary import Status

Keys = dict[tuple[SealTarget, int], bytes]

_TOGETHER = 500
#: How far the clocks of our processes may be apart before an event counts as out of its order.
_APART = timedelta(minutes=10)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Contents:
    """What was found in some events."""

    checked: int = 0
    waiting: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class _Course:
    """How far a case has come by its events so far; no status where one of them is in doubt."""

    latest: datetime
    status: Status | None = None
    doubtful: bool = False


#: The courses of the cases by their ids; the purges, which are of no case, follow each other.
_Courses = dict[int | None, _Course]


def check_contents(session: Session, *, ring: Ring) -> Iterator[Contents]:
    """Check all events, some at a time, in their order; then where they have led each case."""
    newest = session.scalars(select(LogHead.through).order_by(LogHead.size.desc()).limit(1)).first()
    through, last, courses = newest or 0, 0, _Courses()
    while rows := _events(session, last):
        keys, found = _open_keys(session, ring, rows), Contents(checked=len(rows))
        for row in rows:
            if _check(found, row, keys, ring):
                _follow(found, row, courses)
            else:
                courses.setdefault(row.case_id, _Course(_LONG_AGO)).doubtful = True
            if row.leaf is None and row.id <= through:
                found.faults.append(f"{_name(row)} was added afterwards, or its leaf was removed.")
            found.waiting += row.leaf is None and row.id > through
        last = rows[-1].id
        yield found
    yield Contents(faults=list(_ends(session, courses)))


def _events(session: Session, after: int) -> list[Any]:
    """The next events, each with its place in the log where it has one."""
    leaf = LogLeaf.number.label("leaf")
    wanted = (
        select(*Event.__table__.c, leaf)
        .join(LogLeaf, LogLeaf.event_uid == Event.uid, isouter=True)
        .where(Event.id > after)
        .order_by(Event.id)
        .limit(_TOGETHER)
    )
    return read_rows(session, wanted, Event.id, Event.case_id, leaf)


def _check(found: Contents, row: Any, keys: Keys, ring: Ring) -> bool:
    """Recompute what an event commits to; whether it holds."""
    if isinstance(row, Unreadable):
        found.faults.append(f"{_name(row)} was altered.")
        return False
    public, internal = _keys_of(row, keys, ring)
    if public is None or internal is None:
        found.faults.append(f"{_name(row)} cannot be checked: a key of its case is gone.")
        return False
    if not _says_the_same(row, public, internal):
        found.faults.append(f"{_name(row)} was altered.")
        return False
    return True


def _follow(found: Contents, row: Any, courses: _Courses) -> None:
    """Check that an event, which is as it was written, follows the one before it in its case."""
    before = courses.setdefault(row.case_id, _Course(row.at))
    if row.at < before.latest - _APART:
        found.faults.append(f"{_name(row)} was reordered: the event before it is younger.")
    elif not (before.doubtful or row.from_status is before.status):
        found.faults.append(
            f"{_name(row)} was reordered, or one before it removed: it begins at another status."
        )
    latest = max(row.at, before.latest)
    courses[row.case_id] = _Course(latest, row.to_status)


def _ends(session: Session, courses: _Courses) -> Iterator[str]:
    """Name the cases that are not where their events have led them."""
    status = type_coerce(Case.status, String)
    rows = session.execute(select(Case.id, status).order_by(Case.id))
    for number, found in rows.yield_per(_TOGETHER):
        course = courses.get(number)
        led = course.status if course else None
        if (course and course.doubtful) or found == led:
            continue
        yield f"Case {number} is not where its events led: one was removed, or its status altered."


def _keys_of(row: Any, keys: Keys, ring: Ring) -> tuple[bytes | None, bytes | None]:
    """The key of what the resident may read of an event, and that of the rest."""
    if row.action == PURGE:
        return purge_key(ring), purge_key(ring)
    internal = keys.get((SealTarget.CASE_INTERNAL, row.case_id))
    if row.action == RECEIVE:
        own = keys.get((SealTarget.SUBMISSION, row.submission_id or 0))
        return own, own
    return keys.get((SealTarget.CASE_PUBLIC, row.case_id)), internal


def _says_the_same(row: Any, public: bytes, internal: bytes) -> bool:
    """Whether the row is what was bound when it was written."""
    try:
        step = step_of(row, public=public, internal=internal)
        outside = commitment(public, row.uid, step.canonical(row.uid, row.inside))
        return bool(step.inside(internal, row.uid) == row.inside and row.commitment == outside)
    except (CannotOpen, *UNREADABLE):
        return False


def _open_keys(session: Session, ring: Ring, rows: Iterable[Any]) -> Keys:
    """The keys of these events; those that are gone, or do not open, are left out."""
    numbers = {
        number
        for row in rows
        if not isinstance(row, Unreadable)
        for number in (row.case_id, row.submission_id)
        if number
    }
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
    of = f"of case {row.case_id}" if row.case_id is not None else "that purges cases"
    return f"Event {row.id} {of}"
