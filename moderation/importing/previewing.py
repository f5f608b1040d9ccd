"""Reading a file and comparing every row with the register, in batches; nothing is changed by it.

Rows are read and compared while nobody waits; only what a batch says is then written, in one short
transaction. So flat is the memory, and so short a resident waits who writes meanwhile.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, BinaryIO

from moderation.importing.comparing import Comparer, MemberComparer, Said
from moderation.importing.finding import key_of
from moderation.importing.frames import Frame, newest_entry, opened, read_frame
from moderation.importing.keeping import BATCH, Interrupted, drop_lines, end_reading, keep_lines
from moderation.importing.lines import seal_body
from moderation.importing.organisation_rows import OrganisationComparer
from moderation.importing.row_limits import Fault, Row
from moderation.importing.starting import reading
from moderation.office import Office
from portal.db import Database
from portal.files.storing import FileStore, Gone
from portal.models import RegisterImport
from portal.models.register_import import ImportKind, ImportState
from portal.vault import CannotOpen, derive

Progress = Callable[[int], None]


_COMPARERS: dict[ImportKind, Callable[[Database, Frame], Comparer]] = {
    ImportKind.MEMBERS: MemberComparer,
    ImportKind.ORGANISATIONS: OrganisationComparer,
}


def preview(
    database: Database,
    *,
    office: Office,
    files: FileStore,
    import_id: int,
    progress: Progress = lambda _rows: None,
) -> None:
    """Make the preview of an import that waits for it, anew from its beginning.

    What is wrong with the file as a whole is written down in it.
    """
    try:
        _make(database, office, files, import_id, progress)
    except Fault as fault:
        told = {"code": fault.code, "row": str(fault.row), "column": str(fault.column)}
        end_reading(database, import_id, state=ImportState.FAILED, fault=told)
    except (Gone, CannotOpen):
        end_reading(database, import_id, state=ImportState.FAILED, fault={"code": "gone"})
    except Interrupted:
        return


def _make(
    database: Database, office: Office, files: FileStore, import_id: int, progress: Progress
) -> None:
    """Read and compare all rows. Raises Fault, Gone, CannotOpen and Interrupted."""
    drop_lines(database, import_id=import_id)
    with database.reading() as session:
        row = session.get_one(RegisterImport, import_id)
        frame = read_frame(session, office=office, account_id=row.account_id)
        seen_entry = newest_entry(session)
    key = key_of(office.ring, row)
    whole = hmac.new(derive(key, "preview"), digestmod=hashlib.sha256)
    compare, tally = _COMPARERS[row.kind](database, frame), Counter[str]()
    with opened(files, key, row.uid) as plain, _rows(plain, row) as rows:
        while batch := list(islice(rows, BATCH)):
            found = compare(_named(batch, row.plan["columns"]))
            tally.update(said.verdict or "same" for said in found)
            tally["rows"] += len(found)
            lines = list(_lines(found, key, row, whole))
            keep_lines(database, import_id, lines, batch[-1][0], tally, row.plan["head"])
            progress(len(batch))
    if not tally["rows"]:
        raise Fault("empty")
    end_reading(
        database,
        import_id,
        state=ImportState.READY,
        tally=dict(tally),
        digest=whole.digest(),
        seen_entry=seen_entry,
    )


@contextmanager
def _rows(plain: BinaryIO, row: RegisterImport) -> Iterator[Iterator[Row]]:
    """The rows of the chosen sheet, of each the chosen columns in the order of the plan."""
    places = list(row.plan["columns"].values())
    with reading(
        plain, row.form, sheet=row.plan["sheet"], head=row.plan["head"], places=places
    ) as rows:
        yield rows


def _named(batch: Sequence[Row], columns: dict[str, int]) -> list[tuple[int, dict[str, Any]]]:
    """The rows with the names of their columns."""
    return [(number, dict(zip(columns, cells, strict=True))) for number, cells in batch]


def _lines(
    found: Iterable[Said], key: bytes, row: RegisterImport, whole: Any
) -> Iterator[dict[str, Any]]:
    """The rows that are kept, sealed; what they say goes into the hash of the whole."""
    for said in found:
        if said.verdict is None:
            continue
        whole.update(f"{said.number}|{said.verdict}|".encode() + said.body)
        yield {
            "import_id": row.id,
            "number": said.number,
            "verdict": said.verdict,
            "body": seal_body(key, row.uid, said.number, said.body),
        }
