"""Starting the process that cleans, watching it, and taking over what it made."""

from __future__ import annotations

import ctypes
import subprocess  # nosec B404
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from portal.files.cleaning.confining import BROKEN, CLEAN, LOCKED, TOO_LARGE
from portal.files.kinds import Received
from portal.files.memory import nameless

#: By the clock on the wall; the process itself has a limit of processor time.
SECONDS = 40
#: How long one waits for a file of somebody else to be cleaned.
WAIT_SECONDS = 20
#: At once, in one process of the portal: there are two of them on a machine with two processors.
AT_ONCE = 1

_TOP = Path(__file__).resolve().parents[3]
#: Nothing of the portal's own environment; one arena, because each would count as memory.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}
_PR_SET_DUMPABLE = 4
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
        if status != CLEAN:
            # A process that was killed used more time or memory than it was given.
            raise _WHY.get(status, Bomb)
        made.seek(0)
        yield made


def _keep_out() -> None:
    """Let no other process of this user look into the memory of this one.

    The process that cleans belongs to the same user, and this memory holds keys.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _run(given: BinaryIO, made: BinaryIO, kind: Received) -> int:
    """Run the process to its end, or end it when its time is over."""
    program = "pdfs" if kind is Received.PDF else "images"
    _keep_out()
    given.flush()
    given.seek(0)
    ends = (given.fileno(), made.fileno())
    command = [sys.executable, "-s", "-B", "-m", f"portal.files.cleaning.{program}"]
    try:
        return subprocess.run(  # noqa: S603  # nosec B603
            [*command, *map(str, ends), kind.value],
            cwd=_TOP,
            env=_ENVIRONMENT,
            pass_fds=ends,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return TOO_LARGE
