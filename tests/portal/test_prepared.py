"""A prepared statement gives what the library gives, in its transaction and with its errors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Select, bindparam, insert, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from portal.db import Base, Database
from portal.models import Event, Organisation
from portal.prepared import Prepared
from portal.vocabulary import OrganisationKind
from tests.conftest import Watch

_TABLE = Base.metadata.tables[Organisation.__tablename__]
PUT = Prepared(insert(_TABLE))
_BY_KIND: Select[tuple[object, ...]] = (
    select(_TABLE.c.id, _TABLE.c.kind, _TABLE.c.valid_from, _TABLE.c.valid_to, _TABLE.c.parent_id)
    .where(_TABLE.c.kind == bindparam("kind"), _TABLE.c.path != "nowhere")
    .order_by(_TABLE.c.id)
)
BY_KIND = Prepared(_BY_KIND)


def row(number: int) -> dict[str, object]:
    """A cell."""
    return {
        "id": number,
        "kind": OrganisationKind.CELL,
        "name": f"Chi bộ {number}",
        "short_name": f"Chi bộ {number}",
        "folded": f"chi bo {number}",
        "placed": f"chi bo {number}",
        "path": f"{number}.",
        "valid_from": datetime(2026, 1, number, tzinfo=UTC).date(),
    }


def test_rows_are_those_of_the_library(database: Database) -> None:
    with database.writing() as session:
        PUT.put(session, row(1), row(2))
    with database.reading() as session, database.reader_connection() as connection:
        wanted = session.execute(_BY_KIND, {"kind": OrganisationKind.CELL}).all()
        for reader in (session, connection):
            found = BY_KIND.rows(reader, kind=OrganisationKind.CELL)
            assert [tuple(each) for each in found] == [tuple(each) for each in wanted]
            assert [each.id for each in found] == [1, 2]
            assert found[0].kind is OrganisationKind.CELL


def test_rows_of_other_columns_are_another_insertion(database: Database) -> None:
    with database.writing() as session:
        PUT.put(session, row(1))
        PUT.put(session, row(2) | {"valid_to": datetime(2026, 2, 1, tzinfo=UTC).date()})
        found = BY_KIND.rows(session, kind=OrganisationKind.CELL)
        assert [each.valid_to is None for each in found] == [True, False]
        with pytest.raises(TypeError, match="nothing"):
            PUT.put(session, row(3) | {"nothing": 1})


def test_it_stands_in_the_transaction_of_its_session(database: Database) -> None:
    with database.writer_session() as session:
        PUT.put(session, row(1))
        assert BY_KIND.rows(session, kind=OrganisationKind.CELL)
    with database.reader_connection() as connection:
        assert not BY_KIND.rows(connection, kind=OrganisationKind.CELL)
        with pytest.raises(OperationalError, match="readonly"):
            PUT.put(connection, row(1))


def test_what_the_database_refuses_is_the_librarys_error(database: Database) -> None:
    with database.writer_session() as session, pytest.raises(IntegrityError):
        PUT.put(session, row(1), row(1))


def test_whoever_listens_to_the_engine_is_told(database: Database, statements: Watch) -> None:
    with statements(database) as seen, database.reading() as session:
        BY_KIND.rows(session, kind=OrganisationKind.CELL)
    assert [statement.split()[0] for statement in seen] == ["SELECT"]


def test_moments_keep_their_zone_and_those_without_are_refused(database: Database) -> None:
    events = Base.metadata.tables[Event.__tablename__]
    at = Prepared(select(events.c.at).where(events.c.at == bindparam("at")))
    with database.reading() as session:
        assert at.rows(session, at=datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=7)))) == []
        with pytest.raises((StatementError, ValueError), match="time zone"):
            at.rows(session, at=datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_default_that_must_be_asked_must_be_given(database: Database) -> None:
    events = Prepared(insert(Base.metadata.tables[Event.__tablename__]))
    with database.writer_session() as session, pytest.raises(TypeError, match="facts"):
        events.put(session, {"uid": b"u" * 16})


def test_the_words_are_those_of_each_kind_of_database() -> None:
    ready = BY_KIND._made_ready(postgresql.psycopg.dialect())
    assert "%(kind)s" in ready.words
    assert ready.parameters({"kind": OrganisationKind.CELL})["kind"] == "cell"


def test_a_word_that_there_is_not_is_refused(database: Database) -> None:
    with database.reading() as session, pytest.raises(LookupError):
        BY_KIND.rows(session, kind="kingdom")
