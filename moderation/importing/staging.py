"""Putting rows of the register ready beside it, so that writing takes one short statement each.

Nothing that reads the register reads these. They are deleted when the import is written or ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select

from moderation.importing.finding import key_of
from moderation.importing.keeping import DROPPED
from moderation.importing.lines import open_body
from moderation.importing.outcomes import CELL, POST
from moderation.office import Office
from portal.db import Database
from portal.models import ImportLine, ImportWrite, RegisterImport
from portal.text import fold, name_order, one_line

#: What each row of the table is: new, or new days of one that is there.
NEW, CHANGED = "+", "~"
MEMBER, SOURCE = "member", "member_source"
#: Rows of the file that are put ready in one transaction.
_READY = 2_000


def stage(database: Database, *, office: Office, row: RegisterImport) -> None:
    """Put everything ready that the preview says, a batch in each transaction."""
    drop_writes(database, import_id=row.id)
    for some in bodies(database, office=office, row=row):
        sorts: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for write in _writes(some):
            sorts[write["target"]].append({"import_id": row.id, **write})
        with database.writing() as session:
            for writes in sorts.values():
                # Rows of one sort have the same columns; the object mapper would take four times.
                session.execute(insert(ImportWrite.__table__), writes)  # type: ignore[arg-type]


def bodies(
    database: Database, *, office: Office, row: RegisterImport
) -> Iterator[list[dict[str, Any]]]:
    """What the preview says of each row, some rows at a time."""
    key, after = key_of(office.ring, row), 0
    while True:
        with database.reading() as session:
            lines = session.execute(
                select(ImportLine.number, ImportLine.body)
                .where(ImportLine.import_id == row.id, ImportLine.number > after)
                .order_by(ImportLine.number)
                .limit(_READY)
            ).all()
        if not lines:
            return
        yield [open_body(key, row.uid, line.number, line.body) for line in lines]
        after = lines[-1].number


def drop_writes(database: Database, *, import_id: int) -> None:
    """Delete what was put ready, a batch in each transaction."""
    gone = 1
    while gone:
        with database.writing() as session:
            some = (
                select(ImportWrite.id)
                .where(ImportWrite.import_id == import_id)
                .order_by(ImportWrite.id)
                .limit(DROPPED)
            )
            gone = session.execute(
                delete(ImportWrite).where(ImportWrite.id.in_(some.scalar_subquery()))
            ).rowcount  # type: ignore[attr-defined]


def _writes(bodies: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows that come of each line."""
    for body in bodies:
        known = "member" in body
        member_id = UUID(hex=body["member"]) if known else uuid4()
        yield _member(body, member_id, known=known)
        for table, row_id, what, since, until in body["steps"]:
            yield {
                "target": table + (NEW if row_id is None else CHANGED),
                "row_id": row_id,
                "member_id": member_id,
                "version": body.get("version"),
                "valid_from": date.fromisoformat(since),
                "valid_to": date.fromisoformat(until) if until else None,
                **(_what(table, what) if row_id is None else {}),
            }
        if "mark" in body:
            yield {
                "target": SOURCE + NEW,
                "member_id": member_id,
                "mark": bytes.fromhex(body["mark"]),
            }


def _member(body: dict[str, Any], member_id: UUID, *, known: bool) -> dict[str, Any]:
    """The row of the member."""
    changed = {column for column, _was, _now in body["changes"]}
    name = one_line(body["name"] if not known or "name" in changed else body["was"])
    return {
        "target": MEMBER + (CHANGED if known else NEW),
        "member_id": member_id,
        "name": name,
        "folded": fold(name),
        "given": fold(name.split()[-1]),
        "placed": name_order(name),
        "birth_year": body["year"],
        "managed_by_id": body["managed"],
        "version": body.get("version"),
    }


def _what(table: str, what: Any) -> dict[str, Any]:
    """What a new row is about."""
    if table == CELL:
        return {"term": what[0], "organisation_id": what[1]}
    if table == POST:
        return {"organisation_id": what[0], "term": what[1], "words": what[2]}
    return {"term": what}
