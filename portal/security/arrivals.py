"""How fast submissions arrive, from one source and from all. A memory of one process.

It refuses nobody and keeps no address: over a limit a submission is marked, and the worker looks
whether it is a copy of another. Marks of sources change every day and end with the process.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta

from portal.vocabulary import Suspicion

#: The span over which arrivals are counted (design rule).
SPAN = timedelta(hours=1)
#: Sooner after opening the form nobody has read it, thought and written (design rule).
HASTY_SECONDS = 8
#: Somebody who comes back to a form, or pastes a text, may be fast once or twice: of the limit of
#: a source, one part in so many.
HASTY_SHARE = 5
_EVERYBODY = b""


class Window:
    """A sliding window: of any ``span``, at most ``limit`` arrivals of a name pass unmarked."""

    def __init__(self, *, limit: int, span: timedelta = SPAN, capacity: int = 20_000) -> None:
        """Remember at most ``capacity`` names, and of each its last ``limit`` arrivals."""
        self._limit = limit
        self._span = span
        self._capacity = capacity
        self._seen: OrderedDict[bytes, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def over(self, name: bytes, at: datetime) -> bool:
        """Count an arrival; whether the limit was reached before it."""
        with self._lock:
            times = self._seen.setdefault(name, deque(maxlen=self._limit))
            self._seen.move_to_end(name)
            over = len(times) == self._limit and (not times or at - times[0] < self._span)
            times.append(at)
            while len(self._seen) > self._capacity:
                self._seen.popitem(last=False)
            return over


class Arrivals:
    """Judges each arrival by what came before it."""

    def __init__(self, *, per_source: int, flood: int) -> None:
        """Let so many pass unmarked in an hour: from one source, and from all together."""
        self._sources = Window(limit=per_source)
        self._hasty = Window(limit=per_source // HASTY_SHARE)
        self._all = Window(limit=flood, capacity=1)

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
