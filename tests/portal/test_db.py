"""Moments keep their zone, readers cannot write, writers queue."""

from __future__ import annotations

import enum
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from portal.config import BadSetting
from portal.db import Database, UTCDateTime, stored_enum
from portal.models import CalendarDay, Heartbeat, Setting
from portal.models.calendar import DayKind

HANOI = timezone(timedelta(hours=7))


def test_a_moment_comes_back_aware_and_in_utc(database: Database) -> None:
    at = datetime(2026, 11, 23, 10, 30, 0, 123456, tzinfo=HANOI)
    with database.writing() as session:
        session.execute(insert(Heartbeat).values(name="worker", at=at))
    with database.reading() as session:
        found = session.scalars(select(Heartbeat.at)).one()
    assert found == at
    assert found.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 11, 23, 10, 30)  # noqa: DTZ001
    with database.writer_session() as session, pytest.raises(StatementError, match="time zone"):
        session.execute(insert(Heartbeat).values(name="worker", at=naive))


def test_no_moment_stays_no_moment() -> None:
    kind, dialect = UTCDateTime(), create_engine("sqlite://").dialect
    assert kind.process_bind_param(None, dialect) is None
    assert kind.process_result_value(None, dialect) is None
    aware = datetime(2026, 11, 23, tzinfo=HANOI)
    assert kind.process_result_value(aware, dialect) == aware


def test_a_reader_cannot_write(database: Database) -> None:
    with database.reader_session() as session, pytest.raises(OperationalError):
        session.execute(insert(Setting).values(name="a", value="b"))


def test_each_look_of_a_thread_sees_what_was_written_before_it(database: Database) -> None:
    for turn in range(3):
        look = database.begin_look()
        assert len(look.scalars(select(Setting.name)).all()) == turn
        with database.writing() as session:
            session.execute(insert(Setting).values(name=f"a{turn}", value="b"))
        assert len(look.scalars(select(Setting.name)).all()) == turn
        with pytest.raises(OperationalError):
            look.execute(insert(Setting).values(name="x", value="b"))
        database.end(look)


def test_however_many_threads_look_and_work_none_waits_for_a_connection(
    database: Database,
) -> None:
    together = threading.Barrier(20, timeout=30)

    def one(_number: int) -> int:
        look, work = database.begin_look(), database.begin_work()
        together.wait()
        found = len(look.scalars(select(Setting.name)).all())
        database.end(look)
        database.end(work)
        return found

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(one, range(20))) == {0}


def test_what_was_not_committed_leaves_no_trace(database: Database) -> None:
    for _turn in range(2):
        work = database.begin_work()
        assert work.scalars(select(Setting.name)).all() == []
        work.execute(insert(Setting).values(name="a", value="b"))
        database.end(work)


def test_one_connection_serves_readers_and_writers_in_turn(database: Database) -> None:
    for turn in range(3):
        with database.writing() as session:
            session.execute(insert(Setting).values(name=f"a{turn}", value="b"))
        with database.reading() as session:
            assert len(session.scalars(select(Setting.name)).all()) == turn + 1
            with pytest.raises(OperationalError):
                session.execute(insert(Setting).values(name="x", value="b"))


def test_a_unit_of_work_is_all_or_nothing(database: Database) -> None:
    def fail() -> None:
        with database.writing() as session:
            session.execute(insert(Setting).values(name="a", value="b"))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with database.reading() as session:
        assert session.scalars(select(Setting)).all() == []


def test_a_writer_holds_the_lock_from_its_beginning(database: Database) -> None:
    with (
        closing(sqlite3.connect(database.engine.url.database or "", timeout=0)) as impatient,
        database.writer_session() as writer,
    ):
        writer.connection()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            impatient.execute("BEGIN IMMEDIATE")


def test_a_writer_waits_for_its_turn(database: Database) -> None:
    """The second begins while the first still holds the lock, and writes after it."""
    begun = threading.Event()

    def second() -> None:
        begun.set()
        with database.writing() as session:
            names = session.scalars(select(Setting.name)).all()
            session.execute(insert(Setting).values(name="second", value=",".join(names)))

    with ThreadPoolExecutor(1) as pool:
        with database.writing() as session:
            session.execute(insert(Setting).values(name="first", value=""))
            waiting = pool.submit(second)
            begun.wait()
        waiting.result()
    with database.reading() as session:
        rows = session.execute(select(Setting.name, Setting.value))
        values = {row.name: row.value for row in rows}
    assert values == {"first": "", "second": "first"}


def test_foreign_keys_and_the_log_are_on(database: Database) -> None:
    with database.reading() as session:
        for pragma, value in (("foreign_keys", 1), ("journal_mode", "wal"), ("secure_delete", 1)):
            assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_an_enumeration_is_stored_by_value_and_held_to_it(database: Database) -> None:
    row = {"on": datetime(2026, 12, 1, tzinfo=UTC).date(), "kind": DayKind.OFF, "note": ""}
    with database.writing() as session:
        session.execute(insert(CalendarDay).values(**row))
        found = session.execute(text("SELECT kind FROM calendar_day WHERE note = ''")).scalar()
        assert found == "off"
        with pytest.raises(StatementError):
            session.execute(insert(CalendarDay).values(**row | {"kind": "half"}))


def test_the_database_itself_keeps_names_unique(database: Database) -> None:
    twice = [{"name": "a", "value": "b"}, {"name": "a", "value": "c"}]
    with database.writer_session() as session, pytest.raises(IntegrityError):
        session.execute(insert(Setting), twice)


def test_a_stored_enumeration_knows_its_values() -> None:
    class Colour(enum.StrEnum):
        RED = "red"

    kind = stored_enum(Colour)
    assert kind.enums == ["red"]
    assert kind.name == "colour"


@pytest.mark.parametrize("url", ["", "nonsense", "nosuchdb://x/y"])
def test_an_address_that_is_none_is_one_sentence(url: str) -> None:
    with pytest.raises(BadSetting, match="PORTAL_DATABASE_URL cannot be used"):
        Database(url)
