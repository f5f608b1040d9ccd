"""Putting a backup back: into an empty place, or with the old one kept aside; wholly or not at all.

Everything is unpacked and settled beside its place and moved into it last, so that a run that was
cut short leaves what there was as it was. On PostgreSQL the place is an empty database.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import make_url, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError

from moderation import sweeping
from moderation.backing_up.checking import check
from moderation.backing_up.container import Head, SealedReader
from moderation.backing_up.contents import ABOUT, DATABASE, is_file, read_entries, read_facts
from moderation.backing_up.copying import is_empty, load_postgresql, write_sqlite
from moderation.backing_up.faults import BackupFault
from moderation.backing_up.settling import Settled, settle
from moderation.retention.marking import bring
from moderation.retention.purge_list import open_list
from portal.config import Settings
from portal.db import Database
from portal.files.storing import FileStore
from portal.models import Heartbeat
from portal.vault import Ring

_BESIDE = ".restoring"
#: A worker that was seen within this time is still at work.
_ALIVE = timedelta(minutes=1)
#: Every restored file is younger than the time after which the store is swept.
_WHOLE_STORE = timedelta(days=2)

Moved = Callable[[int], None]


@dataclass(frozen=True)
class Wanted:
    """What somebody asked for: the backup and its key, whether what there is may be put aside, and
    why the purge list is not asked for, where it is not.
    """

    backup: Path
    private: X25519PrivateKey
    replace: bool = False
    without_list: str = ""


@dataclass(frozen=True)
class Restored:
    """What was put back: the head of the backup, what settling found, and what was put aside."""

    head: Head
    settled: Settled
    aside: tuple[Path, ...]


def restore(
    wanted: Wanted,
    *,
    settings: Settings,
    ring: Ring,
    at: datetime,
    moved: Moved = lambda _count: None,
) -> Restored:
    """Put a backup back where the settings say. Raises BackupFault, and nothing is changed then.

    ``moved`` is told how many bytes were read, of twice the length of the backup.
    """
    url = make_url(settings.database_url)
    _check_places(url, settings, wanted, ring, at)
    checked = check(wanted.backup, wanted.private, moved=moved)
    if checked.facts.get("database") != url.get_backend_name():
        raise BackupFault(
            f"The backup is of {checked.facts.get('database')}: PORTAL_DATABASE_URL names another "
            "kind of database."
        )
    listed = _is_listed(checked.head, settings.purged, ring)
    if not listed and not wanted.without_list:
        raise BackupFault(
            f"The purge list in {settings.purged} is older than the backup or lost: put the newest "
            "copy there; with --without-purge-list REASON what was destroyed since comes back."
        )
    with _room_beside(url, settings) as beside:
        _unpack(wanted, url, beside, moved)
        settled = _settle(beside, settings, ring, checked.head, at, listed=listed)
        aside = _move_in(url, settings, beside, at)
    return Restored(checked.head, settled, aside)


@dataclass(frozen=True)
class _Beside:
    """Where things are unpacked: an address of a database, and a folder or a store for files."""

    database_url: str
    files: str


@contextmanager
def _room_beside(url: URL, settings: Settings) -> Iterator[_Beside]:
    """Places beside the right ones, empty; what is left in them goes at the end."""
    database, files = settings.database_url, settings.files
    left = list[Path]()
    if url.get_backend_name() == "sqlite":
        place = _beside(Path(url.database or ""))
        database = URL.create("sqlite", database=str(place)).render_as_string()
        left += [place, *(place.with_name(place.name + end) for end in ("-wal", "-shm"))]
    if _is_folder(files):
        files = str(_beside(Path(files)))
        left.append(Path(files))
    _clear(left)
    try:
        yield _Beside(database, files)
    finally:
        _clear(left)


def _unpack(wanted: Wanted, url: URL, beside: _Beside, moved: Moved) -> None:
    """Write everything where it is settled."""
    store = FileStore(beside.files)
    with wanted.backup.open("rb") as file:
        for name, pieces in read_entries(SealedReader(file, wanted.private)):
            counted = _counted(pieces, moved)
            if name == ABOUT:
                read_facts(counted)
            elif name == DATABASE and url.get_backend_name() == "sqlite":
                path = Path(make_url(beside.database_url).database or "")
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_sqlite(path, counted)
            elif name == DATABASE:
                load_postgresql(url, counted)
            elif is_file(name):
                store.put(name, counted)


def _settle(
    beside: _Beside, settings: Settings, ring: Ring, head: Head, at: datetime, *, listed: bool
) -> Settled:
    """Bring what was unpacked to today; files that lead nowhere any more go."""
    database = Database(beside.database_url)
    try:
        settled = settle(
            database,
            ring=ring,
            purged=settings.purged,
            made_at=head.made_at,
            at=at,
            listed=listed,
        )
        if _is_folder(settings.files):
            with database.reading() as session:
                sweeping.sweep(session, store=FileStore(beside.files), at=at + _WHOLE_STORE)
    finally:
        database.engine.dispose()
    return settled


def _move_in(url: URL, settings: Settings, beside: _Beside, at: datetime) -> tuple[Path, ...]:
    """Put what there is aside and what was unpacked in its place; the database comes last."""
    aside, ending = list[Path](), f".before-{at:%Y%m%dT%H%M%S}"
    places = list[tuple[Path, Path]]()
    if _is_folder(settings.files):
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


def _check_places(url: URL, settings: Settings, wanted: Wanted, ring: Ring, at: datetime) -> None:
    """Raise BackupFault unless the places are empty, or may be emptied and nobody works there."""
    if url.get_backend_name() == "postgresql":
        _check_postgresql(settings)
    elif (path := Path(url.database or "")).exists() and path.stat().st_size:
        if not wanted.replace:
            raise BackupFault(
                f"There is a database at {path}: say --replace to put it aside, or set "
                "PORTAL_DATABASE_URL to another place."
            )
        _leave(settings, ring, at)
    if _is_folder(settings.files) and not wanted.replace:
        folder = Path(settings.files)
        if folder.is_dir() and any(folder.iterdir()):
            raise BackupFault(f"There are files in {folder}: say --replace to put them aside.")


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


def _is_listed(head: Head, purged: Path, ring: Ring) -> bool:
    """Whether the purge list is newer than a backup: it says that the backup was made."""
    try:
        with open_list(purged, ring) as book:
            return head.uid.hex() in book.read().backups
    except OSError as error:
        raise BackupFault(f"The purge list cannot be read: {error.strerror}.") from error


def _counted(pieces: Iterator[bytes], moved: Moved) -> Iterator[bytes]:
    """These bytes, told of as they pass."""
    for some in pieces:
        moved(len(some))
        yield some


def _is_folder(files: str) -> bool:
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
