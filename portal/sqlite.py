"""SQLite as the portal uses it: a write-ahead log, foreign keys, one writer at a time.

Nothing is relaxed for speed: a commit is on the disk when it returns.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from portal.authorizing import hold
from portal.rights import Table

#: How long anybody waits for a busy database before that is an error.
PATIENCE_SECONDS = 15
#: How long a writer sleeps at most before it asks again. SQLite by itself sleeps longer each time,
#: up to a tenth of a second, and is overtaken meanwhile: of eight writers some then wait for all.
_NAP_MILLISECONDS = 3

_WRITE = "BEGIN IMMEDIATE"


def prepare(engine: Engine, rights: Table | None = None) -> None:
    """Set every connection of the engine up, hold it to its rights, begin its transactions."""

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        cast(sqlite3.Connection, connection).isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.close()
        if rights is not None:
            hold(cast(sqlite3.Connection, connection), rights)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = bool(connection.get_execution_options().get("portal_writes", False))
        raw = _driver(connection)
        if connection.info.get("portal_writes") is not writes:
            _turn_into(raw, writes=writes)
            connection.info["portal_writes"] = writes
        if writes:
            _begin_writing(raw)
        else:
            # It waits for nobody and cannot fail, so it need not go through the library.
            raw.execute("BEGIN")


def look_away(connection: Connection) -> None:
    """End a reader's transaction in the database alone, and let the library's go on.

    To end and to begin the library's for every look would take longer than the look.
    """
    if connection.invalidated:
        connection.rollback()
    else:
        _driver(connection).rollback()


def look_anew(connection: Connection) -> None:
    """Begin the transaction of the next look, in which the library is still."""
    _driver(connection).execute("BEGIN")


def sweep(engine: Engine) -> None:
    """Empty the write-ahead log into the database, in which what was deleted is overwritten.

    Until then the log holds pages as they were before. Where somebody reads all the time it is
    emptied as far as it can be, and wholly the next time.
    """
    raw = engine.raw_connection()
    try:
        cast(sqlite3.Connection, raw.driver_connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


@contextmanager
def rebuilding(connection: Connection) -> Iterator[None]:
    """Let a table be made anew within one transaction while rows elsewhere refer to it.

    SQLite changes a column only by another table that takes the name of the old one. Between the
    two every reference would be broken, so they are looked at once, at the end. Raises
    IntegrityError for one that leads nowhere; nothing of the transaction stays then.
    """
    raw = _driver(connection)
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            yield
            if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise sqlite3.IntegrityError("FOREIGN KEY constraint failed")
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def _driver(connection: Connection) -> sqlite3.Connection:
    """What the library speaks to."""
    return cast(sqlite3.Connection, connection.connection.driver_connection)


def _turn_into(raw: sqlite3.Connection, *, writes: bool) -> None:
    """Make a connection a writer's, or a reader's that cannot write."""
    wait = _NAP_MILLISECONDS if writes else PATIENCE_SECONDS * 1000
    raw.execute(f"PRAGMA query_only = {0 if writes else 1}")
    raw.execute(f"PRAGMA busy_timeout = {wait}")


def _begin_writing(raw: sqlite3.Connection) -> None:
    """Take the one lock for writing; ask again in short naps while another holds it.

    Raises OperationalError after 15 seconds. Holding it, a writer waits for nothing more.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            raw.execute(_WRITE)
        except sqlite3.OperationalError as error:
            # The reason for being busy stands in the higher bits.
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > until:
                raise OperationalError(_WRITE, None, error) from error
        else:
            return
