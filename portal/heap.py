"""The heap of a process that serves people, kept small on a system that lets one say how.

The C library gives each thread a heap of its own, so that none waits for another. Only one thread
of ours runs at a time anyway, and each heap would hold on to the most that its thread ever used.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

#: The number of the setting in the C library's ``malloc.h``.
_HEAPS_AT_MOST = -8


def share_one_heap() -> None:
    """Let all threads of this process share one heap. To be called before there are any."""
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(_HEAPS_AT_MOST, 1)


def give_back() -> None:
    """Give the system back what was needed for a while only, as by loading."""
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
