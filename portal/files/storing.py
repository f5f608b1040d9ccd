"""Where sealed files lie: a folder on this machine, or a store of objects, by one setting.

Only sealed bytes come here, under random names. What is written is whole and safe on the disk
before anybody is told so, and what was cut short is never found under a name that is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.files.objects import Objects

#: Loaded when the first file comes.
LIBRARY = "portal.files.objects"


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
        self._opened: Objects | None = None

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a new file, whole or not at all. Raises CannotStore."""
        try:
            self._objects().put(name, pieces)
            self._settle(name)
        except OSError as error:
            raise CannotStore(_cause(error)) from error

    def get(self, name: str) -> Iterator[bytes]:
        """What a file holds, some of it at a time. Raises Gone, before or on the way."""
        try:
            yield from self._objects().get(name)
        except OSError as error:
            raise Gone(_cause(error)) from error

    def drop(self, names: Iterable[str]) -> None:
        """Delete files; those that are gone already are no fault. Raises CannotStore."""
        for name in names:
            try:
                self._objects().delete(name)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise CannotStore(_cause(error)) from error

    def older_than(self, moment: datetime) -> Iterator[list[str]]:
        """The names of all files that were written before a moment, some at a time.

        Raises CannotStore.
        """
        try:
            yield from self._objects().older_than(moment)
        except OSError as error:
            raise CannotStore(_cause(error)) from error

    def drop_parts(self, before: datetime) -> int:
        """Delete what was left of writing that was cut short before a moment; how much it was."""
        if self._folder is None or not self._folder.is_dir():
            return 0
        # The library writes beside the place, with a number behind the name, and then moves it.
        parts = [path for path in self._folder.glob("*#*") if _written(path) < before.timestamp()]
        for path in parts:
            path.unlink(missing_ok=True)
        return len(parts)

    def _objects(self) -> Objects:
        """The store, opened once; a folder is made for its owner only."""
        if self._opened is None:
            if self._folder is not None:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._opened = import_module(LIBRARY).Objects(self._folder or self._address)
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


def _cause(error: OSError) -> str:
    """What went wrong, by the name of the first error there was: no path and no address is told."""
    return type(error.__cause__ or error).__name__


def _written(path: Path) -> float:
    """When a file was last written; now, if it has just gone."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
