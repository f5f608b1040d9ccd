"""The places that a backup is put back into: whether they are free, and how things move in.

Nothing is overwritten: what there is is renamed, and what was unpacked beside takes its name.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError

from moderation.backing_up.copying import is_empty
from moderation.backing_up.faults import BackupFault
from moderation.retention.marking import bring
from portal.config import Settings
from portal.db import Database
from portal.models import Heartbeat
from portal.vault import Ring

_BESIDE = ".restoring"
#: A worker that was seen within this time is still at work.
_ALIVE = timedelta(minutes=1)


@dataclass(frozen=True)
class Beside:
    """Where things are unpacked: an address of a database, and a folder or a store for files."""

    database_url: str
    files: str


def check_places(url: URL, settings: Settings, *, replace: bool, ring: Ring, at: datetime) -> None:
    """Raise BackupFault unless the places are empty, or may be emptied and nobody works there."""
    if url.get_backend_name() == "postgresql":
        _check_postgresql(settings)
    elif (path := Path(url.database or "")).exists() and path.stat().st_size:
        if not replace:
            raise BackupFault(
                f"There is a database at {path}: say --replace to put it aside, or set "
                "PORTAL_DATABASE_URL to another place."
            )
        _leave(settings, ring, at)
    if is_folder(settings.files) and not replace:
        folder = Path(settings.files)
        if folder.is_dir() and any(folder.iterdir()):
            raise BackupFault(f"There are files in {folder}: say --replace to put them aside.")


@contextmanager
def room_beside(url: URL, settings: Settings) -> Iterator[Beside]:
    """Places beside the right ones, empty; what is left in them goes at the end."""
    database, files = settings.database_url, settings.files
    left = list[Path]()
    if url.get_backend_name() == "sqlite":
        place = _beside(Path(url.database or ""))
        database = URL.create("sqlite", database=str(place)).render_as_string()
        left += [place, *(place.with_name(place.name + end) for end in ("-wal", "-shm"))]
    if is_folder(files):
        files = str(_beside(Path(files)))
        left.append(Path(files))
    _clear(left)
    try:
        yield Beside(database, files)
    finally:
        _clear(left)


def move_in(url: URL, settings: Settings, beside: Beside, at: datetime) -> tuple[Path, ...]:
    """Put what there is aside and what was unpacked in its place; the database comes last."""
    aside, ending = list[Path](), f".before-{at:%Y%m%dT%H%M%S}"
    places = list[tuple[Path, Path]]()
    if is_folder(settings.files):
        places.append((Path(beside.files), Path(settings.files)))
    if url.get_backend_name() == "sqlite":
        unpacked = Path(make_url(beside.database_url).database or "")
        places.append((unpacked, Path(url.database or "")))
    for _unpacked, place in reversed(places):
        old = place.with_name(place.name + ending)
        for end in ("-wal", "-shm", ""):
            if (part := place.with_name(place.name + end)).exists():
                part.rename(old.with_name(old.name + end))
        if old.exists():
            aside.append(old)
    for unpacked, place in places:
        if unpacked.exists():
            unpacked.rename(place)
    return tuple(aside)


def _check_postgresql(settings: Settings) -> None:
    """Raise BackupFault unless the database is empty. The old one stays where it is."""
    database = Database(settings.database_url)
    try:
        if not is_empty(database):
            raise BackupFault(
                "The database is not empty: make a new one with createdb and set "
                "PORTAL_DATABASE_URL to it; the old one stays aside."
            )
    finally:
        database.engine.dispose()


def _leave(settings: Settings, ring: Ring, at: datetime) -> None:
    """Take from a database that is put aside what the purge list does not have yet.

    Raises BackupFault while a worker is at work on it. One that cannot be read any more is left.
    """
    database = Database(settings.database_url)
    try:
        with database.reading() as session:
            seen = session.scalar(select(Heartbeat.at).where(Heartbeat.name == "worker"))
        if seen is not None and seen > at - _ALIVE:
            raise BackupFault("The worker is at work: stop all processes and wait a minute.")
        bring(database, ring=ring, folder=settings.purged)
    except DatabaseError:
        return
    finally:
        database.engine.dispose()


def is_folder(files: str) -> bool:
    """Whether files lie in a folder of this machine."""
    return "://" not in files


def _beside(path: Path) -> Path:
    """A place beside another one, on the same disk."""
    return path.with_name(path.name + _BESIDE)


def _clear(paths: list[Path]) -> None:
    """Delete what is there."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
