"""Bringing a database to the schema of the program."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from portal.db import Database
from portal.revision import MIGRATIONS, OldSchema, check, newest

__all__ = ["OldSchema", "check", "newest", "upgrade"]


def upgrade(database: Database) -> None:
    """Bring the database to the newest schema; an empty one is created."""
    with database.writer.begin() as connection:
        command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> Config:
    """What Alembic needs to run on our own connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
