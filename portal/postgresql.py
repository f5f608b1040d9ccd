"""PostgreSQL as the portal uses it: patience with an end, and readers that cannot write.

SQLite lets one writer in at a time. Here writers meet, so a verb that looks before it writes must
queue by itself where two of the same thing would do harm.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Engine, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from portal.rights import NOTHING, Table

#: How long anybody waits for a server that does not answer, and for a row that another holds.
CONNECT_SECONDS = 5
PATIENCE_SECONDS = 15

#: A reader sees one moment from its first statement to its last, as on SQLite, and cannot write.
READING: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
WRITING: dict[str, Any] = {"isolation_level": "READ COMMITTED", "postgresql_readonly": False}

_READABLE = text(
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    " AND relkind = 'r' AND has_any_column_privilege(oid, 'SELECT') ORDER BY relname"
)
_QUEUE = text("SELECT pg_advisory_xact_lock(:place)")


def prepare(engine: Engine) -> None:
    """Set every connection of the engine up."""

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        # The driver is loaded by whoever has such an address, and costs the others no memory.
        raw = cast(Any, connection)
        raw.autocommit = True
        raw.execute(f"SET lock_timeout = {PATIENCE_SECONDS * 1000}")
        raw.autocommit = False


def queue_for(session: Session | Connection, thing: bytes) -> None:
    """Wait until nobody else writes about the same thing; let the next one in by committing."""
    place = int.from_bytes(hashlib.sha256(thing).digest()[:8], signed=True)
    session.execute(_QUEUE, {"place": place})


def sweep(engine: Engine, tables: Iterable[str]) -> None:
    """Let the space of deleted rows be written over.

    VACUUM frees it and does not blank it: the bytes stay on the disk until others take their place,
    and longer in the server's own logs.
    """
    names = ", ".join(f'"{table}"' for table in sorted(tables))
    pooled = engine.raw_connection()
    raw = cast(Any, pooled.driver_connection)
    try:
        raw.rollback()
        raw.autocommit, raw.read_only = True, None
        raw.execute(f"VACUUM {names}")
    finally:
        # It served for this alone: nobody's transaction must begin with its settings.
        pooled.invalidate()


def readable_beyond(connection: Connection, rights: Table) -> list[str]:
    """The tables that the role of a connection may read although its rights do not say so."""
    readable = connection.scalars(_READABLE)
    return [table for table in readable if not rights.get(table, NOTHING).select]
