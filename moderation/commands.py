"""Commands for the person who runs the portal: keys, database, sample data, worker, checks.

Use them as ``flask --app moderation.commands NAME``. They need no running site.
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

import click
from flask import Flask

from moderation import (
    backup_commands,
    database_commands,
    figures_commands,
    key_commands,
    log_commands,
    register_commands,
    retention_commands,
    sample,
    search_commands,
    worker,
)
from moderation.administering import founding
from moderation.administering.founding import AlreadyFounded, NoOrganisation
from moderation.administering.inviting import LoginTaken
from moderation.importing.running import importing
from moderation.notifying.posting import posting
from moderation.terminal import Plain, keys_added, open_database, open_ring, open_staff_ring
from portal.clock import local_date, now
from portal.config import from_environment
from portal.files.storing import CannotStore, FileStore
from portal.vault import KeyFault
from portal.vault.minting import complete, mint

app = Flask(__name__)
app.cli.add_command(database_commands.group)
app.cli.add_command(log_commands.ledger)
app.cli.add_command(log_commands.staff_journal)
app.cli.add_command(retention_commands.group)
app.cli.add_command(figures_commands.group)
app.cli.add_command(search_commands.group)
app.cli.add_command(register_commands.group)
app.cli.add_command(backup_commands.group)
app.cli.add_command(backup_commands.restore)

_NOT_FOUNDED = {
    AlreadyFounded: "There are two administrators already: they invite the others.",
    NoOrganisation: "There is no organisation yet: name the highest one with --organisation.",
    LoginTaken: "Somebody else has this login: choose another one.",
}

_FILES_LEFT = (
    "The sample data is gone, but its files could not be deleted: the worker sweeps them away."
)


@app.cli.group("keys")
def keys() -> None:
    """Make, show and change the keys of an installation."""


@keys.command("init")
@click.option("--root", type=click.Path(path_type=Path), default=Path("keys"))
def keys_init(root: Path) -> None:
    """Make keys for public, staff and worker under ROOT; never overwrites one.

    Keys that are older than the public log or the notices get those that they lack.
    """
    try:
        if added := complete(root):
            click.echo(keys_added(added, root))
            return
        folders = mint(root)
    except KeyFault as error:
        raise Plain(str(error)) from error
    for folder in folders:
        click.echo(f"Keys made in {folder}.")
    click.echo("Keep a sealed copy of them elsewhere: without them nothing can be read.")


keys.add_command(key_commands.show)
keys.add_command(key_commands.rotate)
keys.add_command(backup_commands.make_key)


@app.cli.group("sample")
def sample_group() -> None:
    """Load or clear the sample data."""


@sample_group.command("load")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None)
@click.option("--whole", is_flag=True, help="The whole ward, as make run loads it.")
def sample_load(today: datetime | None, whole: bool) -> None:
    """Load invented people and submissions, made by the portal's own verbs."""
    settings = from_environment()
    database = open_database(settings)
    ring = open_ring(settings, database)
    day = local_date(now()) if today is None else today.date()
    if day > local_date(now()):
        raise Plain(f"The sample cannot be loaded for {day}: that day is still to come.")
    try:
        sample.load(database, ring, FileStore(settings.files), today=day, whole=whole)
    except sample.CANNOT_LOAD as error:
        raise Plain(str(error)) from error
    click.echo(sample.introduction(ring))


@sample_group.command("clear")
def sample_clear() -> None:
    """Remove the sample data; refuses where real submissions are."""
    settings = from_environment()
    try:
        sample.clear(open_database(settings), FileStore(settings.files))
    except sample.NotEmpty as error:
        raise Plain(str(error)) from error
    except CannotStore as error:
        raise Plain(_FILES_LEFT) from error
    click.echo("The sample data is gone.")


@app.cli.group("accounts")
def accounts() -> None:
    """Make the first accounts of a new installation."""


@accounts.command("invite-first")
@click.argument("login")
@click.argument("name")
@click.option("--organisation", default="", help="Name of the highest organisation, if none is.")
@click.option("--address", default="http://localhost:8001", help="Address of the staff site.")
def accounts_invite_first(login: str, name: str, organisation: str, address: str) -> None:
    """Invite administrator NAME as LOGIN, while there are fewer than two; prints a link."""
    settings = from_environment()
    ring = open_staff_ring(settings)
    with open_database(settings).writing() as session:
        try:
            link = founding.invite_first(
                session,
                search=ring.search,
                login=login,
                name=name,
                organisation=organisation,
                at=now(),
            )
        except tuple(_NOT_FOUNDED) as error:
            raise Plain(_NOT_FOUNDED[type(error)]) from error
    click.echo(f"Open this link once, within three days:\n{address}/invitation#{link.token}")


@sample_group.command("otp")
@click.argument("account")
def sample_otp(account: str) -> None:
    """Print the one-time code of a sample ACCOUNT; refuses where there is no sample data."""
    settings = from_environment()
    with open_database(settings).reading() as session:
        try:
            code = sample.one_time_code(
                session, search=open_staff_ring(settings).search, login=account, at=now()
            )
        except sample.NoCode as error:
            raise Plain(str(error)) from error
    click.echo(code)


@app.cli.command("worker")
def run_worker() -> None:
    """Prepare what arrives, carry out residents' acts, mind the clock; until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    settings = from_environment()
    try:
        database = open_database(settings)
        ring = open_ring(settings, database, holder="worker")
        files = FileStore(settings.files)
        with (
            posting(database, ring, mail=settings.mail, telephone=settings.telephone),
            importing(database, ring, files),
        ):
            worker.run(database, ring, files, purged=settings.purged)
    except KeyFault as error:
        raise Plain(str(error)) from error
