"""Starting the process that cleans, watching it, and taking over what it made."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from portal.apart.confining import BROKEN, DONE, LOCKED, TOO_LARGE
from portal.apart.starting import run_apart
from portal.files.kinds import Received
from portal.files.memory import nameless

#: By the clock on the wall; the process itself has a limit of processor time.
SECONDS = 40
#: How long one waits for a file of somebody else to be cleaned.
WAIT_SECONDS = 20
#: At once, in one process of the portal: there are two of them on a machine with two processors.
AT_ONCE = 1

_turn = threading.BoundedSemaphore(AT_ONCE)


class Unclean(Exception):
    """The file is not kept; the kinds of it say why."""


class Broken(Unclean):
    """It cannot be read to its end."""


class Bomb(Unclean):
    """It unpacks to more than any file of an honest writer, or takes too long."""


class Locked(Unclean):
    """It is a PDF that asks for a password."""


class Busy(Exception):
    """Others are being cleaned, and one's turn did not come in time."""


_WHY = {BROKEN: Broken, LOCKED: Locked, TOO_LARGE: Bomb}


@contextmanager
def cleaned(given: BinaryIO, kind: Received) -> Iterator[BinaryIO]:
    """Clean a file of this kind; the clean one is open for as long as the block lasts.

    Raises Unclean where nothing of it is kept, and Busy where it must wait too long.
    """
    with nameless() as made:
        if not _turn.acquire(timeout=WAIT_SECONDS):
            raise Busy
        try:
            status = _run(given, made, kind)
        finally:
            _turn.release()
        if status != DONE:
            # A process that was killed used more time or memory than it was given.
            raise _WHY.get(status, Bomb)
        made.seek(0)
        yield made


def _run(given: BinaryIO, made: BinaryIO, kind: Received) -> int:
    """Run the process to its end, or end it when its time is over."""
    program = "pdfs" if kind is Received.PDF else "images"
    where = f"portal.files.cleaning.{program}"
    return run_apart(where, given, made, kind.value, seconds=SECONDS)
