"""What makes the tests quick and proves nothing: memory instead of disk, one compilation for
all, and passwords that cost little to try.

The program under test is the same with it and without it.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

from argon2 import PasswordHasher
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from moderation import accounts

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


class _Address(Rule):
    """An address of a site. How it is read and how a link to it is written is found out once."""

    _read: ClassVar[dict[tuple[object, ...], tuple[Any, ...]]] = {}
    _written: ClassVar[dict[tuple[object, ...], Callable[..., tuple[str, str]]]] = {}

    def compile(self) -> None:
        """Find out how it is read, or take it from a site that had the same."""
        known = (self.rule, self.host, self.subdomain, repr(self.defaults), self.is_leaf)
        if known not in self._read:
            super().compile()
            self._read[known] = self._parts, self._trace, self._converters, self.arguments
            return
        self._parts, self._trace, self._converters, self.arguments = self._read[known]
        self._build = self._compile_builder(False).__get__(self, None)
        self._build_unknown = self._compile_builder(True).__get__(self, None)

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        known = (*self._trace, repr(self.defaults), append_unknown)
        if known not in self._written:
            self._written[known] = super()._compile_builder(append_unknown)
        return self._written[known]


class SQLite(SQLiteDialect_pysqlite):
    """SQLite, of which one is like any other: a statement is put into words once for all."""

    supports_statement_cache = True
    _words: ClassVar[LRUCache[object, object]] = LRUCache(2_000)

    def __eq__(self, other: object) -> bool:
        """Whether the other speaks the same language."""
        return isinstance(other, SQLite)

    def __hash__(self) -> int:
        """One number for all."""
        return hash(SQLite)

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """Let every database look where the others have put their words."""
        engine.update_execution_options(compiled_cache=cls._words)


def leave_what_stays() -> None:
    """Let nobody look for rubbish among the tests themselves: a million things that all stay."""
    gc.collect()
    gc.freeze()
    gc.enable()


def compile_once() -> None:
    """Let all sites and databases of this process share what was compiled from the same text."""
    Flask.jinja_options = {"bytecode_cache": _Compiled()}
    Flask.url_rule_class = _Address
    registry.register("sqlite", __name__, SQLite.__name__)


def hash_lightly() -> None:
    """Let a password cost little to try; what it costs outside is held by the test of accounts."""
    accounts._HASHER = PasswordHasher(time_cost=1, memory_cost=2_048, parallelism=1)
    accounts._NOBODY = accounts._HASHER.hash("nobody")


def write_to_memory() -> None:
    """Put the folders of the tests where waiting for the disk takes no time, if there is room.

    Every commit of every test waits until it lies on the disk, as it must in a real installation.
    """
    if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM_BYTES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
