"""The library that writes and reads stored files, in a folder or in a store of objects.

It is large. So nothing imports this module: ``storing`` loads it when a process first has a file to
keep or to hand out, and one that never has does without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url

#: How much is handed on at once.
_HANDED_ON = 1024 * 1024
_AT_ONCE = 200


class Objects:
    """An opened store. What it cannot do it tells by an OSError that is named for its cause."""

    def __init__(self, place: Path | str) -> None:
        """Open a folder that is there, or an address."""
        with _told():
            self._store = LocalStore(place) if isinstance(place, Path) else from_url(place)

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a new file, whole or not at all."""
        with _told():
            obstore.put(
                self._store,
                name,
                iter(pieces),
                use_multipart=True,
                chunk_size=_HANDED_ON,
                max_concurrency=1,
            )

    def get(self, name: str) -> Iterator[bytes]:
        """What a file holds, some of it at a time."""
        with _told():
            for some in obstore.get(self._store, name).stream(min_chunk_size=_HANDED_ON):
                yield bytes(some)

    def delete(self, name: str) -> None:
        """Delete a file. Raises FileNotFoundError where there is none."""
        with _told():
            obstore.delete(self._store, name)

    def older_than(self, moment: datetime) -> Iterator[list[str]]:
        """The names of all files that were written before a moment, some at a time."""
        with _told():
            for some in obstore.list(self._store, chunk_size=_AT_ONCE):
                yield [each["path"] for each in some if each["last_modified"] < moment]


@contextmanager
def _told() -> Iterator[None]:
    """Tell the library's own errors as the system's are told."""
    try:
        yield
    except BaseError as error:
        raise OSError(type(error).__name__) from error
