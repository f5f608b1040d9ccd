"""Reading and writing imports beside what else the worker does, one after another."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.importing.confirming import carry_out
from moderation.importing.finding import waiting_imports
from moderation.importing.keeping import drop_lines, is_taken
from moderation.importing.previewing import Progress, preview
from moderation.importing.staging import drop_writes
from moderation.opening import open_office
from portal.clock import now
from portal.db import Database
from portal.files.storing import CannotStore, FileStore
from portal.models import ImportLine, RegisterImport
from portal.models.register_import import ImportState
from portal.vault import Ring

log = logging.getLogger(__name__)

#: Seconds between two looks when there was nothing to do.
PAUSE = 1.0
#: What is not finished by then is ended, and what it holds is deleted (design rule).
KEPT = timedelta(days=1)
_FAREWELL = 5
_ENDED = (ImportState.DONE, ImportState.DISCARDED)


def work_once(
    database: Database,
    ring: Ring,
    files: FileStore,
    *,
    at: datetime | None = None,
    progress: Progress = lambda _rows: None,
) -> int:
    """Do all that waits; how many imports that were."""
    with database.reading() as session:
        office = open_office(session, ring=ring, at=at)
        waiting = waiting_imports(session, at=office.at)
    for import_id in waiting:
        with database.writing() as session:
            taken = is_taken(session, import_id=import_id, at=now())
            state = session.get_one(RegisterImport, import_id).state
        if not taken:
            continue
        if state is ImportState.READING:
            preview(database, office=office, files=files, import_id=import_id, progress=progress)
        else:
            carry_out(database, office=office, files=files, import_id=import_id)
    return len(waiting) + tidy(database, files, at=office.at)


def tidy(database: Database, files: FileStore, *, at: datetime) -> int:
    """End what is too old, and delete what ended imports held; how many that were."""
    with database.writing() as session:
        _end_old(session, at)
    with database.reading() as session:
        ended = select(RegisterImport.id).where(RegisterImport.state.in_(_ENDED))
        held = session.scalars(
            select(ImportLine.import_id).where(ImportLine.import_id.in_(ended)).distinct()
        ).all()
        names = {
            row.id: row.uid.hex()
            for row in session.execute(
                select(RegisterImport.id, RegisterImport.uid).where(RegisterImport.id.in_(held))
            )
        }
    for import_id, name in names.items():
        with suppress(CannotStore):
            # The nightly sweep takes it, too.
            files.drop([name])
        drop_writes(database, import_id=import_id)
        drop_lines(database, import_id=import_id)
    return len(names)


def _end_old(session: Session, at: datetime) -> None:
    """End what nobody has confirmed within a day."""
    old = session.scalars(
        select(RegisterImport).where(
            RegisterImport.at < at - KEPT,
            RegisterImport.state.in_(
                (ImportState.MAPPING, ImportState.READING, ImportState.READY, ImportState.FAILED)
            ),
        )
    )
    for row in old:
        row.state, row.box, row.about = ImportState.DISCARDED, None, None


@contextmanager
def importing(database: Database, ring: Ring, files: FileStore) -> Iterator[None]:
    """Read and write imports until the block ends: a long one delays nothing else of the worker's.

    One that is cut off begins again with the next worker; none is ever half written.
    """
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            try:
                busy = work_once(database, ring, files)
            except Exception as error:  # Whatever it is, the next import must go on.
                where = "".join(traceback.format_tb(error.__traceback__))
                log.error(
                    "an import failed with %s; trying again:\n%s", type(error).__name__, where
                )
                busy = 0
            if not busy:
                stop.wait(PAUSE)

    thread = threading.Thread(target=work, name="imports", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_FAREWELL)
