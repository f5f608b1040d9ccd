"""What the processes of one server remember together. No disk ever sees it, and it ends with them.

Limits would otherwise be as many times higher as there are processes, and whoever was asked to
wait would be let through by the next one. A server makes its memory before it makes its processes;
a process that was started by itself has a memory of its own.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
import secrets
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from struct import Struct

#: Pages that nobody writes to take no room, so there may be more than is ever used.
_SHARED_BYTES = 64 * 1024 * 1024
#: What one table may take, whatever its settings are: then it remembers fewer names.
_TABLE_BYTES = 8 * 1024 * 1024
_TITLE_BYTES = 16
#: The title of a room, where it begins and how long it is.
_ROOM = Struct(f"{_TITLE_BYTES}sqq")
_ROOMS = 64
_NAME_BYTES = 16
#: How a table begins: a salt, how many names it holds, and how often it was written to.
_START = Struct(f"{_NAME_BYTES}sqq")
#: How a slot begins: whose it is, and at which writing it was last touched; 0 is a free one.
_HEAD = Struct(f"{_NAME_BYTES}sq")
_WAYS = 8


class Memory:
    """The memory of one process."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lock = threading.Lock()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody else look or write meanwhile. Not to be entered twice."""
        with self._lock:
            yield

    def room(self, title: str, length: int) -> memoryview:
        """So many bytes, empty or as somebody with the same title and length left them."""
        del title
        return memoryview(bytearray(length))


class SharedMemory(Memory):
    """The memory of a process and of all that are forked from it."""

    def __init__(self) -> None:
        """Make it before any process is forked."""
        super().__init__()
        self._bytes = memoryview(mmap.mmap(-1, _SHARED_BYTES))
        # A file without a name and without a byte, which is only there to be locked: the system
        # unlocks it for a process that dies.
        self._file, path = tempfile.mkstemp()
        os.unlink(path)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no thread of any process look or write; a process that dies lets the others go on."""
        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)

    def room(self, title: str, length: int) -> memoryview:
        """The bytes of this title and length in every process. Raises MemoryError without room."""
        wanted = hashlib.blake2b(f"{title}|{length}".encode(), digest_size=_TITLE_BYTES).digest()
        begin = _ROOM.size * _ROOMS
        with self.alone():
            for at in range(0, begin, _ROOM.size):
                found, start, size = _ROOM.unpack_from(self._bytes, at)
                if not size and begin + length <= _SHARED_BYTES:
                    found, start, size = wanted, begin, length
                    _ROOM.pack_into(self._bytes, at, found, start, size)
                if found == wanted:
                    return self._bytes[start : start + size]
                begin = max(begin, start + size)
        raise MemoryError(f"no room is left for {title}")


class Table:
    """Records of one length under names, of which the longest untouched are forgotten first.

    Whoever calls any of it is ``alone`` with the memory.
    """

    def __init__(self, memory: Memory, title: str, *, capacity: int, length: int) -> None:
        """Remember at most ``capacity`` names, each with a record of ``length`` bytes."""
        self._slot = _HEAD.size + length
        most = max(1, min(capacity, _TABLE_BYTES // self._slot))
        self._ways = min(_WAYS, most)
        self._groups = most // self._ways
        size = _START.size + self._slot * self._ways * self._groups
        self._room = memory.room(title, size)
        with memory.alone():
            salt, names, writings = _START.unpack_from(self._room)
            self._salt = salt if any(salt) else secrets.token_bytes(_NAME_BYTES)
            _START.pack_into(self._room, 0, self._salt, names, writings)

    def __len__(self) -> int:
        """How many names there are."""
        return int(_START.unpack_from(self._room)[1])

    def get(self, name: bytes) -> memoryview | None:
        """The record of a name, to be read at once; nothing for one that is not known."""
        at, known = self._place(self._key(name))
        return self._record(at) if known else None

    def touch(self, name: bytes) -> memoryview:
        """The record of a name, to be written to at once; of one that was not known, zeros."""
        key = self._key(name)
        at, known = self._place(key)
        _salt, names, writings = _START.unpack_from(self._room)
        if not known:
            names += not _HEAD.unpack_from(self._room, at)[1]
            self._room[at : at + self._slot] = bytes(self._slot)
        _START.pack_into(self._room, 0, self._salt, names, writings + 1)
        _HEAD.pack_into(self._room, at, key, writings + 1)
        return self._record(at)

    def drop(self, name: bytes) -> None:
        """Forget a name."""
        at, known = self._place(self._key(name))
        if known:
            self._room[at : at + self._slot] = bytes(self._slot)
            _salt, names, writings = _START.unpack_from(self._room)
            _START.pack_into(self._room, 0, self._salt, names - 1, writings)

    def _record(self, at: int) -> memoryview:
        """The record of the slot that begins here."""
        return self._room[at + _HEAD.size : at + self._slot]

    def _key(self, name: bytes) -> bytes:
        """What stands for a name here; nobody outside can tell which names meet in a group."""
        return hashlib.blake2b(name, key=self._salt, digest_size=_NAME_BYTES).digest()

    def _place(self, key: bytes) -> tuple[int, bool]:
        """Where a name is and True; or the free or the longest untouched slot for it and False."""
        group = int.from_bytes(key[:8]) % self._groups
        begin = _START.size + group * self._ways * self._slot
        oldest, untouched = begin, None
        for at in range(begin, begin + self._ways * self._slot, self._slot):
            found, touched = _HEAD.unpack_from(self._room, at)
            if touched and found == key:
                return at, True
            if untouched is None or touched < untouched:
                oldest, untouched = at, touched
        return oldest, False


_common: list[SharedMemory] = []


def share() -> None:
    """Let all processes that are forked from this one remember together."""
    if not _common:
        _common.append(SharedMemory())


def memory_here() -> Memory:
    """The memory of this process: the one its server made, or one of its own."""
    return _common[0] if _common else Memory()
