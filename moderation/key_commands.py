"""Commands about keys: what there is, and a new staff key while the site runs.

No byte of a key is ever printed: a key is told by its name and by a fingerprint.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import click
from sqlalchemy.exc import DatabaseError

from moderation import resealing
from moderation.terminal import Plain, open_database
from portal import recognising
from portal.config import from_environment
from portal.db import Database
from portal.recognising import recognise
from portal.revision import OldSchema, fault_of
from portal.vault import CannotOpen, KeyFault, Ring, load_ring
from portal.vault.rotating import add_version, hand_out, newest, opening, retire
from portal.vault.source import HOLDERS, fingerprint

_ROOT = click.option("--root", type=click.Path(path_type=Path), default=Path("keys"))


@click.command("show")
@_ROOT
def show(root: Path) -> None:
    """List the keys of each process under ROOT: names, versions and fingerprints."""
    for holder in HOLDERS:
        try:
            source = load_ring(root / holder).source
        except KeyFault as error:
            raise Plain(str(error)) from error
        click.echo(f"{holder}:")
        for name in source.names():
            click.echo(f"  {name:<18} {fingerprint(source, name)}")


@click.command("rotate")
@_ROOT
def rotate(root: Path) -> None:
    """Make a new staff key under ROOT and seal all that was received to it; then run it again.

    The first run makes the key and seals everything anew; the running processes use it from then
    on. The second run puts the old key away.
    """
    database = open_database(from_environment())
    try:
        ring = load_ring(root / "worker", holder="worker")
        recognise(database, ring, remembers=True)
        if len(ring.private) == 1:
            version = add_version(root, announce=partial(_note, database, needed=False))
            _hand_out(database, root)
            _reseal(database, root)
            click.echo(
                f"Version {version} of the staff key is there and everything is sealed to it."
            )
            click.echo(
                "The processes use it already: give those that read other folders a copy. "
                "Then run this again: it puts the old key away."
            )
            return
        _hand_out(database, root)
        _reseal(database, root)
        _retire(database, root)
    except (KeyFault, CannotOpen, OldSchema) as error:
        raise Plain(f"{error}".rstrip(".") + ".") from error
    except DatabaseError as error:
        raise Plain(fault_of(error)) from error


def _note(database: Database, ring: Ring, version: int, *, needed: bool) -> None:
    """Let the database know a version, so that no process takes it for a stranger's."""
    with database.writing() as session:
        recognising.note(session, ring=ring, name=f"staff.{version}", needed=needed)


def _hand_out(database: Database, root: Path) -> None:
    """Give the newest version to everybody, and wait for those who began without it."""
    hand_out(root)
    _note(database, load_ring(root / "worker"), newest(root), needed=True)
    with database.writing() as session:
        resealing.wait_for_writers(session)


def _reseal(database: Database, root: Path) -> None:
    """Seal batch after batch anew, each in its own transaction."""
    version, after = newest(root), 0
    ring = replace(load_ring(root / "worker"), private=opening(root))
    with database.reading() as session:
        length = resealing.left(session, version=version)
    with click.progressbar(length=length, label="Sealing anew") as bar:
        while True:
            with database.writing() as session:
                done, after = resealing.reseal(session, ring=ring, version=version, after=after)
            bar.update(done)
            if not done:
                return


def _retire(database: Database, root: Path) -> None:
    """Put the old versions away once no seal of theirs is left, and say so."""
    ring, version = load_ring(root / "worker"), newest(root)
    olds = sorted(set(ring.private) - {version})
    with database.writing() as session:
        if resealing.left(session, version=version):
            raise Plain(
                "The old key is still in use: give every public process "
                f"staff.{version}.public and run this again."
            )
        for old in olds:
            recognising.note(session, ring=ring, name=f"staff.{old}", needed=False)
    for old in olds:
        retire(root, old)
        click.echo(f"Nothing is sealed to version {old} any more: it lies in {root / 'retired'}.")
    click.echo("Move it to the sealed copy: backups older than today need it.")
