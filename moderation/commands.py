"""Commands for the person who runs the portal: keys, database, sample data, worker.

Use them as ``flask --app moderation.commands NAME``. They need no running site.
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

import click
from flask import Flask
from sqlalchemy.exc import DatabaseError

from moderation import almanac, sample, worker
from portal import schema
from portal.clock import local_date, now
from portal.config import BadSetting, Settings, from_environment
from portal.db import Database
from portal.vault import KeyFault, Ring, load_ring
from portal.vault.minting import complete, mint

app = Flask(__name__)


class Plain(click.ClickException):
    """A fault told in one sentence."""

    exit_code = 1


def open_database(settings: Settings, *, checked: bool = True) -> Database:
    """The database of the settings; its schema is checked unless told otherwise."""
    try:
        database = Database(settings.database_url)
        if checked:
            schema.check(database)
    except (BadSetting, schema.OldSchema) as error:
        raise Plain(str(error)) from error
    return database


@app.cli.group("keys")
def keys() -> None:
    """Make the keys of a new installation."""


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


@app.cli.group("db")
def db() -> None:
    """Care for the database."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the newest schema."""
    database = open_database(from_environment(), checked=False)
    try:
        schema.upgrade(database)
        with database.writing() as session:
            almanac.keep(session, today=local_date(now()))
    except DatabaseError as error:
        raise Plain("The database cannot be opened: check PORTAL_DATABASE_URL.") from error
    click.echo(f"The database is at revision {schema.newest()}.")


@app.cli.group("sample")
def sample_group() -> None:
    """Load or clear the sample data."""


@sample_group.command("load")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None)
def sample_load(today: datetime | None) -> None:
    """Load invented people and submissions, made by the portal's own verbs."""
    settings = from_environment()
    database = open_database(settings)
    ring = _ring(settings)
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


@app.cli.command("worker")
def run_worker() -> None:
    """Prepare what arrives, carry out residents' acts, mind the clock; until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    settings = from_environment()
    worker.run(open_database(settings), _ring(settings))


def _ring(settings: Settings) -> Ring:
    """The keys of this process."""
    try:
        return load_ring(settings.keys)
    except KeyFault as error:
        raise Plain(str(error)) from error
