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

from moderation.importing.finding import key_of
from moderation.importing.frames import Frame, newest_entry, opened, read_frame
from moderation.importing.keeping import BATCH, Interrupted, drop_lines, end_reading, keep_lines
from moderation.importing.lines import body_of, seal_body, verdict_of
from moderation.importing.member_rows import Fault as RowFault
from moderation.importing.member_rows import MemberRow, read_member
from moderation.importing.outcomes import Outcome
from moderation.importing.recognising import Recognised, Seen, marks_of_rows
from moderation.importing.row_limits import Fault, Row
from moderation.importing.starting import reading
from moderation.importing.weighing import weigh
from moderation.office import Office
from portal.db import Database
from portal.files.storing import FileStore, Gone
from portal.models import RegisterImport
from portal.models.register_import import ImportState, Verdict
from portal.vault import CannotOpen, derive

Progress = Callable[[int], None]


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
    said, tally, seen = (
        hmac.new(derive(key, "preview"), digestmod=hashlib.sha256),
        Counter[str](),
        Seen(),
    )
    with opened(files, key, row.uid) as plain, _rows(plain, row) as rows:
        while batch := list(islice(rows, BATCH)):
            outcomes = _compare(database, frame, seen, _named(batch, row.plan["columns"]), tally)
            lines = list(_lines(outcomes, key, row, said))
            keep_lines(database, import_id, lines, batch[-1][0], tally, row.plan["head"])
            progress(len(batch))
    if not tally["rows"]:
        raise Fault("empty")
    end_reading(
        database,
        import_id,
        state=ImportState.READY,
        tally=dict(tally),
        digest=said.digest(),
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


def _compare(
    database: Database,
    frame: Frame,
    seen: Seen,
    batch: list[tuple[int, dict[str, Any]]],
    tally: Counter[str],
) -> list[tuple[Outcome, bytes | None]]:
    """What becomes of a batch of rows."""
    today, search = frame.office.today, frame.office.ring.search
    rows = [read_member(number, cells, frame.places, today) for number, cells in batch]
    marks = marks_of_rows(search, rows)
    with database.reading() as session:
        recognised = Recognised(session, rows=rows, marks=marks)
    outcomes = [
        (_outcome(frame, seen, recognised, row, marks), marks.get(row.number)) for row in rows
    ]
    for outcome, _mark in outcomes:
        tally["rows"] += 1
        tally[verdict_of(outcome) or "same"] += 1
    return outcomes


def _outcome(
    frame: Frame, seen: Seen, recognised: Recognised, row: MemberRow, marks: dict[int, bytes]
) -> Outcome:
    """What becomes of one row."""
    if row.faults:
        return Outcome(row)
    known = recognised.who(row, frame.places)
    if isinstance(known, RowFault):
        return Outcome(row, faults=[known])
    if twice := seen.twice(row, known, marks.get(row.number)):
        return Outcome(row, known, faults=[twice])
    outcome = weigh(row, known, frame.places, frame.office.today)
    # Nobody enters anything about themselves (design rule): another registrar does.
    if known is not None and known.id == frame.own_member and outcome.changes_something:
        outcome.faults.append(RowFault("name", "own"))
    return outcome


def _lines(
    outcomes: Iterable[tuple[Outcome, bytes | None]],
    key: bytes,
    row: RegisterImport,
    said: Any,
) -> Iterator[dict[str, Any]]:
    """The rows that are kept, sealed; what they say goes into the hash of the whole."""
    for outcome, mark in outcomes:
        verdict = verdict_of(outcome)
        if verdict is None:
            continue
        number, body = outcome.row.number, body_of(outcome, mark=mark)
        said.update(f"{number}|{verdict}|".encode() + body)
        yield {
            "import_id": row.id,
            "number": number,
            "verdict": Verdict(verdict),
            "body": seal_body(key, row.uid, number, body),
        }
