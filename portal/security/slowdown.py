"""Slowing down guesses. Never locks: whoever waits the named seconds is let through.

It is a memory of one server and ends with it. It holds marks, never an address or a name, and
a bounded number of them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from struct import Struct

from portal.clock import microseconds
from portal.memory import Memory, Table

LONGEST_SECONDS = 60
FORGOTTEN_AFTER = timedelta(hours=1)


_SECOND = 1_000_000
_FORGOTTEN = FORGOTTEN_AFTER // timedelta(microseconds=1)
#: How many tries there were, when the last one was, and from when on the next one is free.
_RECORD = Struct("qqq")


class Slowdown:
    """Counts tries that did not succeed; after ``after`` of them each next one must wait.

    Design rule: 2, 4, 8 … seconds, at most 60, forgotten after a success or an hour.
    """

    def __init__(
        self,
        *,
        after: int,
        capacity: int = 20_000,
        memory: Memory | None = None,
        title: str = "guesses",
    ) -> None:
        """Allow ``after`` tries at once; remember at most ``capacity`` names."""
        self._after = after
        self._memory = memory or Memory()
        self._table = Table(self._memory, title, capacity=capacity, length=_RECORD.size)

    def waiting(self, name: bytes, now: datetime) -> int:
        """The seconds that this name must still wait; asking is no try."""
        with self._memory.alone():
            _tries, _last, free_at = self._found(name)
        return max(0, _seconds(free_at - microseconds(now)))

    def attempt(self, name: bytes, now: datetime) -> int:
        """Ask to try once: 0 and the try is counted, or the seconds to wait and it is not.

        A try counts until ``succeeded`` is called, so that many at once cannot slip through.
        """
        at = microseconds(now)
        with self._memory.alone():
            tries, last, free_at = self._found(name)
            if free_at > at:
                return _seconds(free_at - at)
            tries = 1 if at - last > _FORGOTTEN else tries + 1
            free_at = at + self._pause(tries) * _SECOND
            _RECORD.pack_into(self._table.touch(name), 0, tries, at, free_at)
            return 0

    def __bool__(self) -> bool:
        """Whether there is any try to remember."""
        return len(self) > 0

    def __len__(self) -> int:
        """How many names are remembered."""
        return len(self._table)

    def succeeded(self, name: bytes) -> None:
        """Forget the tries of this name."""
        with self._memory.alone():
            self._table.drop(name)

    def _found(self, name: bytes) -> tuple[int, int, int]:
        """What is remembered of a name; of one that never tried, nothing."""
        record = self._table.get(name)
        return _RECORD.unpack(record) if record is not None else (0, 0, 0)

    def _pause(self, tries: int) -> int:
        """How many seconds to wait after so many tries without success."""
        over = tries - self._after
        return 0 if over < 0 else min(LONGEST_SECONDS, 2 ** min(over + 1, 6))


def _seconds(left: int) -> int:
    """Microseconds as whole seconds that are certainly enough."""
    return ceil(left / _SECOND)
