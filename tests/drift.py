"""How the schema of a database differs from what the models say."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from portal.models import Base
from portal.models.search import INDEX


def differences(connection: Connection) -> list[object]:
    """What a migration would have to change; nothing of what the database keeps by itself."""
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "include_object": _is_ours}
    )
    found: list[object] = compare_metadata(context, Base.metadata)
    return found


def _is_ours(_thing: object, name: str | None, *_rest: object) -> bool:
    return not (name or "").startswith(INDEX)
