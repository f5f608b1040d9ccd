"""The rights of the public process as grants on PostgreSQL, and how far a role goes beyond them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from portal.models import Base
from portal.rights import PUBLIC, check_decided

_HERE = text("SELECT current_database()")
#: No grant binds a role that rules the server or has the rights of the one that owns the tables.
_KNOWN = text(
    "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb"
    " OR pg_has_role(rolname, current_user, 'MEMBER') AS above"
    " FROM pg_roles WHERE rolname = :role"
)


class NoSuchRole(Exception):
    """The server knows no role of this name."""


class NotOurs(Exception):
    """The role is above the grants; the message says why."""


def grants(connection: Connection, *, role: str) -> Iterator[str]:
    """The statements that give a role the rights of the public process and take all others.

    Raises Undecided for a table on which nothing was decided.
    """
    tables = Base.metadata.tables
    check_decided(tables)
    quote = connection.dialect.identifier_preparer.quote
    whom, database = quote(role), quote(str(connection.scalar(_HERE)))
    for holder in ("PUBLIC", whom):
        for things in ("TABLES", "SEQUENCES", "FUNCTIONS"):
            yield f"REVOKE ALL ON ALL {things} IN SCHEMA public FROM {holder}"
        yield f"REVOKE ALL ON SCHEMA public FROM {holder}"
        yield f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM {holder}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {whom}"
    yield f"GRANT USAGE ON SCHEMA public TO {whom}"
    for table, rights in PUBLIC.items():
        for verb in ("select", "insert", "update"):
            if columns := getattr(rights, verb):
                named = ", ".join(quote(column) for column in sorted(columns))
                yield f"GRANT {verb.upper()} ({named}) ON {quote(table)} TO {whom}"
        counted = tables[table].autoincrement_column if table in tables else None
        if rights.insert and counted is not None and counted.name not in rights.insert:
            yield f"GRANT USAGE ON SEQUENCE {quote(f'{table}_{counted.name}_seq')} TO {whom}"


def apply(connection: Connection, *, role: str) -> None:
    """Carry the grants out, all or none. Raises NoSuchRole, NotOurs and Undecided."""
    known = connection.execute(_KNOWN, {"role": role}).one_or_none()
    if known is None:
        raise NoSuchRole(role)
    if known.above:
        raise NotOurs(f"{role} rules the server or the tables: give the public process another.")
    for words in grants(connection, role=role):
        connection.exec_driver_sql(words)
