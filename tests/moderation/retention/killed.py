"""Kills a night of deleting for real, after each of its steps in turn, and looks at what is left.

Run as a program with the folder of a ward in which cases are over, and the moment. A step is a
commit, or a line that is brought to the disk. After each kill every case is wholly there or wholly
gone, what is gone stands in the list, and the next night brings it to its end, with whole logs.
Prints how many kills there were.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, event, func, select

from moderation.retention import nightly
from moderation.retention.purge_list import open_list
from moderation.verifying import verify, verify_journal
from portal.models import Case, Seal, Submission, Tombstone
from portal.models.retention import Facet
from tests.children import in_child
from tests.moderation import ward as wards

#: So many cases in one transaction, so that some have gone and some have not.
BATCH = 2
#: How many cases there are.
LETTERS = 3


def main(folder: Path, at: datetime) -> None:
    """Kill a copy of the ward after one step more each time, until one comes through."""
    nightly.BATCH = BATCH
    number = 0
    while True:
        copy = Path(shutil.copytree(folder, folder.with_name(f"killed-{number + 1}")))
        if in_child(partial(_night, copy, at, number + 1)) != signal.SIGKILL:
            break
        number += 1
        _check(copy, at)
        in_child(partial(_night, copy, at))
        _check(copy, at, done=True)
        shutil.rmtree(copy)
    sys.stdout.write(f"{number}\n")


def _night(folder: Path, at: datetime, steps: int = 0) -> None:
    """One night, killed after some steps."""
    ward = wards.open_ward(folder)
    ward.at = at
    if steps:
        left = [steps]

        def step(*_what: object) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "commit", step)
        # Before a line is on the disk, and after.
        real = os.fsync

        def brought(place: int) -> None:
            step()
            real(place)
            step()

        os.fsync = brought  # type: ignore[assignment]
    nightly.keep(ward.database, office=ward.office, folder=folder / "purged")


def _check(folder: Path, at: datetime, *, done: bool = False) -> None:
    """Every case is wholly there or wholly gone, and known to be."""
    ward = wards.open_ward(folder)
    ward.at = at
    with ward.database.reading() as session:
        cases = set(session.scalars(select(Case.id)))
        assert cases == set(session.scalars(select(Submission.case_id)))
        assert cases == set(session.scalars(select(Seal.target_id)))
        counted = select(func.sum(Tombstone.amount)).where(Tombstone.facet == Facet.STATUS)
        gone = session.scalar(counted) or 0
        assert len(cases) + gone == LETTERS
        report = verify(session, ring=ward.worker_ring, moved=lambda _count: None)
        journal = verify_journal(session, ring=ward.ring, moved=lambda _count: None)
        assert (report.faults, journal.faults) == ([], [])
    with open_list(folder / "purged", ward.ring) as book:
        read = book.read()
        batches = [name for name in read.marks if read.ends.get(name) != "kept"]
        purged = {mark for name in batches for mark in read.marks[name]}
    assert gone <= len(purged)
    assert not done or (gone, cases) == (LETTERS, set())
    assert not done or len(purged) == LETTERS
    ward.database.engine.dispose()


if __name__ == "__main__":
    main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
