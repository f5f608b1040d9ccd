"""Starting an installation on one machine: everything that is missing is made, then it runs.

Three processes: the public site, the staff site and the worker, each with its own keys.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType

import click
from honcho.manager import Manager
from honcho.printer import Message, Printer
from sqlalchemy import select

from moderation import almanac, sample
from moderation.terminal import keys_added
from portal import schema
from portal.clock import local_date, now
from portal.config import PREFIX, BadSetting, from_environment
from portal.db import Database
from portal.files.storing import FileStore
from portal.models import Submission
from portal.recognising import recognise
from portal.revision import found_in
from portal.vault import KeyFault, load_ring
from portal.vault.minting import complete, mint
from portal.vault.source import HOLDERS

HOST = "127.0.0.1"
#: What the name below may stand for; a machine may lack the second.
_LOOPBACKS = ((socket.AF_INET, HOST), (socket.AF_INET6, "::1"))
#: Passkeys belong to a name and never to a number, so this is the address that is printed.
NAME = "localhost"
VAR = Path("var")
KEYS = Path("keys")
#: The address of the database with the role of the public process, where there are roles.
_PUBLIC_DATABASE = PREFIX + "PUBLIC_DATABASE_URL"


class CannotStart(Exception):
    """The portal cannot start; the message says why and what to do."""


class Log(Printer):
    """What the processes say, as long as somebody reads it: a closed terminal is no fault."""

    def write(self, message: Message) -> None:
        """Print a line, or let it go."""
        with suppress(OSError):
            super().write(message)


def main() -> int:
    """Prepare, print where to go, run until stopped; returns the exit status."""
    try:
        port = _port()
        with _held(port), _held(port + 1):
            database = _prepare()
        _welcome(database, port)
    except (CannotStart, KeyFault, BadSetting, schema.OldSchema, *sample.CANNOT_LOAD) as error:
        click.echo(f"\n{error}\n", err=True)
        return 1
    except KeyboardInterrupt:
        click.echo("\nStopped before the start: run make run again.\n", err=True)
        return 1
    return _run(port)


def _port() -> int:
    """The port of the public site. Raises CannotStart for what is no port."""
    value = os.environ.get("PORT", "8000")
    if not value.isdecimal() or not 1 <= int(value) <= 65534:
        raise CannotStart(f"PORT must be a number from 1 to 65534, not {value!r}.")
    return int(value)


def _prepare() -> Database:
    """Make folders, keys and database where there are none, and check those that are."""
    url = os.environ.setdefault(
        PREFIX + "DATABASE_URL", f"sqlite:///{(VAR / 'portal.db').resolve()}"
    )
    file = Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None
    os.environ.setdefault(PREFIX + "FILES", str((VAR / "files").resolve()))
    os.environ.setdefault(PREFIX + "ADDRESS", f"http://localhost:{_port()}")
    _make_folder(file.parent if file is not None else VAR)
    settings = from_environment()
    if settings.given_keys:
        raise CannotStart(
            f"The keys of make run are files in {KEYS}/: take {min(settings.given_keys)} out of "
            "the environment, or start the three processes one by one."
        )
    database = Database(settings.database_url)
    fresh = not file.exists() if file is not None else found_in(database) is None
    _make_keys(fresh=fresh)
    rings = {holder: load_ring(KEYS / holder, holder=holder) for holder in HOLDERS}
    if fresh:
        _make_database(file, settings.files) if file is not None else _make_tables(database)
    elif file is not None and not os.access(file, os.W_OK):
        raise CannotStart(f"The database {file} cannot be written to: make it writable.")
    try:
        schema.check(database)
    except schema.OldSchema as error:
        raise CannotStart(str(error).replace("'flask db upgrade'", "make upgrade")) from error
    for holder in ("worker", "staff", "public"):
        recognise(database, rings[holder], remembers=holder == "worker")
    return database


def _make_keys(*, fresh: bool) -> None:
    """Make keys for a fresh installation; never for a database that has lost its own."""
    if any(KEYS.glob("*/*")):
        if added := complete(KEYS):
            click.echo(keys_added(added, KEYS))
        return
    if not fresh:
        raise CannotStart(
            f"There is a database but there are no keys in {KEYS}/: put the keys back from "
            "their safe copy, or move the database away to begin anew."
        )
    mint(KEYS)
    click.echo(f"Keys made in {KEYS}/: keep a sealed copy of them elsewhere.")


def _make_database(file: Path, files: str) -> None:
    """Make the database beside its place and move it there when it is whole."""
    whole = sample.is_whole(os.environ.get("SAMPLE"))
    part = file.with_suffix(".part")
    for old in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm"))):
        old.unlink(missing_ok=True)
    database = Database(f"sqlite:///{part}")
    schema.upgrade(database)
    with database.writing() as session:
        almanac.keep(session, today=local_date(now()))
    click.echo("Database made. Loading the sample data:")
    ring, store = load_ring(KEYS / "worker"), FileStore(files)
    sample.load(database, ring, store, today=local_date(now()), whole=whole)
    database.engine.dispose()
    part.replace(file)


def _make_tables(database: Database) -> None:
    """Make the tables on a server. No sample is loaded: who has a server has residents."""
    schema.upgrade(database)
    with database.writing() as session:
        almanac.keep(session, today=local_date(now()))
    click.echo("Tables made. For the public process: flask db grants ROLE --apply.")


def _make_folder(folder: Path) -> None:
    """Make a folder that can be written to. Raises CannotStart."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        probe = folder / ".probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotStart(
            f"The folder {folder.resolve()} cannot be written to ({error.strerror}): "
            "make it writable for this user."
        ) from error


