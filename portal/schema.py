"""Bringing a database to the schema of the program."""

from __future__ import annotations

from contextlib import AbstractContextManager

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from portal import sqlite
from portal.db import Database
from portal.revision import MIGRATIONS, OldSchema, check, newest

__all__ = ["OldSchema", "check", "newest", "upgrade"]


def upgrade(database: Database) -> None:
    """Bring the database to the newest schema; an empty one is created."""
    with database.writer.connect() as connection, _whole(connection):
        command.upgrade(_config(connection), "head")


def _whole(connection: Connection) -> AbstractContextManager[object]:
    """One transaction for everything: an upgrade that fails leaves the database as it was."""
    if connection.dialect.name == "sqlite":
        return sqlite.rebuilding(connection)
    return connection.begin()


def _config(connection: Connection) -> Config:
    """What Alembic needs to run on our own connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
