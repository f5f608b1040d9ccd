"""Which schema a database has, and whether it is the program's own. It changes nothing.

Migrating is another room: a process that serves people never loads the tool for it.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import column, select, table
from sqlalchemy.exc import DatabaseError

from portal.db import Database

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"

#: What PostgreSQL says of a role, a password or a database that is not right.
_REFUSALS = ("does not exist", "authentication failed", "no password", "pg_hba", "not permitted")
#: What SQLite and PostgreSQL say of a table that is not there.
_NO_TABLE = ("no such table", 'relation "alembic_version" does not exist')
_KEPT_IN = table("alembic_version", column("version_num"))


class OldSchema(Exception):
    """The database and the program do not fit; the message says what to do."""


def known() -> list[str]:
    """The revisions that the program brings, oldest first: the names of their files."""
    return sorted(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def newest() -> str:
    """The revision that the program needs."""
    return known()[-1]


def found_in(database: Database) -> str | None:
    """The revision of a database, or nothing when it is empty. Raises OldSchema."""
    try:
        with database.engine.connect() as connection:
            return connection.execute(select(_KEPT_IN.c.version_num)).scalar_one_or_none()
    except DatabaseError as error:
        if any(sign in str(error.orig) for sign in _NO_TABLE):
            return None
        raise OldSchema(fault_of(error)) from error


def fault_of(error: DatabaseError) -> str:
    """Why a database cannot be opened, in one sentence that never repeats its address."""
    said = str(error.orig).lower()
    if "psycopg" not in type(error.orig).__module__:
        return "The database cannot be opened: check PORTAL_DATABASE_URL."
    if any(sign in said for sign in _REFUSALS):
        return (
            "The database server refuses us: check role, password and name in PORTAL_DATABASE_URL."
        )
    if "permission denied" in said:
        return "The database role lacks rights: run 'flask db grants ROLE --apply' as the owner."
    return "The database server does not answer: check that it runs, and PORTAL_DATABASE_URL."


def check(database: Database) -> None:
    """Raise OldSchema, in one sentence, unless the schema is the program's own."""
    found = found_in(database)
    if found is None:
        raise OldSchema("The database is empty: run 'flask db upgrade'.")
    if found != newest():
        if found in known():
            raise OldSchema("The database is older than the program: run 'flask db upgrade'.")
        raise OldSchema("The database is newer than the program: start the newer program.")