@contextmanager
def _held(port: int) -> Iterator[None]:
    """Hold a port while everything is prepared, so that a second start cannot prepare it too.

    Raises CannotStart when somebody listens on the port already.
    """
    with ExitStack() as places:
        for family, host in _loopbacks():
            place = places.enter_context(socket.socket(family, socket.SOCK_STREAM))
            place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                place.bind((host, port))
                place.listen()
            except OSError as error:
                raise CannotStart(
                    f"Port {port} cannot be used ({error.strerror}): stop what uses it, or choose "
                    "another with PORT=9000 make run (staff listens on the next one)."
                ) from error
        yield


def _loopbacks() -> Iterator[tuple[socket.AddressFamily, str]]:
    """The addresses of this machine that only it can reach."""
    for family, host in _LOOPBACKS:
        with suppress(OSError), socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.bind((host, 0))
            yield family, host


def _welcome(database: Database, port: int) -> None:
    """Print the addresses and, with sample data, who can sign in and a code to try."""
    click.echo(f"\n  Residents   http://{NAME}:{port}/")
    click.echo(f"  Staff       http://{NAME}:{port + 1}/\n")
    with database.reading() as session:
        loaded = sample.is_loaded(session)
        any_submission = session.scalars(select(Submission.id).limit(1)).first()
    if loaded and any_submission:
        click.echo(sample.introduction(load_ring(KEYS / "public")))
    click.echo("  Stop with Ctrl-C.\n")


def _run(port: int) -> int:
    """Run the three processes until one ends or somebody stops them, which is no fault."""
    manager = Manager(Log(sys.stdout))
    signal.signal(signal.SIGHUP, _leave)
    for name, command in _commands(port).items():
        own = {PREFIX + "KEYS": str((KEYS / name).resolve()), "PYTHONUNBUFFERED": "1"}
        environment = os.environ | own
        if name == "public" and (url := os.environ.get(_PUBLIC_DATABASE)):
            environment[PREFIX + "DATABASE_URL"] = url
        manager.add_process(name, command, env=environment, quiet=False)
    manager.loop()
    stopped = {128 + signal.SIGINT, 128 + signal.SIGTERM}
    return 0 if manager.returncode in stopped else manager.returncode or 0


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Stop as by Ctrl-C when the terminal is closed: the processes would outlive it."""
    os.kill(os.getpid(), signal.SIGTERM)


def _commands(port: int) -> dict[str, str]:
    """The command line of each process."""
    python = f'"{sys.executable}"'
    server = f"{python} -m gunicorn --workers 2 --threads 8 --no-control-socket"
    public, staff = (_binds(each) for each in (port, port + 1))
    return {
        "public": f"exec {server} {public} 'wsgi:create_public_app()'",
        "staff": f"exec {server} {staff} 'wsgi:create_staff_app()'",
        "worker": f"exec {python} -m flask --app moderation.commands worker",
    }


def _binds(port: int) -> str:
    """Where a server listens, as words of its command line."""
    hosts = (f"[{host}]" if ":" in host else host for _family, host in _loopbacks())
    return " ".join(f"--bind '{host}:{port}'" for host in hosts)


if __name__ == "__main__":
    sys.exit(main())
