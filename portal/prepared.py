"""Statements that are made ready once and carried out by the database's own driver.

The library turns a statement into words, and rows into values, anew each time, which takes five
times as long as SQLite takes to answer. For the few statements behind sending and looking, words
and types are found out here once for each kind of database. It is no second door: a statement
runs in the transaction of its session, is told to whoever listens to the engine, and fails with
the library's own errors.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Enum, Insert, SelectBase
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import TypeEngine

from portal.db import RowSession

_Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class _Ready:
    """A statement in the words of one kind of database."""

    words: str
    #: The order of the values, where the driver knows them by their place.
    names: tuple[str, ...] | None
    constants: Mapping[str, Any]
    #: How each value is written, and each column read, where it is not taken as it is.
    writers: tuple[tuple[str, _Convert], ...]
    readers: tuple[tuple[int, _Convert], ...]
    row: Callable[..., Any]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver takes them."""
        written = {**self.constants, **values}
        for name, write in self.writers:
            written[name] = write(written[name])
        return written if self.names is None else [written[name] for name in self.names]

    def read(self, found: tuple[Any, ...]) -> Any:
        """One row, its columns by name."""
        columns = list(found)
        for place, read in self.readers:
            columns[place] = read(columns[place])
        return self.row(*columns)


class Prepared:
    """One statement. An insertion takes its columns from the rows that come."""

    def __init__(self, statement: SelectBase | Insert) -> None:
        """Keep the statement; it is made ready when a database first asks for it."""
        self._statement = statement
        self._ready: dict[tuple[str, ...], _Ready] = {}

    def rows(self, session: RowSession, **values: Any) -> list[Any]:
        """The rows for these values, columns by name."""
        connection = _connection(session)
        ready = self._made_ready(connection.dialect)
        found = _carry_out(connection, ready.words, ready.parameters(values))
        return [ready.read(row) for row in found]

    def put(self, session: RowSession, *rows: Mapping[str, Any]) -> None:
        """Insert rows of the same columns, in one statement."""
        connection = _connection(session)
        ready = self._made_ready(connection.dialect, tuple(rows[0]))
        _carry_out(connection, ready.words, [ready.parameters(row) for row in rows], many=True)

    def _made_ready(self, dialect: Dialect, columns: tuple[str, ...] = ()) -> _Ready:
        """The statement for one kind of database; a second thread may make the same again."""
        place = (dialect.name, *columns)
        if place not in self._ready:
            self._ready[place] = _make_ready(self._statement, columns, dialect)
        return self._ready[place]


def numbered(name: str, values: Iterable[Any]) -> dict[str, Any]:
    """The values of a list that a statement takes one by one, each under a name of its own."""
    return {f"{name}_{number}": value for number, value in enumerate(values)}


def _make_ready(
    statement: SelectBase | Insert, columns: tuple[str, ...], dialect: Dialect
) -> _Ready:
    """Find out words, types and constants.

    Raises TypeError for a column that is not there and for a default that must be asked.
    """
    if columns and isinstance(statement, Insert):
        # Otherwise PostgreSQL is asked for the number of each new row, which nobody wants to know.
        statement = statement.inline()
    made = statement.compile(dialect=dialect, column_keys=list(columns) or None)
    if unknown := set(columns) - set(made.binds):
        raise TypeError(f"there is no column {', '.join(sorted(unknown))}")
    writers = {
        name: _converter(bind.type, dialect, write=True) for name, bind in made.binds.items()
    }
    constants = {name: b.effective_value for name, b in made.binds.items() if not b.required}
    for column in made.insert_prefetch:
        if not isinstance(column.default, ScalarElementColumnDefault):
            raise TypeError(f"{column} must be given with each row")
        constants[column.key] = column.default.arg
    shown = list(statement.exported_columns)
    readers = [_converter(column.type, dialect, write=False) for column in shown]
    return _Ready(
        words=str(made),
        names=tuple(made.positiontup) if made.positiontup is not None else None,
        constants={name: _as(writers[name], value) for name, value in constants.items()},
        writers=tuple((n, write) for n, write in writers.items() if write and n not in constants),
        readers=tuple((place, read) for place, read in enumerate(readers) if read),
        row=namedtuple("Row", [str(column.key) for column in shown]),
    )


def _converter(kind: TypeEngine[Any], dialect: Dialect, *, write: bool) -> _Convert | None:
    """How a value of this type is written or read, or nothing where it is taken as it is."""
    if isinstance(kind, Enum) and kind.enum_class:
        # The library asks more of a word than whether it is one of those that there are.
        pairs = zip(kind.enum_class, kind.enums, strict=True)
        known: dict[Any, Any] = {None: None}
        known.update((member, word if write else member) for member, word in pairs)
        return known.__getitem__
    own = kind.dialect_impl(dialect)
    return own.bind_processor(dialect) if write else own.result_processor(dialect, None)


def _as(write: _Convert | None, value: Any) -> Any:
    """A constant, written once."""
    return write(value) if write else value


def _connection(session: RowSession) -> Connection:
    """The connection of a session, in a transaction."""
    if isinstance(session, Session):
        return session.connection()
    if not session.in_transaction():
        session.begin()
    return session


def _carry_out(
    connection: Connection, words: str, parameters: Any, *, many: bool = False
) -> Sequence[Any]:
    """Let the driver do it. Raises the library's error for the driver's."""
    cursor = connection.connection.cursor()
    for told in connection.dispatch.before_cursor_execute:
        told(connection, cursor, words, parameters, None, many)
    try:
        if many:
            cursor.executemany(words, parameters)
            return []
        cursor.execute(words, parameters)
        return cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error as error:
        kind = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(
            words, parameters, error, kind, hide_parameters=True, dialect=connection.dialect
        ) from error
    finally:
        cursor.close()
