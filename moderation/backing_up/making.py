"""Making a backup: one file, whole under its name or not there at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from sqlalchemy import func, select

from moderation.backing_up.container import SealedWriter
from moderation.backing_up.contents import (
    ABOUT,
    DATABASE,
    MANIFEST,
    Tally,
    is_file,
    write_entry,
    write_facts,
)
from moderation.backing_up.copying import moment_of, room_needed, size_of
from moderation.backing_up.faults import BackupFault
from moderation.journal import write_down
from moderation.retention.marking import bring
from moderation.retention.purge_list import open_list
from portal.db import Database
from portal.files.storing import FileStore, Gone
from portal.models import Attachment
from portal.revision import newest
from portal.vault import Ring
from portal.vocabulary import Deed

ENDING, PART = ".backup", ".part"
#: Beside what is counted, so much must be free: for the frame of the file, and for others.
_SPARE_BYTES = 32 * 1024 * 1024
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

Moved = Callable[[int], None]


@dataclass(frozen=True)
class Source:
    """What a backup is made of: the database, the store of files, and the purge list's folder."""

    database: Database
    store: FileStore
    purged: Path
    ring: Ring


@dataclass(frozen=True)
class Made:
    """A backup that lies there: how large, with how many files, and how many had gone meanwhile."""

    path: Path
    size: int
    files: int
    gone: int


def make(
    source: Source,
    *,
    folder: Path,
    public: X25519PublicKey,
    at: datetime,
    moved: Moved = lambda _count: None,
) -> Made:
    """Copy everything of one moment into a new file of this folder, sealed to a recovery key.

    ``moved`` is told of each entry. Raises BackupFault in one sentence; then nothing lies there.
    """
    _check_room(source, folder)
    try:
        with _new_file(folder, at) as (file, path):
            files, gone = _fill(source, file, public, at, moved)
    except OSError as error:
        raise BackupFault(_told(error, folder)) from error
    with source.database.writing() as session:
        write_down(session, ring=source.ring, at=at, deed=Deed.BACKED_UP, account_id=None)
    return Made(path, path.stat().st_size, files, gone)


def count_entries(source: Source) -> int:
    """How many entries there will be."""
    with source.database.reading() as session:
        return 2 + (session.scalar(select(func.count()).select_from(Attachment)) or 0)


def _fill(
    source: Source, file: BinaryIO, public: X25519PublicKey, at: datetime, moved: Moved
) -> tuple[int, int]:
    """Write everything; how many files there are, and how many were not there any more."""
    out, tally, gone = SealedWriter(file, public, made_at=at), Tally(), 0
    bring(source.database, ring=source.ring, folder=source.purged)
    with open_list(source.purged, source.ring) as book:
        # Whatever is destroyed after this line and before the moment below is in the list twice.
        book.note_backup(out.uid)
    with moment_of(source.database) as moment:
        write_facts(out, tally, ABOUT, _facts(source, at))
        moved(1)
        write_entry(out, tally, DATABASE, moment.pieces)
        moved(1)
        for name in moment.files:
            gone += not _write_file(source.store, out, tally, name)
            moved(1)
    files = tally.entries - 2
    write_facts(out, Tally(), MANIFEST, tally.facts)
    out.close()
    return files, gone


def _write_file(store: FileStore, out: SealedWriter, tally: Tally, name: str) -> bool:
    """Write one sealed file; whether it was still there. One that has gone was destroyed since.

    Raises BackupFault where the store fails on the way: half a file must not look like a whole one.
    """
    if not is_file(name):
        return False
    pieces = store.get(name)
    try:
        first = next(pieces, b"")
    except Gone:
        return False
    try:
        write_entry(out, tally, name, _with(first, pieces))
    except Gone as error:
        raise BackupFault(f"The store of files does not answer ({error}): try again.") from error
    return True


def _with(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """These bytes, then the others."""
    yield first
    yield from rest


def _facts(source: Source, at: datetime) -> dict[str, Any]:
    """What a backup says of itself, under its seal."""
    kind = source.database.engine.dialect.name
    return {"made_at": at.isoformat(), "database": kind, "revision": newest()}


def _check_room(source: Source, folder: Path) -> None:
    """Raise BackupFault where there is clearly too little room."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with source.database.reading() as session:
        files = session.scalar(select(func.sum(Attachment.size))) or 0
    wanted = [(folder, size_of(source.database) + files)]
    if (beside := room_needed(source.database)) is not None:
        wanted.append(beside)
    if len(wanted) > 1 and folder.stat().st_dev == wanted[1][0].stat().st_dev:
        wanted = [(folder, sum(size for _place, size in wanted))]
    for place, size in wanted:
        free = shutil.disk_usage(place).free
        if free < size + _SPARE_BYTES:
            raise BackupFault(
                f"The disk with {place} has {free // 2**20} MB free and needs "
                f"{(size + _SPARE_BYTES) // 2**20} MB: nothing was written."
            )


@contextmanager
def _new_file(folder: Path, at: datetime) -> Iterator[tuple[BinaryIO, Path]]:
    """A file that gets its name when the block has ended well, and goes when it has not."""
    path = folder / f"portal-{at:%Y%m%dT%H%M%SZ}{ENDING}"
    part = path.with_name(f".{path.name}.{os.getpid()}{PART}")
    if path.exists():
        raise BackupFault(f"{path} is there already: try again in a second.")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file, path
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _keep_name(folder)


def _keep_name(folder: Path) -> None:
    """See to it that the file is found again after a fall of the machine."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(error: OSError, folder: Path) -> str:
    """What hindered, in one sentence."""
    if error.errno in _FULL:
        return f"The disk with {folder} is full: no backup was kept."
    return f"No backup was kept: {error}".rstrip(".") + "."
