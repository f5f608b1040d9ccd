"""Putting a backup back: into an empty place, or with the old one kept aside; wholly or not at all.

Everything is unpacked and settled beside its place and moved into it last, so that a run that was
cut short leaves what there was as it was. On PostgreSQL the place is an empty database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import make_url
from sqlalchemy.engine import URL

from moderation import sweeping
from moderation.backing_up.checking import check
from moderation.backing_up.container import Head, SealedReader
from moderation.backing_up.contents import ABOUT, DATABASE, is_file, read_entries, read_facts
from moderation.backing_up.copying import load_postgresql, write_sqlite
from moderation.backing_up.faults import BackupFault
from moderation.backing_up.places import Beside, check_places, is_folder, move_in, room_beside
from moderation.backing_up.settling import Settled, settle
from moderation.retention.purge_list import open_list
from portal.config import Settings
from portal.db import Database
from portal.files.storing import FileStore
from portal.vault import Ring

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
    check_places(url, settings, replace=wanted.replace, ring=ring, at=at)
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
    with room_beside(url, settings) as beside:
        _unpack(wanted, url, beside, moved)
        settled = _settle(beside, settings, ring, checked.head, at, listed=listed)
        aside = move_in(url, settings, beside, at)
    return Restored(checked.head, settled, aside)


def _unpack(wanted: Wanted, url: URL, beside: Beside, moved: Moved) -> None:
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
    beside: Beside, settings: Settings, ring: Ring, head: Head, at: datetime, *, listed: bool
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
        if is_folder(settings.files):
            with database.reading() as session:
                sweeping.sweep(session, store=FileStore(beside.files), at=at + _WHOLE_STORE)
    finally:
        database.engine.dispose()
    return settled


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
