"""Slowing down guesses. Never locks: whoever waits the named seconds is let through.

It is a memory of one process and ends with it. It holds marks, never an address or a name, and
a bounded number of them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

LONGEST_SECONDS = 60
FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class _Entry:
    tries: int
    last: datetime
    free_at: datetime


class Slowdown:
    """Counts tries that did not succeed; after ``after`` of them each next one must wait.

    Design rule: 2, 4, 8 … seconds, at most 60, forgotten after a success or an hour.
    """

    def __init__(self, *, after: int, capacity: int = 20_000) -> None:
        """Allow ``after`` tries at once; remember at most ``capacity`` names."""
        self._after = after
        self._capacity = capacity
        self._entries: OrderedDict[bytes, _Entry] = OrderedDict()
        self._lock = threading.Lock()

    def waiting(self, name: bytes, now: datetime) -> int:
        """The seconds that this name must still wait; asking is no try."""
        with self._lock:
            entry = self._entries.get(name)
            left = entry.free_at - now if entry is not None else timedelta(0)
            return max(0, ceil(left.total_seconds()))

    def attempt(self, name: bytes, now: datetime) -> int:
        """Ask to try once: 0 and the try is counted, or the seconds to wait and it is not.

        A try counts until ``succeeded`` is called, so that many at once cannot slip through.
        """
        with self._lock:
            entry = self._entries.get(name)
            if entry is not None and entry.free_at > now:
                return ceil((entry.free_at - now).total_seconds())
            tries = 1 if entry is None or now - entry.last > FORGOTTEN_AFTER else entry.tries + 1
            self._entries[name] = _Entry(tries, now, now + self._pause(tries))
            self._entries.move_to_end(name)
            while len(self._entries) > self._capacity:
                self._entries.popitem(last=False)
            return 0

    def __bool__(self) -> bool:
        """Whether there is any try to remember."""
        return bool(self._entries)

    def succeeded(self, name: bytes) -> None:
        """Forget the tries of this name."""
        with self._lock:
            self._entries.pop(name, None)

    def _pause(self, tries: int) -> timedelta:
        """How long to wait after so many tries without success."""
        over = tries - self._after
        if over < 0:
            return timedelta(0)
        return timedelta(seconds=min(LONGEST_SECONDS, 2 ** min(over + 1, 6)))
