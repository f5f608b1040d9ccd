"""The database: engine, sessions and the column types that every model shares.

A session is either a reader or a writer, and a reader cannot write at all. On SQLite a writer
takes its lock when it begins, so two writers queue instead of failing half way; on PostgreSQL
they meet, and a verb queues where it must.
"""

from __future__ import annotations

import enum
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Annotated, Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Integer,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
    create_engine,
    make_url,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

from portal import postgresql, sqlite
from portal.config import BadSetting
from portal.rights import Table


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. SQLite drops time zones, so this puts them back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment; store the others in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def stored_enum(kind: type[enum.StrEnum]) -> Enum:
    """A column that stores an enumeration by value; another value is refused on the way in."""
    return Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        length=32,
        validate_strings=True,
        name=kind.__name__.lower(),
    )


#: SQLite counts rows by itself only in a column that is INTEGER to the letter.
Identifier = BigInteger().with_variant(Integer(), "sqlite")

#: The largest id that a database takes. A larger one in an address is asked for as this one, so
#: that it is answered like everything else that is not there.
LARGEST_ID = 2**63 - 1

key = Annotated[int, mapped_column(Identifier, primary_key=True)]
number = Annotated[int, mapped_column(Identifier)]
moment = Annotated[datetime, mapped_column(UTCDateTime())]
day = Annotated[date, mapped_column()]
word = Annotated[str, mapped_column(String(64))]
line = Annotated[str, mapped_column(String(300))]
#: A random name for a row, known before the row is written, bound into its seals.
uid = Annotated[bytes, mapped_column(LargeBinary(16), unique=True)]
digest = Annotated[bytes, mapped_column(LargeBinary(32))]
#: Bytes that only a key from the vault opens.
sealed = Annotated[bytes, mapped_column(LargeBinary())]


class Base(DeclarativeBase):
    """What every table has: names of constraints that migrations can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


#: What a verb is handed that asks for rows and never for objects.
RowSession = Session | Connection


def dialect_of(session: RowSession) -> str:
    """The name of the kind of database that a session works on."""
    return session.get_bind().dialect.name if isinstance(session, Session) else session.dialect.name


def queue_for(session: RowSession, thing: bytes) -> None:
    """Wait for whoever writes about the same thing, until they commit.

    A verb calls it that looks before it inserts. On SQLite writers queue anyway.
    """
    if dialect_of(session) == "postgresql":
        postgresql.queue_for(session, thing)


class _Kept(threading.local):
    """The connections that one thread keeps from request to request."""

    reader: Connection | None = None
    writer: Connection | None = None


class Database:
    """One engine, two kinds of session."""

    def __init__(self, url: str, rights: Table | None = None) -> None:
        """Prepare the engine for ``url``; raises BadSetting for an address that is none.

        On SQLite its connections are held to ``rights``, on PostgreSQL the server holds the role.
        """
        self._kept = _Kept()
        kind = _kind(url)
        options: dict[str, Any] = {"hide_parameters": True}
        if kind == "postgresql":
            waits = {"connect_timeout": postgresql.CONNECT_SECONDS}
            options |= {"pool_pre_ping": True, "connect_args": waits}
        else:
            # Each thread keeps two of its own: there must be no number of threads that has to wait.
            options |= {"max_overflow": -1}
        engine = create_engine(url, **options)
        if kind == "postgresql":
            postgresql.prepare(engine)
            self.engine: Engine = engine.execution_options(**postgresql.READING)
            self.writer = engine.execution_options(**postgresql.WRITING)
        else:
            sqlite.prepare(engine, rights)
            self.engine = engine
            self.writer = engine.execution_options(portal_writes=True)

    def readable_beyond(self, rights: Table) -> list[str]:
        """The tables that could be read although the rights do not say so."""
        if self.engine.dialect.name != "postgresql":
            return []
        with self.engine.connect() as connection:
            return postgresql.readable_beyond(connection, rights)

    def reader_session(self) -> Session:
        """A session whose transaction can only read."""
        return Session(self.engine, expire_on_commit=False)

    def reader_connection(self) -> Connection:
        """The same without the object mapper, which costs more than a look at one row."""
        return self.engine.connect()

    def begin_look(self) -> Connection:
        """A reader's connection for one look, until ``end``."""
        kept = self._kept.reader
        if kept is None:
            return self._keep("reader", self.engine.connect())
        if kept.in_transaction():
            sqlite.look_anew(kept)
        return kept

    def begin_work(self) -> Connection:
        """A writer's connection for one unit of work, until ``end``."""
        if self._kept.writer is None:
            return self._keep("writer", self.writer.connect())
        return self._kept.writer

    def end(self, connection: Connection) -> None:
        """End a look or a unit of work; what was not committed leaves no trace."""
        if connection is self._kept.reader and connection.in_transaction():
            sqlite.look_away(connection)
        elif connection in {self._kept.reader, self._kept.writer}:
            connection.rollback()
        else:
            connection.close()

    def sweep(self, tables: Iterable[str]) -> None:
        """Leave as little as can be of what was deleted from these tables; a worker calls it."""
        if self.engine.dialect.name == "sqlite":
            sqlite.sweep(self.engine)
        else:
            postgresql.sweep(self.engine, tables)

    def _keep(self, kind: str, connection: Connection) -> Connection:
        """Let the thread keep a connection for its next request, on SQLite.

        There a connection at rest is an open file and cannot be lost; taking it out of the pool and
        giving it back takes longer than a look.
        """
        if self.engine.dialect.name == "sqlite":
            setattr(self._kept, kind, connection)
        return connection

    def writer_connection(self) -> Connection:
        """The writer's session without the object mapper."""
        return self.writer.connect()

    def writer_session(self) -> Session:
        """A session whose transaction may write; on SQLite it holds the write lock."""
        return Session(self.writer, expire_on_commit=False)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One unit of work: committed at the end, rolled back when it raises."""
        with self.writer_session() as session:
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One look at the database, ended without a trace."""
        with self.reader_session() as session:
            yield session


def _kind(url: str) -> str:
    """Which kind of database an address names. Raises BadSetting, which never repeats it."""
    try:
        parsed = make_url(url)
        kind, driver = parsed.get_backend_name(), parsed.get_driver_name()
    except (ArgumentError, ModuleNotFoundError):
        kind, driver = "", ""
    if (kind, driver) not in {("sqlite", "pysqlite"), ("postgresql", "psycopg")}:
        raise BadSetting(
            "PORTAL_DATABASE_URL cannot be used: it must begin with sqlite:/// or postgresql://."
        )
    return kind
