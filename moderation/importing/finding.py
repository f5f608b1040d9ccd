"""The imports of somebody, and the rows of one: whose it is not, for them it does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.importing.lines import open_body
from moderation.office import Office
from portal.models import ImportLine, RegisterImport
from portal.models.register_import import ImportState, Verdict
from portal.vault import CannotOpen, Ring, open_box

#: So many rows stand on one page of a preview, and so many imports on the first page.
PAGE, LATEST = 50, 20


class NoSuchImport(Exception):
    """There is none, or it is another's."""


@dataclass(frozen=True)
class ShownLine:
    """One row of the preview."""

    number: int
    verdict: Verdict
    body: dict[str, Any]


def imports_of(session: Session, *, by: Person) -> list[RegisterImport]:
    """The latest imports of somebody, newest first."""
    return list(
        session.scalars(
            select(RegisterImport)
            .where(RegisterImport.account_id == by.account_id)
            .order_by(RegisterImport.id.desc())
            .limit(LATEST)
        )
    )


def find_import(session: Session, *, by: Person, import_id: int) -> RegisterImport:
    """One import of theirs. Raises NoSuchImport."""
    found = session.scalars(
        select(RegisterImport).where(
            RegisterImport.id == import_id, RegisterImport.account_id == by.account_id
        )
    ).one_or_none()
    if found is None:
        raise NoSuchImport
    return found


def key_of(ring: Ring, row: RegisterImport) -> bytes:
    """The key of a file. Raises CannotOpen once the file is gone."""
    private = ring.private.get(row.key_version)
    if row.box is None or private is None:
        raise CannotOpen("the key of an import")
    return open_box(private, row.box, "register_import", row.uid)


def lines_of(
    session: Session,
    *,
    office: Office,
    row: RegisterImport,
    verdict: Verdict,
    after: int = 0,
    most: int = PAGE,
) -> list[ShownLine]:
    """The rows of one sort below a row of the file, in its order."""
    found = session.execute(
        select(ImportLine.number, ImportLine.verdict, ImportLine.body)
        .where(
            ImportLine.import_id == row.id,
            ImportLine.verdict == verdict,
            ImportLine.number > after,
        )
        .order_by(ImportLine.number)
        .limit(most)
    ).all()
    key = key_of(office.ring, row) if found else b""
    return [
        ShownLine(one.number, one.verdict, open_body(key, row.uid, one.number, one.body))
        for one in found
    ]


def waiting_imports(session: Session, *, at: datetime) -> list[int]:
    """The imports that the worker has something to do for and no other worker has taken."""
    return list(
        session.scalars(
            select(RegisterImport.id)
            .where(
                RegisterImport.state.in_((ImportState.READING, ImportState.CONFIRMED)),
                (RegisterImport.taken_until.is_(None)) | (RegisterImport.taken_until < at),
            )
            .order_by(RegisterImport.id)
        )
    )
