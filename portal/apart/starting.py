"""Starting a process of one job and watching it."""

from __future__ import annotations

import ctypes
import subprocess  # nosec B404
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from portal.apart.confining import TOO_LARGE

_TOP = Path(__file__).resolve().parents[2]
#: Nothing of the portal's own environment; one arena, because each would count as memory.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}
_PR_SET_DUMPABLE = 4


def run_apart(program: str, given: BinaryIO, made: BinaryIO, *words: str, seconds: int) -> int:
    """Run a module that works from one open file into another; how it ended, as ``confining`` says.

    It is ended after so many seconds by the clock on the wall, and whatever ended by force has
    another ending than those that are named.
    """
    _keep_out()
    given.flush()
    given.seek(0)
    ends = (given.fileno(), made.fileno())
    command = [sys.executable, "-s", "-B", "-m", program, *map(str, ends), *words]
    try:
        return subprocess.run(  # noqa: S603  # nosec B603
            command,
            cwd=_TOP,
            env=_ENVIRONMENT,
            pass_fds=ends,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return TOO_LARGE


def _keep_out() -> None:
    """Let no other process of this user look into the memory of this one.

    The process that is started belongs to the same user, and this memory holds keys.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
