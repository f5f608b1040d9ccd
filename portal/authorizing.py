"""Holding a process to its rights on SQLite: the database asks here before it runs a statement.

It asks when a statement is made ready, once for each connection, and not when it is run. What it
does not ask about, because a new row may silently remove the one that it replaces, is refused by
triggers that only this connection has.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from portal.rights import NOTHING, Table

#: For each table the columns of others that its rows refer to.
References = Mapping[str, frozenset[tuple[str, str]]]

#: What any statement may compute. None of these reaches outside of its row.
_FUNCTIONS = frozenset({"coalesce", "count", "length", "max", "min", "sum"})
#: A connection is turned from a reader's into a writer's and back; nothing else is set later.
_PRAGMAS = frozenset({"busy_timeout", "query_only"})
_PLAIN = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_TRANSACTION})


def hold(connection: sqlite3.Connection, rights: Table) -> None:
    """Hold a connection to its rights from now on; it cannot be let go again."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    written = [name for name, right in rights.items() if name in there and right.insert]
    for name in written:
        connection.execute(
            f'CREATE TEMP TRIGGER "{name}_stays" BEFORE DELETE ON main."{name}" '
            f"BEGIN SELECT RAISE(ABORT, 'a row of {name} stays'); END"
        )
    # Without this a row that is replaced would be removed without asking any trigger.
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.set_authorizer(
        Authorizer(rights, {name: _references(connection, name) for name in written})
    )


class Authorizer:
    """Answers for one connection whether a step of a statement is within the rights."""

    def __init__(self, rights: Table, references: References) -> None:
        """Keep the rights; no statement is looked at yet."""
        self._rights = rights
        self._references = references
        #: The table into which the statement at hand inserts plain values, if it does.
        self._inserting: str | None = None

    def __call__(
        self,
        action: int,
        first: str | None,
        second: str | None,
        _database: str | None,
        _within: str | None,
    ) -> int:
        """Allow or refuse one step; the names follow from the kind of step."""
        table, detail = first or "", second or ""
        if action == sqlite3.SQLITE_READ:
            return self._read(table, detail)
        self._inserting = table if action == sqlite3.SQLITE_INSERT else None
        return sqlite3.SQLITE_OK if self._allows(action, table, detail) else sqlite3.SQLITE_DENY

    def _allows(self, action: int, table: str, detail: str) -> bool:
        """Whether a step that reads no column is within the rights."""
        rights = self._rights.get(table, NOTHING)
        if action == sqlite3.SQLITE_INSERT:
            return bool(rights.insert)
        if action == sqlite3.SQLITE_UPDATE:
            return detail in rights.update
        if action == sqlite3.SQLITE_FUNCTION:
            return detail in _FUNCTIONS
        if action == sqlite3.SQLITE_PRAGMA:
            return table in _PRAGMAS
        return action in _PLAIN

    def _read(self, table: str, column: str) -> int:
        """Whether a column may be read; no column is named where rows are only counted.

        A new row is compared with the columns that it refers to. Where those may not be read they
        count as empty: nothing is told, and a row that refers to one of theirs is refused.
        """
        readable = self._rights.get(table, NOTHING).select
        if column in readable or (readable and not column):
            return sqlite3.SQLITE_OK
        if (table, column) in self._references.get(self._inserting or "", ()):
            return sqlite3.SQLITE_IGNORE
        return sqlite3.SQLITE_DENY


def _references(connection: sqlite3.Connection, table: str) -> frozenset[tuple[str, str]]:
    """The columns of other tables that the rows of one refer to."""
    rows = connection.execute('SELECT "table", "to" FROM pragma_foreign_key_list(?)', (table,))
    return frozenset((other, column) for other, column in rows if other != table)
