"""The database: engine, sessions and the column types that every model shares.

A session is either a reader or a writer. On SQLite a writer takes its lock when it begins,
so two writers queue instead of failing half way, and a reader cannot write at all.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Annotated

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Enum,
    Integer,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
    create_engine,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

from portal import sqlite
from portal.config import BadSetting


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


class Database:
    """One engine, two kinds of session."""

    def __init__(self, url: str) -> None:
        """Prepare the engine for ``url``; raises BadSetting for an address that is none."""
        try:
            self.engine = create_engine(
                url, pool_pre_ping=not url.startswith("sqlite"), hide_parameters=True
            )
        except (ArgumentError, ModuleNotFoundError) as error:
            raise BadSetting(f"PORTAL_DATABASE_URL cannot be used: {error}") from error
        if self.engine.dialect.name == "sqlite":
            sqlite.prepare(self.engine)
        self.writer = self.engine.execution_options(portal_writes=True)

    def reader_session(self) -> Session:
        """A session whose transaction can only read."""
        return Session(self.engine, expire_on_commit=False)

    def reader_connection(self) -> Connection:
        """The same without the object mapper, which costs more than a look at one row."""
        return self.engine.connect()

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
