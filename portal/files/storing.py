"""Where sealed files lie: a folder on this machine, or a store of objects, by one setting.

Only sealed bytes come here, under random names. What is written is whole and safe on the disk
before anybody is told so, and what was cut short is never found under a name that is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url

if TYPE_CHECKING:
    from obstore.store import ObjectStore

#: How much is handed on at once.
_HANDED_ON = 1024 * 1024
_AT_ONCE = 200


class CannotStore(Exception):
    """The store cannot be reached or is full; nothing was kept."""


class Gone(Exception):
    """There is no such file, or the store cannot be reached."""


class FileStore:
    """The store of one installation. It is opened when it is first needed."""

    def __init__(self, address: str) -> None:
        """Take a folder, or an address such as ``s3://bucket/folder``."""
        self._folder = None if "://" in address else Path(address).absolute()
        self._address = address
        self._opened: ObjectStore | None = None

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a new file, whole or not at all. Raises CannotStore."""
        try:
            obstore.put(
                self._store(),
                name,
                iter(pieces),
                use_multipart=True,
                chunk_size=_HANDED_ON,
                max_concurrency=1,
            )
            self._settle(name)
        except (BaseError, OSError) as error:
            raise CannotStore(type(error).__name__) from error

    def get(self, name: str) -> Iterator[bytes]:
        """What a file holds, some of it at a time. Raises Gone, before or on the way."""
        try:
            found = obstore.get(self._store(), name)
            for some in found.stream(min_chunk_size=_HANDED_ON):
                yield bytes(some)
        except (BaseError, OSError) as error:
            raise Gone(type(error).__name__) from error

    def drop(self, names: Iterable[str]) -> None:
        """Delete files; those that are gone already are no fault."""
        for name in names:
            try:
                obstore.delete(self._store(), name)
            except FileNotFoundError:
                continue
            except (BaseError, OSError) as error:
                raise CannotStore(type(error).__name__) from error

    def older_than(self, moment: datetime) -> Iterator[list[str]]:
        """The names of all files that were written before a moment, some at a time.

        Raises CannotStore.
        """
        try:
            for some in obstore.list(self._store(), chunk_size=_AT_ONCE):
                yield [each["path"] for each in some if each["last_modified"] < moment]
        except (BaseError, OSError) as error:
            raise CannotStore(type(error).__name__) from error

    def drop_parts(self, before: datetime) -> int:
        """Delete what was left of writing that was cut short before a moment; how much it was."""
        if self._folder is None or not self._folder.is_dir():
            return 0
        # The library writes beside the place, with a number behind the name, and then moves it.
        parts = [path for path in self._folder.glob("*#*") if _written(path) < before.timestamp()]
        for path in parts:
            path.unlink(missing_ok=True)
        return len(parts)

    def _store(self) -> ObjectStore:
        """The store, opened once; a folder is made for its owner only."""
        if self._opened is None:
            if self._folder is not None:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._opened = LocalStore(self._folder)
            else:
                self._opened = from_url(self._address)
        return self._opened

    def _settle(self, name: str) -> None:
        """Wait until the disk itself has a file and its name."""
        if self._folder is None:
            return
        for path in (self._folder / name, self._folder):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _written(path: Path) -> float:
    """When a file was last written; now, if it has just gone."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
