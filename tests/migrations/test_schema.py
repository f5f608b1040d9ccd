"""The migrations build exactly what the models say, and an old database is told apart."""

from pathlib import Path
from sqlite3 import IntegrityError

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import select, text

from portal import schema, sqlite
from portal.db import Database
from portal.deadlines import STARTING_ROWS
from portal.models import CalendarDay, Organisation
from portal.revision import MIGRATIONS
from tests.drift import differences


@pytest.fixture
def empty(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path / 'empty.db'}")


def test_migrations_build_what_the_models_say(empty: Database) -> None:
    schema.upgrade(empty)
    with empty.engine.connect() as connection:
        assert differences(connection) == []


def test_a_fresh_database_passes_the_check_and_upgrading_again_changes_nothing(
    empty: Database,
) -> None:
    schema.upgrade(empty)
    schema.upgrade(empty)
    schema.check(empty)


def test_a_new_database_starts_with_the_calendar_rows(empty: Database) -> None:
    schema.upgrade(empty)
    with empty.reading() as session:
        found = session.execute(select(CalendarDay.on, CalendarDay.kind, CalendarDay.note)).all()
    assert {(on, kind.value, note) for on, kind, note in found} == set(STARTING_ROWS)


def test_a_database_full_of_rows_is_upgraded_and_orders_its_organisations(empty: Database) -> None:
    """Tables that others refer to are made anew on SQLite, and names that were there are sorted."""
    _upgrade_to(empty, "0036_screening")
    cell = (
        "INSERT INTO organisation "
        "VALUES (:id, 'cell', NULL, :name, :name, '', :above, '', :since, NULL)"
    )
    with empty.writer.begin() as connection:
        for number, name in enumerate(("Tỉnh", "Chi bộ khối 10", "Chi bộ khối 2"), start=1):
            above = None if number == 1 else 1
            row = {"id": number, "name": name, "above": above, "since": "2025-07-01"}
            connection.execute(text(cell), row)
    schema.upgrade(empty)
    with empty.reading() as session:
        ordered = select(Organisation.name).order_by(Organisation.placed)
        assert session.scalars(ordered).all() == ["Chi bộ khối 2", "Chi bộ khối 10", "Tỉnh"]
        assert session.scalar(text("PRAGMA foreign_keys")) == 1


def test_an_upgrade_that_breaks_a_reference_leaves_everything_as_it_was(empty: Database) -> None:
    schema.upgrade(empty)
    lost = "INSERT INTO succession VALUES (1, 2)"
    with (
        pytest.raises(IntegrityError),
        empty.writer.connect() as connection,
        sqlite.rebuilding(connection),
    ):
        connection.execute(text(lost))
    with empty.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM succession")) == 0


def test_an_empty_database_is_told_to_upgrade(empty: Database) -> None:
    with pytest.raises(schema.OldSchema, match="flask db upgrade"):
        schema.check(empty)


def test_an_older_database_is_told_to_upgrade(empty: Database) -> None:
    schema.upgrade(empty)
    _stamp(empty, "0001_register")
    with pytest.raises(schema.OldSchema, match="older than the program"):
        schema.check(empty)


def test_a_newer_database_asks_for_the_newer_program(empty: Database) -> None:
    schema.upgrade(empty)
    _stamp(empty, "9999_future")
    with pytest.raises(schema.OldSchema, match="newer than the program"):
        schema.check(empty)


def test_a_file_that_is_no_database_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Một tệp ghi chép, không phải cơ sở dữ liệu. " * 99)
    with pytest.raises(schema.OldSchema, match="cannot be opened"):
        schema.check(Database(f"sqlite:///{tmp_path / 'notes.txt'}"))


def _upgrade_to(database: Database, revision: str) -> None:
    """Bring an empty database to an older schema."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.writer.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _stamp(database: Database, revision: str) -> None:
    with database.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})
