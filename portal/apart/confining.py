"""How a process of one job gives up everything but two open files and some memory.

A file made to break a decoder, or a text made to break what prints it, must find nothing: no key,
no database, no way out. The process is started with an empty environment and no other open file.
Before it looks at the first byte it takes these limits, which a process cannot take off again
unless it runs as root.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from collections.abc import Callable
from typing import BinaryIO

#: A photograph of 64 megapixels, turned, takes about half of it.
MEMORY_BYTES = 768 * 1024 * 1024
#: Of one processor; the starter also watches the clock on the wall.
CPU_SECONDS = 20
#: Nothing that is made is kept that is larger.
OUTPUT_BYTES = 40 * 1024 * 1024

#: How the process ends: what its starter is told, and all that it is told.
DONE, BROKEN, TOO_LARGE, LOCKED = 0, 10, 11, 12

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
_KILL = 9


class Refused(Exception):
    """The file is not to be kept; ``why`` is one of the endings of this process."""

    def __init__(self, why: int) -> None:
        """Keep why."""
        super().__init__(why)
        self.why = why


def run(
    work: Callable[[BinaryIO, BinaryIO], None],
    *,
    threads: bool = False,
    cpu_seconds: int = CPU_SECONDS,
) -> None:
    """Work from one open file into another, both named by number on the command line. With
    ``threads`` a library may begin some: one of them cannot do without.

    Ends the process. Whatever goes wrong in a library means that the file cannot be read.
    """
    source, target = (int(word) for word in sys.argv[1:3])
    confine(threads=threads, cpu_seconds=cpu_seconds)
    with os.fdopen(source, "rb") as given, os.fdopen(target, "wb") as made:
        try:
            work(given, made)
            made.flush()
        except Refused as refusal:
            os._exit(refusal.why)
        except MemoryError:
            os._exit(TOO_LARGE)
        except Exception:  # A library may raise anything at all.
            os._exit(BROKEN)
    os._exit(DONE)


def confine(*, threads: bool = False, cpu_seconds: int = CPU_SECONDS) -> None:
    """Take every limit. From here on nothing can be opened: no file, no socket, no program."""
    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(_PR_SET_PDEATHSIG, _KILL, 0, 0, 0)
    system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    system.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    # Where the system lets it, there is no network either; the limits below stand in any case.
    system.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: OUTPUT_BYTES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 0,
    }
    if not threads:
        # The system counts a thread as a process.
        limits[resource.RLIMIT_NPROC] = 0
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))
