"""What makes the tests quick and proves nothing: memory instead of disk, templates compiled once.

The program under test is the same with it and without it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import CodeType

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

_MEMORY = Path("/dev/shm")  # noqa: S108 - the tests make folders of their own below it.
#: A run needs a few hundred megabytes; a container may have less memory to give.
_ROOM_BYTES = 2 * 1024**3


class _Compiled(BytecodeCache):
    """The compiled templates of this process: each test has a site of its own, all the same."""

    def __init__(self) -> None:
        """Begin without any."""
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out what was compiled from the same text."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was just compiled."""
        self._kept[bucket.key, bucket.checksum] = bucket.code


def compile_templates_once() -> None:
    """Let every site that this process makes share its compiled templates."""
    Flask.jinja_options = {"bytecode_cache": _Compiled()}


def write_to_memory() -> None:
    """Put the folders of the tests where waiting for the disk takes no time, if there is room.

    Every commit of every test waits until it lies on the disk, as it must in a real installation.
    """
    if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM_BYTES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
