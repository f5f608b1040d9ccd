"""Open files that lie in memory only and have no name: plain bytes never touch a disk."""

from __future__ import annotations

import os
from typing import BinaryIO


def nameless() -> BinaryIO:
    """An empty file without a name, gone when it is closed, also when the process is killed."""
    return os.fdopen(os.memfd_create("file", os.MFD_CLOEXEC), "w+b")
