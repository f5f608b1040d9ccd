"""Commands about keys: what there is, and a new staff key while the site runs.

No byte of a key is ever printed: a key is told by its name and by a fingerprint.
"""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy.exc import DatabaseError

from moderation import resealing
from moderation.terminal import Plain, open_database
from portal.config import from_environment
from portal.db import Database
from portal.revision import fault_of
from portal.vault import CannotOpen, KeyFault, load_ring
from portal.vault.rotating import add_version, hand_out, newest, retire
from portal.vault.source import HOLDERS, fingerprint

_ROOT = click.option("--root", type=click.Path(path_type=Path), default=Path("keys"))


@click.command("show")
@_ROOT
def show(root: Path) -> None:
    """List the keys of each process under ROOT: names, versions and fingerprints."""
    for holder in HOLDERS:
        try:
            load_ring(root / holder)
        except KeyFault as error:
            raise Plain(str(error)) from error
        click.echo(f"{holder}:")
        for path in sorted((root / holder).iterdir()):
            click.echo(f"  {path.name:<18} {fingerprint(path)}")


@click.command("rotate")
@_ROOT
def rotate(root: Path) -> None:
    """Make a new staff key under ROOT and seal all that was received to it; then run it again.

    The first run makes the key and seals everything anew while the site runs. Restart the three
    processes then: until that they still seal to the old key. The second run seals what came
    meanwhile and puts the old key away.
    """
    database = open_database(from_environment())
    try:
        versions = load_ring(root / "worker").private
        if not versions:
            raise Plain(f"The keys in {root / 'worker'} open nothing: name the right --root.")
        if len(versions) == 1:
            version = add_version(root)
            _reseal(database, root, version)
            click.echo(
                f"Version {version} of the staff key is there and everything is sealed to it."
            )
            click.echo(
                "Restart the three processes, then run this again: it puts the old key away."
            )
            return
        hand_out(root)
        _reseal(database, root, newest(root))
        _retire(database, root)
    except (KeyFault, CannotOpen) as error:
        raise Plain(f"{error}".rstrip(".") + ".") from error
    except DatabaseError as error:
        raise Plain(fault_of(error)) from error


def _reseal(database: Database, root: Path, version: int) -> None:
    """Seal batch after batch anew, each in its own transaction."""
    ring, after = load_ring(root / "worker"), 0
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
    version = newest(root)
    with database.reading() as session:
        if resealing.left(session, version=version):
            raise Plain(
                "The old key is still in use: restart the three processes and run this again."
            )
    for old in sorted(set(load_ring(root / "worker").private) - {version}):
        retire(root, old)
        click.echo(f"Nothing is sealed to version {old} any more: it lies in {root / 'retired'}.")
    click.echo("Move it to the sealed copy: backups older than today need it.")
