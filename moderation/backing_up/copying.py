"""One moment of the database as bytes, and those bytes as a database again.

On SQLite a read transaction holds the moment while the pages are copied, so that nobody who writes
meanwhile begins the copy anew or tears it. The copy lies beside the database, where the same words
lie anyway, and has no name while it is read. On PostgreSQL the client's own programs do it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess  # nosec B404
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, select, text
from sqlalchemy.engine import URL

from moderation.backing_up.faults import BackupFault
from portal.db import Database
from portal.models import Attachment

#: So many pages at once, then others get their turn.
_PAGES = 1_000
_READ_BYTES = 256 * 1024
_PREFIX, _SUFFIX = ".copy-", ".db"
_SPACE = "PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE"


@dataclass(frozen=True)
class Moment:
    """The database at one moment: its bytes, to be read first, and the names of its files."""

    pieces: Iterator[bytes]
    files: Iterator[str]


Moved = Callable[[int], None]


def size_of(database: Database) -> int:
    """About how many bytes a copy takes."""
    if database.engine.dialect.name == "sqlite":
        return path_of(database).stat().st_size
    with database.engine.connect() as connection:
        size: int = connection.scalar(text("SELECT pg_database_size(current_database())")) or 0
    return size


def path_of(database: Database) -> Path:
    """Where a database of SQLite lies."""
    return Path(database.engine.url.database or "")


def room_needed(database: Database) -> tuple[Path, int] | None:
    """Where, beside the backup itself, there must be room for how many bytes; nowhere else."""
    if database.engine.dialect.name != "sqlite":
        return None
    return path_of(database).parent, size_of(database)


@contextmanager
def moment_of(database: Database) -> Iterator[Moment]:
    """Hold one moment of the database until the block ends. Raises BackupFault and OSError."""
    if database.engine.dialect.name == "sqlite":
        with _sqlite_moment(path_of(database)) as moment:
            yield moment
        return
    with database.engine.connect() as connection:
        yield Moment(_dumped(connection, database.engine.url), _names(connection))


def write_sqlite(path: Path, pieces: Iterable[bytes]) -> None:
    """Make a database of SQLite out of its bytes; only its owner can read it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        for some in pieces:
            file.write(some)
        file.flush()
        os.fsync(file.fileno())
    try:
        with closing(sqlite3.connect(path)) as connection:
            said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        said = str(error)
    if said != "ok":
        raise BackupFault(f"The database in the backup is broken ({said}): take another backup.")


def is_empty(database: Database) -> bool:
    """Whether there is no table in a database of PostgreSQL."""
    asked = text("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
    with database.engine.connect() as connection:
        return not connection.scalar(asked)


def load_postgresql(url: URL, pieces: Iterable[bytes]) -> None:
    """Fill an empty database of PostgreSQL, wholly or not at all. Raises BackupFault."""
    words = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    with _client("pg_restore", [*words, f"--dbname={url.database}"], url, stdin=True) as child:
        pipe = _piped(child.stdin)
        with suppress(BrokenPipeError):
            for some in pieces:
                pipe.write(some)
            pipe.close()


@contextmanager
def _sqlite_moment(path: Path) -> Iterator[Moment]:
    """A copy without a name, beside the database."""
    for left in path.parent.glob(f"{_PREFIX}*{_SUFFIX}*"):
        left.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
    try:
        _copy_pages(path, name)
        # Nobody writes into the copy, so that it can be read without a lock beside it.
        rows = sqlite3.connect(f"file:{name}?immutable=1", uri=True)
        rows.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except BaseException:
        os.close(handle)
        raise
    finally:
        Path(name).unlink(missing_ok=True)
    with closing(rows), os.fdopen(handle, "rb") as file:
        asked = "SELECT lower(hex(uid)) FROM attachment ORDER BY id"
        yield Moment(_read(file), (row[0] for row in rows.execute(asked)))


def _copy_pages(path: Path, name: str) -> None:
    """Copy all pages as they are at one moment, whoever writes meanwhile."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(name)) as target:
        source.execute("PRAGMA query_only = 1")
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        try:
            source.backup(target, pages=_PAGES)
        except sqlite3.DatabaseError as error:
            raise OSError(f"the copy of the database failed: {error}") from error


def _dumped(connection: Connection, url: URL) -> Iterator[bytes]:
    """What pg_dump says of the moment that a connection sees."""
    moment = connection.scalar(text("SELECT pg_export_snapshot()"))
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}"]
    with _client("pg_dump", words, url) as child:
        yield from _read(_piped(child.stdout))


def _names(connection: Connection) -> Iterator[str]:
    """The names of the files of the same moment."""
    asked = select(Attachment.uid).order_by(Attachment.id).execution_options(yield_per=1_000)
    for uid in connection.scalars(asked):
        yield uid.hex()


@contextmanager
def _client(
    program: str, words: list[str], url: URL, *, stdin: bool = False
) -> Iterator[subprocess.Popen[bytes]]:
    """One of PostgreSQL's programs at work. Raises BackupFault when it is not there or fails.

    The address is told by the environment, which no list of processes shows.
    """
    found = shutil.which(program)
    if found is None:
        raise BackupFault(
            f"{program} is needed for PostgreSQL and was not found: install the client programs "
            "of the server's version or newer."
        )
    query = {name: str(value) for name, value in url.query.items()}
    facts = (url.host or query.get("host"), url.port, url.username, url.password, url.database)
    told = {name: str(fact) for name, fact in zip(_SPACE.split(), facts, strict=True) if fact}
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(  # noqa: S603 # nosec B603
            [found, "--no-password", *words],
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if stdin else subprocess.PIPE,
            stderr=said,
            env=os.environ | told,
        )
        try:
            yield child
        except BaseException:
            child.kill()
            child.wait()
            raise
        finally:
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()
        if child.wait():
            said.seek(0)
            raise BackupFault(f"{program} failed: {_first_line(said.read())}")


def _first_line(said: bytes) -> str:
    """The first line that a program said, without its name."""
    line = said.decode("utf-8", "replace").strip().partition("\n")[0]
    return line.partition(": error: ")[2] or line


def _read(file: IO[bytes]) -> Iterator[bytes]:
    """A file, some of it at a time."""
    while some := file.read(_READ_BYTES):
        yield some


def _piped(pipe: IO[bytes] | None) -> IO[bytes]:
    """A pipe that was asked for."""
    if pipe is None:
        raise OSError("no pipe")
    return pipe
