"""How long one request may take: longer where a large file is on its way over a weak network.

Whoever serves requests looks at it; whoever reads one says so. Neither knows the other.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: A letter of five thousand signs takes a minute over the weakest network.
LETTER_SECONDS = 180.0


class Patience:
    """For one request: how many seconds it may take."""

    def __init__(self) -> None:
        """Begin with what a letter may take."""
        self.seconds = LETTER_SECONDS


class _Here(threading.local):
    """The request that this thread is serving."""

    patience: Patience | None = None


_here = _Here()


@contextmanager
def serving_one() -> Iterator[Patience]:
    """Serve one request in this thread."""
    _here.patience = patience = Patience()
    try:
        yield patience
    finally:
        _here.patience = None


def be_patient(seconds: float) -> None:
    """Let the request of this thread take longer."""
    if _here.patience is not None:
        _here.patience.seconds = max(_here.patience.seconds, seconds)
