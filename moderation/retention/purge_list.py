"""The purge list: what was deleted, in a file that a backup of the database does not turn back.

Whoever puts an older backup in place replays the list, and what was deleted since goes again. It
holds keyed marks (``marking``) and nothing else; each line is bound by a key of the staff, so
nobody else can have a case deleted by writing into the file.

Of cases a line is on the disk before their deletion is committed, and another one after it. A line
without the other one was cut short: whether it was committed, only the database knows. Everything
else is committed first and stands here within seconds. On which days the list was kept, and which
backups were made, stands in it too: a list that lacks a backup is older than it.
"""

from __future__ import annotations

import fcntl
import hmac
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

from portal.vault import Ring, derive, mark

NAME = "purged.list"
_PURPOSE = "purge list"
#: How a line begins: what is about to go, what has gone, what has not gone after all, and that
#: everything has gone again from a database that was older.
BEGUN, GONE, KEPT, REPLAYED = "begun", "gone", "kept", "replayed"
#: What had gone when it was written down; a day on which the list was kept; a backup that was made.
WENT, DAY, BACKUP = "went", "day", "backup"
_MODE = 0o600


@dataclass
class Read:
    """What stands in the list: the marks of each batch, how each ended, and what is no line."""

    marks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    #: The batch of which the database must know, if it is no older one than before.
    newest: str | None = None
    #: What went beside those, and of it the newest, of which the database must know as well.
    went: set[str] = field(default_factory=set)
    newest_mark: str | None = None
    #: The newest day on which the list was kept, and the backups that were made before its end.
    day: date | None = None
    backups: set[str] = field(default_factory=set)
    unreadable: int = 0

    @property
    def unsettled(self) -> list[str]:
        """The batches of which the list does not say how they ended."""
        return [name for name in self.marks if name not in self.ends]

    @property
    def purged(self) -> frozenset[str]:
        """The marks of all that has gone, and of what may have gone when it was cut short."""
        ended = (marks for name, marks in self.marks.items() if self.ends.get(name) != KEPT)
        return frozenset(each for marks in ended for each in marks) | self.went

    def take(self, words: list[str]) -> None:
        """Take in what one line says."""
        kind, *rest = words
        if kind == BEGUN:
            self.marks[rest[0]] = tuple(rest[1:])
        elif kind == WENT:
            self.went.update(rest)
            self.newest_mark = rest[-1]
        elif kind == DAY:
            self.day = date.fromisoformat(rest[0])
        elif kind == BACKUP:
            self.backups.add(rest[0])
        else:
            self.ends[rest[0]] = kind
            if kind == REPLAYED:
                self.newest_mark = None
            if kind != KEPT:
                self.newest = rest[0] if kind == GONE else None


class PurgeList:
    """The list, open and locked: whoever else wants to write waits."""

    def __init__(self, file: IO[bytes], ring: Ring) -> None:
        """Take over an open file."""
        self._file = file
        self._key = derive(ring.search, _PURPOSE)

    def read(self) -> Read:
        """Everything that stands in the list; lines that were cut short or forged are counted."""
        self._file.seek(0)
        found = Read()
        for raw in self._file.read().splitlines():
            words = self._words(raw)
            if words:
                found.take(words)
            else:
                found.unreadable += bool(raw)
        return found

    def begin(self, batch: bytes, marks: Collection[bytes]) -> None:
        """Write down what is about to go."""
        self._write(BEGUN, batch.hex(), *sorted(each.hex() for each in marks))

    def went(self, marks: Collection[bytes]) -> None:
        """Write down what has gone already."""
        self._write(WENT, *(each.hex() for each in marks))

    def keep_day(self, today: date) -> None:
        """Write down, once, that the list was kept on this day."""
        if self.read().day != today:
            self._write(DAY, today.isoformat())

    def note_backup(self, uid: bytes) -> None:
        """Write down that a backup was made: whatever goes from now on stands behind it."""
        self._write(BACKUP, uid.hex())

    def end(self, batch: bytes) -> None:
        """Write down that it has gone."""
        self._write(GONE, batch.hex())

    def settle(self, committed: Callable[[bytes], bool]) -> None:
        """Write down how the batches ended that were cut short, as the database says."""
        for name in self.read().unsettled:
            self._write(GONE if committed(bytes.fromhex(name)) else KEPT, name)

    def replayed(self) -> None:
        """Write down that everything in the list has gone again."""
        for name in self.read().unsettled:
            self._write(GONE, name)
        self._write(REPLAYED, "all")

    def _write(self, *words: str) -> None:
        """Add one line; it is on the disk when this returns."""
        text = " ".join(words).encode()
        end = self._file.seek(0, os.SEEK_END)
        self._file.seek(max(end - 1, 0))
        # A line that was cut short by a fall of the machine must not spoil the next one.
        gap = b"" if self._file.read(1) in {b"", b"\n"} else b"\n"
        self._file.write(gap + text + b" " + self._bound(text) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def _words(self, raw: bytes) -> list[str]:
        """The words of a line as it was written; none of any other."""
        text, _space, bound = raw.rpartition(b" ")
        words = text.decode("ascii", "replace").split(" ")
        good = hmac.compare_digest(bound, self._bound(text)) and len(words) > 1
        return words if good else []

    def _bound(self, text: bytes) -> bytes:
        """What binds a line."""
        return mark(self._key, f"line:{text.decode('ascii', 'replace')}").hex().encode()


@contextmanager
def open_list(folder: Path, ring: Ring) -> Iterator[PurgeList]:
    """Open the list in this folder, alone; both are made when they are not there.

    Raises OSError when it cannot be written: then nothing may be deleted.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, _MODE)
    with os.fdopen(place, "r+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _keep_name(folder)
        yield PurgeList(file, ring)


def _keep_name(folder: Path) -> None:
    """See to it that the file is found again after a fall of the machine."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
