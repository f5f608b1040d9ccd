"""Work done in a process of its own, which may be killed in the middle of it."""

from __future__ import annotations

import os
from collections.abc import Callable


def in_child(work: Callable[[], None]) -> int:
    """Do something in a process of its own; the signal that ended it. Fails when the work does."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    _pid, ended = os.waitpid(child, 0)
    assert os.WIFSIGNALED(ended) or os.WEXITSTATUS(ended) == 0
    return os.WTERMSIG(ended) if os.WIFSIGNALED(ended) else 0
