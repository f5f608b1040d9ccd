"""Commands for the person who runs the portal: keys, database, sample data, worker, checks.

Use them as ``flask --app moderation.commands NAME``. They need no running site.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
from flask import Flask

from moderation import (
    appending,
    database_commands,
    journal,
    key_commands,
    sample,
    verifying,
    worker,
)
from moderation.administering import founding
from moderation.administering.founding import AlreadyFounded, NoOrganisation
from moderation.administering.inviting import LoginTaken
from moderation.terminal import Plain, open_database, open_ring
from portal.clock import local_date, now
from portal.config import Settings, from_environment
from portal.vault import KeyFault, Ring
from portal.vault.minting import complete, mint

app = Flask(__name__)
app.cli.add_command(database_commands.group)

_NOT_FOUNDED = {
    AlreadyFounded: "There are two administrators already: they invite the others.",
    NoOrganisation: "There is no organisation yet: name the highest one with --organisation.",
    LoginTaken: "Somebody else has this login: choose another one.",
}


@app.cli.group("keys")
def keys() -> None:
    """Make, show and change the keys of an installation."""


@keys.command("init")
@click.option("--root", type=click.Path(path_type=Path), default=Path("keys"))
def keys_init(root: Path) -> None:
    """Make keys for public, staff and worker under ROOT; never overwrites one.

    Keys that are older than the public log get those that sign it.
    """
    try:
        if complete(root):
            click.echo(f"The public log's keys were added in {root}: keep a copy of them too.")
            return
        folders = mint(root)
    except KeyFault as error:
        raise Plain(str(error)) from error
    for folder in folders:
        click.echo(f"Keys made in {folder}.")
    click.echo("Keep a sealed copy of them elsewhere: without them nothing can be read.")


keys.add_command(key_commands.show)
keys.add_command(key_commands.rotate)


@app.cli.group("sample")
def sample_group() -> None:
    """Load or clear the sample data."""


@sample_group.command("load")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None)
def sample_load(today: datetime | None) -> None:
    """Load invented people and submissions, made by the portal's own verbs."""
    settings = from_environment()
    database = open_database(settings)
    ring = open_ring(settings, database)
    day = local_date(now()) if today is None else today.date()
    if day > local_date(now()):
        raise Plain(f"The sample cannot be loaded for {day}: that day is still to come.")
    try:
        sample.load(database, ring, today=day)
    except (sample.NotEmpty, KeyFault) as error:
        raise Plain(str(error)) from error
    click.echo(sample.introduction(ring))


@sample_group.command("clear")
def sample_clear() -> None:
    """Remove the sample data; refuses where real submissions are."""
    settings = from_environment()
    try:
        sample.clear(open_database(settings))
    except sample.NotEmpty as error:
        raise Plain(str(error)) from error
    click.echo("The sample data is gone.")


@app.cli.group("accounts")
def accounts() -> None:
    """Make the first accounts of a new installation."""


@accounts.command("invite-first")
@click.argument("login")
@click.argument("name")
@click.option("--organisation", default="", help="Name of the highest organisation, if none is.")
@click.option("--address", default="http://127.0.0.1:8001", help="Address of the staff site.")
def accounts_invite_first(login: str, name: str, organisation: str, address: str) -> None:
    """Invite administrator NAME as LOGIN, while there are fewer than two; prints a link."""
    with open_database(from_environment()).writing() as session:
        try:
            link = founding.invite_first(
                session, login=login, name=name, organisation=organisation, at=now()
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
                session, search=_staff_ring(settings).search, login=account, at=now()
            )
        except sample.NoCode as error:
            raise Plain(str(error)) from error
    click.echo(code)


@app.cli.group("ledger")
def ledger() -> None:
    """Care for the public log."""


@ledger.command("verify")
def ledger_verify() -> None:
    """Name every event and row of the log that was altered, added, removed or reordered."""
    settings = from_environment()
    database = open_database(settings)
    ring = open_ring(settings, database)
    if not ring.private:
        raise Plain("These keys cannot open events: set PORTAL_KEYS=keys/worker and try again.")
    with database.reading() as session, _shown(verifying.count_rows(session)) as moved:
        report = verifying.verify(session, ring=ring, moved=moved)
    for sentence in report.faults:
        click.echo(sentence)
    click.echo(
        f"Checked {report.events} events and {report.leaves} leaves: {len(report.faults)} faults, "
        f"{report.purged} purged, {report.waiting} not in the log yet."
    )
    if report.faults:
        sys.exit(1)


@app.cli.group("journal")
def staff_journal() -> None:
    """Check what staff did."""


@staff_journal.command("verify")
def journal_verify() -> None:
    """Name every entry of the journal that was altered, or before which one was removed."""
    settings = from_environment()
    database = open_database(settings)
    ring = open_ring(settings, database)
    if ring.search_key is None:
        raise Plain("These keys cannot check the journal: set PORTAL_KEYS=keys/worker, try again.")
    with database.reading() as session:
        broken = list(journal.broken_entries(session, ring=ring))
    for number in broken:
        click.echo(f"Entry {number} was altered, or one before it was removed or added.")
    click.echo(f"The journal was read to its end: {len(broken)} faults.")
    if broken:
        sys.exit(1)


@ledger.command("hours")
@click.argument("hours", nargs=-1)
def ledger_hours(hours: tuple[str, ...]) -> None:
    """Say at which HOURS the log grows, or set them: 12:00 18:00, in Vietnamese time."""
    with open_database(from_environment()).writing() as session:
        try:
            if hours:
                appending.set_hours(session, hours=appending.parse_hours(hours))
        except appending.BadHours as error:
            raise Plain(str(error)) from error
        kept = appending.read_hours(session)
    click.echo("The log grows at " + ", ".join(f"{hour:%H:%M}" for hour in kept) + ".")


@contextmanager
def _shown(length: int) -> Iterator[Callable[[int], None]]:
    """A bar that moves where somebody watches."""
    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    with click.progressbar(length=length, label="Checking", file=sys.stderr) as bar:
        yield bar.update


@app.cli.command("worker")
def run_worker() -> None:
    """Prepare what arrives, carry out residents' acts, mind the clock; until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    settings = from_environment()
    try:
        database = open_database(settings)
        worker.run(database, open_ring(settings, database, holder="worker"))
    except KeyFault as error:
        raise Plain(str(error)) from error


def _staff_ring(settings: Settings) -> Ring:
    """The keys of the staff, which lie beside those of the public process."""
    ring = open_ring(settings)
    if ring.search_key is not None:
        return ring
    return open_ring(replace(settings, keys=settings.keys.parent / "staff", given_keys={}))
