"""Commands about backups: making, checking, thinning out and putting back, and the recovery key."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from flask.cli import AppGroup
from sqlalchemy.exc import DatabaseError

from moderation.backing_up import checking, keying, making, pruning, restoring
from moderation.backing_up.faults import BackupFault
from moderation.backing_up.reach import keys_near
from moderation.passwords import WeakPassword, check_password
from moderation.retention.deciding import Undecided
from moderation.terminal import Plain, open_database, open_ring, shown
from portal.clock import now
from portal.config import Settings, from_environment
from portal.files.storing import CannotStore, FileStore
from portal.periods import BACKUP_DAYS
from portal.revision import OldSchema, fault_of
from portal.vault import Ring

log = logging.getLogger(__name__)

group = AppGroup("backup", help="Make, check and thin out backups.")

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)
_PUBLIC = Path("keys/recovery.public")
_PUBLIC_OPTION = click.option(
    "--recovery", type=_FILE, default=_PUBLIC, show_default=True, help="The public half."
)
_PRIVATE = click.option("--key", type=_FILE, help="The file with the private half.")


@click.command("recovery")
@click.argument("file", type=_FILE)
@_PUBLIC_OPTION
def make_key(file: Path, recovery: Path) -> None:
    """Make the recovery key: the private half into FILE, locked by a passphrase that is asked for.

    FILE belongs on two sticks in two safes and on no machine; the passphrase on paper elsewhere.
    """
    with _told():
        if (near := keys_near(file.parent, keys=from_environment().keys)) is not None:
            raise BackupFault(near)
        passphrase = _passphrase(twice=True)
        check_password(passphrase, login="recovery", name="backup")
        _write(file, recovery, passphrase)
    click.echo(
        f"The private half is in {file}: take it off this machine and keep it in two places."
    )
    click.echo("Without it and its passphrase no backup can ever be opened, by nobody.")


@group.command("make")
@click.argument("folder", type=_FOLDER)
@_PUBLIC_OPTION
def make(folder: Path, recovery: Path) -> None:
    """Copy database and files into a new file in FOLDER, while the site runs."""
    settings = from_environment()
    with _told():
        if (near := keys_near(folder, keys=settings.keys)) is not None:
            raise BackupFault(near)
        public = keying.read_public(recovery)
        database = open_database(settings)
        ring = _ring(settings)
        source = making.Source(database, FileStore(settings.files), settings.purged, ring)
        with shown(making.count_entries(source), "Copying") as moved:
            made = making.make(source, folder=folder, public=public, at=now(), moved=moved)
    click.echo(f"{made.path}: {made.size} bytes, {made.files} files.")
    if made.gone:
        click.echo(f"{made.gone} files were not in the store any more.")


@group.command("verify")
@click.argument("file", type=_FILE)
@_PRIVATE
def verify(file: Path, key: Path | None) -> None:
    """Read FILE to its end: all of it with --key, only the checksum of its outside without."""
    with _told():
        if key is None:
            head = checking.check_without_key(file)
            click.echo(f"Made {head.made_at:%Y-%m-%d %H:%M} UTC. The checksum is right.")
            click.echo("What is inside can be checked with --key only.")
            return
        private = _private(key)
        with shown(file.stat().st_size, "Checking") as moved:
            found = checking.check(file, private, moved=moved)
    click.echo(
        f"Made {found.head.made_at:%Y-%m-%d %H:%M} UTC at {found.facts.get('revision')}: the "
        f"database and {found.files} files are whole."
    )


@group.command("prune")
@click.argument("folder", type=_FOLDER)
@click.option("--daily", type=click.IntRange(1), default=7, show_default=True)
@click.option("--weekly", type=click.IntRange(0), default=4, show_default=True)
def prune(folder: Path, daily: int, weekly: int) -> None:
    """Keep the newest backups of so many days and weeks in FOLDER, and delete the others."""
    with _told():
        gone, strange = pruning.prune(folder, at=now(), daily=daily, weekly=weekly)
    for path in gone:
        click.echo(f"Deleted {path}.")
    for path in strange:
        click.echo(f"{path} is no backup that can be read: look at it and delete it yourself.")
    click.echo(f"Nothing is kept for longer than {BACKUP_DAYS} days, but for the newest.")


@click.command("restore")
@click.argument("file", type=_FILE)
@_PRIVATE
@click.option("--replace", is_flag=True, help="Put aside what there is.")
@click.option("--without-purge-list", "reason", default="", help="Why the list is not asked for.")
def restore(file: Path, key: Path | None, replace: bool, reason: str) -> None:
    """Put the backup FILE back, and destroy again what was destroyed since. Stop all processes."""
    settings = from_environment()
    with _told():
        ring = _ring(settings)
        if key is None:
            raise BackupFault("Say with --key where the file of the recovery key is.")
        wanted = restoring.Wanted(file, _private(key), replace, reason.strip())
        if wanted.without_list:
            log.warning("restoring without a purge list: %s", wanted.without_list)
        with shown(2 * file.stat().st_size, "Restoring") as moved:
            done = restoring.restore(wanted, settings=settings, ring=ring, at=now(), moved=moved)
    _tell(done)


def _tell(done: restoring.Restored) -> None:
    """Say what was done, and what is to do."""
    again = done.settled.replayed
    click.echo(f"Restored from the backup of {done.head.made_at:%Y-%m-%d %H:%M} UTC.")
    click.echo(
        f"Gone again: {again.cases} cases; {again.withdrawn} letters that were taken back; who "
        f"wrote {again.writers} others; {again.answers} answers that everybody could read; "
        f"{again.entries} entries of the journal."
    )
    for path in done.aside:
        click.echo(f"What was there is in {path}: delete it when all is well.")
    for sentence in done.settled.faults:
        click.echo(f"To be looked at: {sentence}")
    if done.settled.unindexed:
        click.echo(f"{done.settled.unindexed} cases wait to be indexed: the worker does it.")
    click.echo(
        "Everybody signs in anew. What was decided since that moment is lost: look through "
        "accounts, roles, ties and custodians first, then open the site (docs/operations.md)."
    )


def _write(file: Path, public: Path, passphrase: str) -> None:
    """Write both halves; a public half that is there is left, and so is everything else."""
    if public.exists():
        raise BackupFault(f"There is a recovery key at {public} already: move it away first.")
    half, text = keying.make(passphrase)
    keying.write_new(file, text)
    keying.write_new(public, keying.public_text(half))


def _private(key: Path) -> X25519PrivateKey:
    """The private half, unlocked by the passphrase that is asked for. Raises BackupFault."""
    try:
        text = key.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupFault(f"The recovery key {key} cannot be read.") from error
    return keying.unlock(text, _passphrase())


def _passphrase(*, twice: bool = False) -> str:
    """The passphrase that somebody types, twice where it is new. Raises BackupFault."""
    typed = click.prompt("Passphrase", hide_input=True, confirmation_prompt=twice, err=True)
    return keying.passphrase_of(typed)


def _ring(settings: Settings) -> Ring:
    """Keys that can bind the purge list and check the log. Raises Plain."""
    ring = open_ring(settings)
    if ring.search_key is None or not ring.private:
        raise Plain("These keys cannot do that: set PORTAL_KEYS=keys/worker and try again.")
    return ring


@contextmanager
def _told() -> Iterator[None]:
    """Tell what hinders in one sentence."""
    try:
        yield
    except (BackupFault, WeakPassword, OldSchema, Undecided, CannotStore) as error:
        raise Plain(f"{error}".rstrip(".") + ".") from error
    except DatabaseError as error:
        raise Plain(fault_of(error)) from error
    except OSError as error:
        raise Plain(f"It could not be done: {error}".rstrip(".") + ".") from error
