"""How requests are taken from the network: nobody who sends slowly keeps others waiting.

A thread reads one request from its first byte to its last. Somebody on a weak network may take
minutes for a letter, and longer for a photograph, and is let. Only while every thread is taken are
those who have been sending longest cut off, so that there is always one for the next visitor.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from gunicorn.workers.gthread import TConn, ThreadWorker

from portal.patience import Patience, serving_one

#: How long a request may take while others wait for its thread (design rule).
GRACE_SECONDS = 3.0
_LOOK_SECONDS = 0.5


@dataclass(frozen=True, eq=False)
class _Taken:
    """A thread that is taken, by which connection, since when."""

    connection: socket.socket
    since: float
    patience: Patience

    def is_slow(self, now: float, *, full: bool) -> bool:
        """Whether it takes longer than it may, or than it may while others wait."""
        return now - self.since > (GRACE_SECONDS if full else self.patience.seconds)


class Threads:
    """Which threads are taken, and by whom. It reads no byte of a request."""

    def __init__(self, amount: int) -> None:
        """Watch so many threads."""
        self._amount = amount
        self._taken: set[_Taken] = set()
        self._lock = threading.Lock()

    @contextmanager
    def one(self, connection: socket.socket) -> Iterator[None]:
        """Note that a connection has a thread, for as long as it has it."""
        with serving_one() as patience:
            taken = _Taken(connection, time.monotonic(), patience)
            with self._lock:
                self._taken.add(taken)
            try:
                yield
            finally:
                with self._lock:
                    self._taken.discard(taken)

    def cut_off_slow(self, now: float) -> int:
        """Stop reading from who is too slow; how many that were.

        What was read completely is still answered: only the way in is shut.
        """
        with self._lock:
            full = len(self._taken) >= self._amount
            slow = [taken for taken in self._taken if taken.is_slow(now, full=full)]
            for taken in slow:
                with suppress(OSError):
                    taken.connection.shutdown(socket.SHUT_RD)
        return len(slow)


class SparingWorker(ThreadWorker):
    """The library's worker with threads, which looks after them twice a second."""

    def init_process(self) -> None:
        """Begin to look after the threads, then serve."""
        self.threads = Threads(self.cfg.threads)
        threading.Thread(target=self._look_after_threads, daemon=True).start()
        super().init_process()

    def handle(self, conn: TConn) -> object:
        """Serve one request of a connection in one of the threads."""
        with self.threads.one(conn.sock):
            return super().handle(conn)

    def _look_after_threads(self) -> None:
        """Go on for as long as the process lives."""
        while True:
            time.sleep(_LOOK_SECONDS)
            self.threads.cut_off_slow(time.monotonic())
