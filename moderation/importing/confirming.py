"""Confirming an import, and carrying it out: all of it in one short transaction, or nothing.

What the preview said is what is written. Where the register was changed since, the file is read
and compared once more; if that says something else, it is shown again and nothing is written.
"""

from __future__ import annotations

from typing import Any

from moderation.importing.previewing import preview
from moderation.importing.staging import bodies, drop_writes, stage
from moderation.importing.writing import Outdated, changed_since, write_all
from moderation.office import Office
from portal.db import Database
from portal.files.storing import FileStore
from portal.models import (
    RegisterImport,
)
from portal.models.register_import import ImportKind, ImportState, Verdict

#: How often an import is compared anew because others change the register all the time.
_TRIES = 3


class NotReady(Exception):
    """The preview has problems, changes nothing, or is not there any more."""


def may_confirm(row: RegisterImport) -> bool:
    """Whether an import can be carried out as it is: whole, or not at all."""
    changes = sum(row.tally.get(verdict, 0) for verdict in (Verdict.ADD, Verdict.CHANGE))
    return (
        row.state is ImportState.READY and not row.tally.get(Verdict.PROBLEM, 0) and bool(changes)
    )


def confirm(row: RegisterImport) -> None:
    """Let the worker carry an import out. Raises NotReady."""
    if not may_confirm(row):
        raise NotReady
    row.state, row.taken_until = ImportState.CONFIRMED, None


def discard(row: RegisterImport) -> None:
    """End an import that was not carried out; the worker deletes what it holds. Raises NotReady."""
    if row.state in {ImportState.CONFIRMED, ImportState.DONE, ImportState.DISCARDED}:
        raise NotReady
    row.state, row.box, row.about = ImportState.DISCARDED, None, None


def carry_out(
    database: Database, *, office: Office, files: FileStore, import_id: int
) -> ImportState:
    """Carry a confirmed import out; how far it is then."""
    for _try in range(_TRIES):
        with database.reading() as session:
            row = session.get_one(RegisterImport, import_id)
            outdated = changed_since(session, row.seen_entry or 0)
        if outdated and not _is_the_same(database, office, files, row):
            return ImportState.READY
        organisations = _prepare(database, office, row)
        try:
            with database.writing() as session:
                write_all(session, office, import_id, organisations)
            return ImportState.DONE
        except Outdated:
            continue
        finally:
            drop_writes(database, import_id=import_id)
    _show_again(database, import_id)
    return ImportState.READY


def _prepare(database: Database, office: Office, row: RegisterImport) -> list[dict[str, Any]]:
    """Put members ready beside the register; organisations are few enough to be held."""
    if row.kind is ImportKind.MEMBERS:
        stage(database, office=office, row=row)
        return []
    said = bodies(database, office=office, row=row)
    return [body["organisation"] for some in said for body in some]


def _is_the_same(database: Database, office: Office, files: FileStore, row: RegisterImport) -> bool:
    """Compare anew; whether it says what was confirmed. Otherwise it waits to be read again."""
    before = row.digest
    preview(database, office=office, files=files, import_id=row.id)
    with database.writing() as session:
        now = session.get_one(RegisterImport, row.id)
        if now.state is not ImportState.READY or now.digest != before:
            now.tally = {**now.tally, "again": 1}
            return False
        now.state = ImportState.CONFIRMED
        session.flush()
        row.seen_entry = now.seen_entry
    return True


def _show_again(database: Database, import_id: int) -> None:
    """Let the preview be confirmed anew: others do not stop changing the register."""
    with database.writing() as session:
        row = session.get_one(RegisterImport, import_id)
        row.state, row.tally = ImportState.READY, {**row.tally, "again": 1}
