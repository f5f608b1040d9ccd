"""Sweeping the store: what no row names is deleted, a day after it was written.

A file is written before the row that makes it somebody's. Whoever was cut off in between has left
sealed bytes whose key is gone; so has a row that was purged. Neither is ever read again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.files.storing import FileStore
from portal.models import Attachment

#: Nobody takes as long from the store to the row (design rule).
AGE = timedelta(days=1)
_UID_SIGNS = 32


def sweep(session: Session, *, store: FileStore, at: datetime) -> int:
    """Delete what lies in the store without a row; how much that was. Raises CannotStore.

    Names that are not ours are left alone: a store may be shared by mistake.
    """
    before, gone = at - AGE, store.drop_parts(at - AGE)
    for names in store.older_than(before):
        ours = {bytes.fromhex(name): name for name in names if _is_ours(name)}
        known = session.scalars(select(Attachment.uid).where(Attachment.uid.in_(ours)))
        orphans = set(ours) - set(known)
        store.drop(ours[uid] for uid in orphans)
        gone += len(orphans)
    return gone


def _is_ours(name: str) -> bool:
    """Whether a name is one that we give."""
    return len(name) == _UID_SIGNS and set(name) <= set("0123456789abcdef")
