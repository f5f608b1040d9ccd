"""Writing down how far an import is and what its rows say, a batch in each transaction."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from portal.clock import now
from portal.db import Database
from portal.models import ImportLine, RegisterImport
from portal.models.register_import import ImportState

#: Rows that are compared together and written down in one transaction.
BATCH = 500
#: Rows that are deleted in one transaction: it holds others up for a fraction of a second.
DROPPED = 10_000
#: A worker that says nothing for so long has been stopped.
TAKEN = timedelta(minutes=5)


class Interrupted(Exception):
    """Somebody has ended the import meanwhile."""


def drop_lines(database: Database, *, import_id: int) -> None:
    """Delete what a preview said, a batch in each transaction."""
    gone = 1
    while gone:
        with database.writing() as session:
            some = (
                select(ImportLine.number)
                .where(ImportLine.import_id == import_id)
                .order_by(ImportLine.number)
                .limit(DROPPED)
            )
            gone = session.execute(
                delete(ImportLine).where(
                    ImportLine.import_id == import_id,
                    ImportLine.number.in_(some.scalar_subquery()),
                )
            ).rowcount  # type: ignore[attr-defined]


def keep_lines(
    database: Database,
    import_id: int,
    lines: list[dict[str, Any]],
    number: int,
    tally: Counter[str],
    head: int,
) -> None:
    """Write a batch down, and how far it has come. Raises Interrupted."""
    with database.writing() as session:
        there = session.execute(
            update(RegisterImport)
            .where(RegisterImport.id == import_id, RegisterImport.state != ImportState.DISCARDED)
            .values(rows_read=number - head, tally=dict(tally), taken_until=now() + TAKEN)
        ).rowcount  # type: ignore[attr-defined]
        if not there:
            raise Interrupted
        if lines:
            session.execute(insert(ImportLine.__table__), lines)  # type: ignore[arg-type]


def end_reading(database: Database, import_id: int, *, state: ImportState, **facts: Any) -> None:
    """Write down how the reading ended, unless somebody has ended the import meanwhile."""
    with database.writing() as session:
        session.execute(
            update(RegisterImport)
            .where(RegisterImport.id == import_id, RegisterImport.state != ImportState.DISCARDED)
            .values(state=state, taken_until=None, **facts)
        )


def is_taken(session: Session, *, import_id: int, at: datetime) -> bool:
    """Take an import for this worker; whether it could be taken."""
    free = RegisterImport.taken_until.is_(None) | (RegisterImport.taken_until < at)
    taken = session.execute(
        update(RegisterImport)
        .where(RegisterImport.id == import_id, free)
        .values(taken_until=at + TAKEN)
    ).rowcount  # type: ignore[attr-defined]
    return bool(taken)
