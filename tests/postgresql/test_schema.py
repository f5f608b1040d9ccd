"""On PostgreSQL the migrations build what the models say, and the database keeps its promises."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import InternalError, OperationalError

from portal import schema
from portal.db import Database
from portal.deadlines import STARTING_ROWS
from portal.models import CalendarDay, Heartbeat, Setting
from tests.drift import differences
from tests.postgres import Server

#: A value that a test writes, at a moment with all its digits.
AT = datetime(2026, 11, 23, 3, 30, 0, 123456, tzinfo=UTC)


def test_migrations_build_what_the_models_say(database: Database) -> None:
    schema.check(database)
    schema.upgrade(database)
    with database.engine.connect() as connection:
        assert differences(connection) == []


def test_a_new_database_starts_with_the_calendar_rows(database: Database) -> None:
    with database.reading() as session:
        found = session.execute(select(CalendarDay.on, CalendarDay.kind, CalendarDay.note)).all()
    assert {(on, kind.value, note) for on, kind, note in found} == set(STARTING_ROWS)


def test_a_moment_comes_back_to_the_microsecond_and_in_utc(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("SET TIME ZONE 'Asia/Ho_Chi_Minh'"))
        session.execute(insert(Heartbeat).values(name="worker", at=AT))
        found = session.scalars(select(Heartbeat.at)).one()
    assert found == AT
    assert found.tzinfo is UTC


def test_one_connection_serves_readers_and_writers_in_turn(database: Database) -> None:
    for turn in range(3):
        with database.writing() as session:
            session.execute(insert(Setting).values(name=f"a{turn}", value="b"))
        with database.reading() as session:
            assert len(session.scalars(select(Setting.name)).all()) == turn + 1
            with pytest.raises(InternalError, match="read-only"):
                session.execute(insert(Setting).values(name="x", value="b"))


def test_a_reader_sees_one_moment(database: Database) -> None:
    with database.reading() as session:
        assert session.scalars(select(Setting.name)).all() == []
        with database.writing() as other:
            other.execute(insert(Setting).values(name="a", value="b"))
        assert session.scalars(select(Setting.name)).all() == []


def test_a_server_that_is_not_there_is_told_in_one_sentence(server: Server) -> None:
    with pytest.raises(schema.OldSchema, match="does not answer"):
        schema.check(Database(f"postgresql://portal@/portal?host={server.folder}/nowhere"))


def test_a_database_and_a_role_that_do_not_exist_are_told_in_one_sentence(server: Server) -> None:
    for address in (server.address("nowhere"), server.address("migrated", role="nobody")):
        with pytest.raises(schema.OldSchema, match="refuses"):
            schema.check(Database(address))


def test_nobody_waits_for_ever_for_a_row_that_another_holds(database: Database) -> None:
    with database.writing() as session:
        session.execute(insert(Setting).values(name="a", value="b"))
    with database.writer_session() as first, database.writer_session() as second:
        first.execute(text("UPDATE setting SET value = 'c'"))
        second.execute(text("SET LOCAL lock_timeout = 50"))
        with pytest.raises(OperationalError, match="lock timeout"):
            second.execute(text("UPDATE setting SET value = 'd'"))
    with database.reading() as session:
        assert session.scalar(text("SHOW lock_timeout")) == "15s"
