"""The sample, loaded once in a run: keys and a database, only ever copied."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from sqlalchemy import func, select, update

from moderation import almanac, sample, worker
from moderation.office import Office
from moderation.papers import open_submission_key
from portal import schema
from portal.clock import local_date, now
from portal.db import Database
from portal.files.storing import FileStore
from portal.models import Case, Event, Seal, Submission
from portal.models.submission import SealHolder, SealTarget
from portal.vault import code_from_token, encrypt, load_ring, new_token
from portal.vault.minting import mint
from portal.vocabulary import Status

DATABASE, FILES = "portal.db", "files"


@cache
def sampled(base: Path) -> Path:
    """Load the sample below the folder of this run, the first time that a process asks for it."""
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made = shared / "sampled"
    with (shared / "sampled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _load(shared / "loading")
            (shared / "loading").rename(made)
    return made


def _load(folder: Path) -> None:
    """Do what ``make run`` does the first time, and all the work that then waits."""
    mint(folder / "keys")
    database = open_database(folder)
    schema.upgrade(database)
    today = local_date(now())
    with database.writing() as session:
        almanac.keep(session, today=today)
    ring = load_ring(folder / "keys" / "worker")
    sample.load(database, ring, FileStore(str(folder / FILES)), today=today)
    while worker.work_once(database, ring):
        pass
    database.engine.dispose()


def copy(source: Path, target: Path) -> Path:
    """Copy keys, files and database, also what still lies in the write-ahead log."""
    for name in ("keys", FILES):
        shutil.copytree(source / name, target / name)
    with (
        closing(sqlite3.connect(source / DATABASE)) as old,
        closing(sqlite3.connect(target / DATABASE)) as new,
    ):
        old.backup(new)
    return target


def address_of(folder: Path) -> str:
    """Where the database of a folder is."""
    return f"sqlite:///{folder / DATABASE}"


def open_database(folder: Path) -> Database:
    """The database of a folder."""
    return Database(address_of(folder))


def longest(database: Database, status: Status) -> list[int]:
    """The cases at a status, those with the longest course first."""
    with database.reading() as session:
        return list(
            session.scalars(
                select(Case.id)
                .join(Event, Event.case_id == Case.id)
                .where(Case.status == status)
                .group_by(Case.id)
                .order_by(func.count().desc(), Case.id)
            )
        )


def hand_out_code(database: Database, office: Office, number: int) -> str:
    """Give a submission of the sample a code that the test knows, in place of the forgotten one."""
    pepper = office.ring.pepper
    code = code_from_token(new_token(), pepper)
    with database.writing() as session:
        key = open_submission_key(session, office=office, submission_id=number)
        session.execute(
            update(Submission).where(Submission.id == number).values(lookup=code.lookup(pepper))
        )
        session.execute(
            update(Seal)
            .where(
                Seal.target == SealTarget.SUBMISSION,
                Seal.target_id == number,
                Seal.holder == SealHolder.CODE,
            )
            .values(box=encrypt(code.key(pepper), key, "seal", number, "code"))
        )
    return "-".join(code.groups)
