"""Sealing the keys of what was received anew, for the newest version of the staff key.

The rows say how far it has come: a run that was cut short goes on where it was.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from portal.db import dialect_of
from portal.models import Seal
from portal.models.submission import SealHolder
from portal.vault import Ring, open_box, seal_box

BATCH = 200
#: A submission takes its number before it looks for the newest key, and its seals after that.
_WAIT = text("LOCK TABLE sequence, seal IN SHARE MODE")


def left(session: Session, *, version: int) -> int:
    """How many seals are still made for an older version than this one."""
    return session.scalar(select(func.count()).select_from(Seal).where(_older(version))) or 0


def wait_for_writers(session: Session) -> None:
    """Wait until nobody is writing a seal who began before; whoever begins later knows the new key.

    On SQLite it is enough to be a writer, because there is only one.
    """
    if dialect_of(session) == "postgresql":
        session.execute(_WAIT)


def reseal(session: Session, *, ring: Ring, version: int, after: int = 0) -> tuple[int, int]:
    """Seal one batch anew; return how many seals that were and the last one's id.

    ``after`` is the last id of the batch before. Raises CannotOpen for a seal that its own key
    does not open: nothing of the batch is then changed.
    """
    wanted = select(Seal).where(_older(version), Seal.id > after).order_by(Seal.id).limit(BATCH)
    rows = session.scalars(wanted.with_for_update(key_share=True)).all()
    for row in rows:
        table, number = row.target.value, row.target_id
        key = open_box(ring.private[row.key_version], row.box, table, number)
        row.box, row.key_version = seal_box(ring.public[version], key, table, number), version
    return len(rows), rows[-1].id if rows else after


def _older(version: int) -> ColumnElement[bool]:
    """That a seal is made for staff, with an older version of their key."""
    return (Seal.holder == SealHolder.STAFF) & (Seal.key_version < version)
