"""How fast submissions arrive, from one source and from all, at all processes of a server.

It refuses nobody and keeps no address: over a limit a submission is marked, and the worker looks
whether it is a copy of another. Marks of sources change every day and end with the server.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from struct import Struct

from portal.clock import microseconds
from portal.memory import Memory, Table
from portal.vocabulary import Suspicion

#: The span over which arrivals are counted (design rule).
SPAN = timedelta(hours=1)
#: Sooner after opening the form nobody has read it, thought and written (design rule).
HASTY_SECONDS = 8
#: Somebody who comes back to a form, or pastes a text, may be fast once or twice: of the limit of
#: a source, one part in so many.
HASTY_SHARE = 5
_EVERYBODY = b""
_TICK = timedelta(microseconds=1)
_NUMBER = Struct("q")


class Window:
    """A sliding window: of any ``span``, at most ``limit`` arrivals of a name pass unmarked."""

    def __init__(
        self,
        *,
        limit: int,
        span: timedelta = SPAN,
        capacity: int = 20_000,
        memory: Memory | None = None,
        title: str = "arrivals",
    ) -> None:
        """Remember at most ``capacity`` names, and of each its last ``limit`` arrivals."""
        self._limit = limit
        self._span = span // _TICK
        self._memory = memory or Memory()
        # The place of the oldest moment, then the moments; 0 is one that has not been.
        length = _NUMBER.size * (1 + limit)
        self._table = Table(self._memory, title, capacity=capacity, length=length)

    def __len__(self) -> int:
        """How many names are remembered."""
        return len(self._table)

    def over(self, name: bytes, at: datetime) -> bool:
        """Count an arrival; whether the limit was reached before it."""
        if not self._limit:
            return True
        now = microseconds(at)
        with self._memory.alone():
            record = self._table.touch(name)
            (oldest,) = _NUMBER.unpack_from(record)
            place = _NUMBER.size * (1 + oldest)
            (before,) = _NUMBER.unpack_from(record, place)
            _NUMBER.pack_into(record, place, now)
            _NUMBER.pack_into(record, 0, (oldest + 1) % self._limit)
        return bool(before) and now - before < self._span


class Arrivals:
    """Judges each arrival by what came before it."""

    def __init__(self, *, per_source: int, flood: int, memory: Memory | None = None) -> None:
        """Let so many pass unmarked in an hour: from one source, and from all together."""
        hasty = per_source // HASTY_SHARE
        self._sources = Window(limit=per_source, memory=memory, title="sources")
        self._hasty = Window(limit=hasty, memory=memory, title="hasty sources")
        self._all = Window(limit=flood, capacity=1, memory=memory, title="everybody")

    def judge(
        self, *, source: bytes, at: datetime, trapped: bool = False, hasty: bool = False
    ) -> Suspicion | None:
        """Count one arrival and say why to look at it twice, or nothing.

        Design rule: being fast is no reason by itself; it only makes the limit of a source small.
        """
        found = (
            (Suspicion.SOURCE, self._sources.over(source, at)),
            (Suspicion.FLOOD, self._all.over(_EVERYBODY, at)),
            (Suspicion.TRAP, trapped),
            (Suspicion.HASTE, hasty and self._hasty.over(source, at)),
        )
        return next((why for why, so in found if so), None)
