"""The journal of what staff do: who, what, when, and about which case.

Nothing that anybody wrote is ever written here, and nothing about residents: when one looked at
their letter is not known to the portal and must not be.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import queue_for
from portal.models import Case, JournalEntry
from portal.vault import Ring, new_uid
from portal.vocabulary import Deed

#: Whoever goes back and forth on a case reads it once (design rule).
ONE_READING = timedelta(hours=1)

_BEFORE_THE_FIRST = bytes(32)
_AT_ONCE = 1_000


def write_down(
    session: Session,
    *,
    ring: Ring,
    at: datetime,
    deed: Deed,
    account_id: int,
    case: Case | None = None,
    organisation_id: int | None = None,
) -> None:
    """Write one deed down, bound to all that were written before it."""
    queue_for(session, b"journal")
    last = select(JournalEntry.chain).order_by(JournalEntry.id.desc()).limit(1)
    entry = JournalEntry(
        uid=new_uid(),
        at=at,
        deed=deed,
        account_id=account_id,
        case_id=case.id if case else None,
        organisation_id=organisation_id,
    )
    entry.chain = _link(ring, entry, session.scalar(last) or _BEFORE_THE_FIRST)
    session.add(entry)
    session.flush()


def has_just_read(session: Session, *, account_id: int, case_id: int, at: datetime) -> bool:
    """Whether it is written down that this person opened this case within the hour."""
    last = session.scalar(
        select(JournalEntry.at)
        .where(
            JournalEntry.case_id == case_id,
            JournalEntry.account_id == account_id,
            JournalEntry.deed == Deed.READ,
        )
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )
    return last is not None and last > at - ONE_READING


def broken_entries(session: Session, *, ring: Ring) -> Iterator[int]:
    """The ids of entries that do not follow from the one before: altered, or after a gap."""
    before, last_id = _BEFORE_THE_FIRST, 0
    while True:
        entries = session.scalars(
            select(JournalEntry)
            .where(JournalEntry.id > last_id)
            .order_by(JournalEntry.id)
            .limit(_AT_ONCE)
        ).all()
        if not entries:
            return
        for entry in entries:
            if not hmac.compare_digest(entry.chain, _link(ring, entry, before)):
                yield entry.id
            before, last_id = entry.chain, entry.id
        session.expunge_all()


def _link(ring: Ring, entry: JournalEntry, before: bytes) -> bytes:
    """What binds an entry to the one before it, under a key that only staff processes hold."""
    plain = {
        "account": entry.account_id,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "case": entry.case_id,
        "deed": entry.deed.value,
        "organisation": entry.organisation_id,
        "uid": entry.uid.hex(),
    }
    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()
    return hmac.new(ring.search, b"journal|" + before + canonical, hashlib.sha256).digest()
