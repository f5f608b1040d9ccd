"""The schema of the database: bringing it up to date, and telling whether it is."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from portal.db import Database

_MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


class OldSchema(Exception):
    """The database and the program do not fit; the message says what to do."""


def upgrade(database: Database) -> None:
    """Bring the database to the newest schema; an empty one is created."""
    with database.writer.begin() as connection:
        command.upgrade(_config(connection), "head")


def check(database: Database) -> None:
    """Raise OldSchema, in one sentence, unless the schema is the program's own."""
    try:
        with database.engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except OperationalError as error:
        raise OldSchema("The database cannot be opened: check PORTAL_DATABASE_URL.") from error
    wanted = newest()
    if found is None:
        raise OldSchema("The database is empty: run 'flask db upgrade'.")
    if found != wanted:
        known = {script.revision for script in _scripts().walk_revisions()}
        if found in known:
            raise OldSchema("The database is older than the program: run 'flask db upgrade'.")
        raise OldSchema("The database is newer than the program: start the newer program.")


def newest() -> str:
    """The revision that the program needs."""
    head = _scripts().get_current_head()
    if head is None:
        raise OldSchema("The program has no migrations.")
    return head


def _scripts() -> ScriptDirectory:
    """The migrations on disk."""
    return ScriptDirectory(str(_MIGRATIONS))


def _config(connection: Connection) -> Config:
    """What Alembic needs to run on our own connection."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config
