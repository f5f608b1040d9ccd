"""The certificate: what proves, without the portal, that one's own steps are in its public log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from portal.db import RowSession
from portal.ledger import RECEIVE, Head, step_of
from portal.models import Event
from portal.proving import inclusions, newest_head, numbers_of
from portal.tracking.finding import Tracked, shown_until
from portal.tracking.staying import keys_of, own_events
from portal.vault import Ring, event_key

#: What of an event the public process may read, and what the leaf of the event is made of.
_READABLE = (
    *(Event.uid, Event.case_id, Event.submission_id, Event.action, Event.actor, Event.at),
    *(Event.from_status, Event.to_status, Event.shown, Event.facts),
    *(Event.public_note, Event.inside),
)


def certify(session: RowSession, *, ring: Ring, tracked: Tracked) -> dict[str, Any]:
    """Every step that the writer may see, each with its key, and the way to the newest head.

    A step's key opens nothing: it only lets anybody recompute the leaf of that step. Steps that
    are not in the log yet stand apart. Four statements, one more once withdrawn and once moved.
    """
    keys = keys_of(session, tracked=tracked)
    rows = [row for row in _shown(session, tracked) if row.case_id in keys]
    head = newest_head(session)
    places = numbers_of(session, uids=[row.uid for row in rows]) if head else {}
    size = head.size if head else 0
    found = {uid: number for uid, number in places.items() if number < size}
    paths = inclusions(session, numbers=found.values(), size=size)
    return {
        "head": _told(head, ring) if head else None,
        "events": [
            _bound(row, tracked, keys)
            | {
                "number": found[row.uid],
                "path": [step.hex() for step in paths[found[row.uid]]],
            }
            for row in rows
            if row.uid in found
        ],
        "waiting": [_bound(row, tracked, keys) for row in rows if row.uid not in found],
    }


def _shown(session: RowSession, tracked: Tracked) -> list[Any]:
    """The steps of the case that the tracking page shows, too."""
    return list(
        session.execute(
            select(*_READABLE)
            .where(
                *own_events(tracked),
                Event.shown.is_(True),
                Event.at <= shown_until(session, tracked=tracked),
            )
            .order_by(Event.id)
        )
    )


def _bound(row: Any, tracked: Tracked, keys: Mapping[int, bytes]) -> dict[str, Any]:
    """One step as it was bound, and the key that it was bound with."""
    own = tracked.key if row.action == RECEIVE else keys[row.case_id]
    step = step_of(row, public=own)
    return {
        "event": step.canonical(row.uid, row.inside).decode(),
        "key": event_key(own, row.uid).hex(),
    }


def _told(head: Head, ring: Ring) -> dict[str, str]:
    """A head, and the key that it is checked with."""
    return {
        "text": head.text.decode(),
        "signature": head.signature.hex(),
        "public_key": ring.log_public[head.key_version].public_bytes_raw().hex(),
    }
