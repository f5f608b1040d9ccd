"""What commands share: opening the database and the keys, faults in one sentence, a moving bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from portal import schema
from portal.config import BadSetting, Settings
from portal.db import Database
from portal.recognising import recognise
from portal.vault import KeyFault, Ring, load_ring


class Plain(click.ClickException):
    """A fault told in one sentence."""

    exit_code = 1


def open_database(settings: Settings, *, checked: bool = True) -> Database:
    """The database of the settings, closed with the command.

    Its schema is checked unless told otherwise. Raises Plain.
    """
    try:
        database = Database(settings.database_url)
        click.get_current_context().call_on_close(database.engine.dispose)
        if checked:
            schema.check(database)
    except (BadSetting, schema.OldSchema) as error:
        raise Plain(str(error)) from error
    return database


def open_ring(
    settings: Settings, database: Database | None = None, *, holder: str | None = None
) -> Ring:
    """The keys of this process, which are the ``holder``'s and those of the database.

    Raises Plain.
    """
    try:
        ring = load_ring(settings.keys, settings.given_keys, holder=holder)
        if database is not None:
            recognise(database, ring, remembers=holder is not None)
        return ring
    except (KeyFault, schema.OldSchema) as error:
        raise Plain(str(error)) from error


def open_staff_ring(settings: Settings) -> Ring:
    """The keys of the staff, which lie beside those of the public process. Raises Plain."""
    ring = open_ring(settings)
    if ring.search_key is not None:
        return ring
    return open_ring(replace(settings, keys=settings.keys.parent / "staff", given_keys={}))


@contextmanager
def shown(length: int, label: str) -> Iterator[Callable[[int], None]]:
    """A bar that moves where somebody watches."""
    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update


def keys_added(kinds: Iterable[str], root: Path) -> str:
    """That an old installation was given keys which are younger than it."""
    names = ", ".join(f"{kind}.1" for kind in kinds)
    return (
        f"Keys that these were too old for were added in {root}: {names}. Keep a copy of them too."
    )
