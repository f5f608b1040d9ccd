"""Everything that the public process may not do, as statements, for every table there is."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Dialect

from portal.models import Base
from portal.rights import PUBLIC


def forbidden(dialect: Dialect) -> Iterator[str]:
    """Each verb on each column or table for which there is no right, one statement for each."""
    quote = dialect.identifier_preparer.quote
    for name, table in Base.metadata.tables.items():
        rights, whole = PUBLIC[name], quote(name)
        yield f"DELETE FROM {whole}"
        yield f"DROP TABLE {whole}"
        yield f"ALTER TABLE {whole} ADD COLUMN spy INTEGER"
        yield f"CREATE INDEX spy ON {whole} ({quote(table.columns[0].name)})"
        if not rights.select:
            yield f"SELECT count(*) FROM {whole}"
            yield f"SELECT 1 FROM {whole}"
        for column in (each.name for each in table.columns):
            one = quote(column)
            if column not in rights.select:
                yield f"SELECT {one} FROM {whole}"
                yield f"SELECT count(*) FROM event WHERE EXISTS (SELECT {one} FROM {whole})"
            if column not in rights.update:
                yield f"UPDATE {whole} SET {one} = {one}"
            # SQLite asks about insertion once for a table.
            if column not in rights.insert and (dialect.name != "sqlite" or not rights.insert):
                yield f"INSERT INTO {whole} ({one}) VALUES (NULL)"
