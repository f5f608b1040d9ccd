"""Commands about search: indexing everything anew, and saying whether the index is behind."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from moderation.opening import open_office
from moderation.searching import reindexing
from moderation.terminal import Plain, open_database, open_ring
from portal.config import from_environment
from portal.db import Database
from portal.vault import Ring

group = AppGroup("search", help="Care for the index of search.")

#: Cases in one transaction.
_BATCH = 20


@group.command("reindex")
def reindex() -> None:
    """Index every case anew while the site runs. A run that was cut short goes on where it was."""
    settings = from_environment()
    database = open_database(settings)
    ring = open_ring(settings, database)
    if not ring.private:
        raise Plain("These keys cannot open cases: set PORTAL_KEYS=keys/worker and try again.")
    with database.writing() as session:
        length = reindexing.left(session)
        if length:
            click.echo(f"Going on: {length} cases are left.", err=True)
        else:
            reindexing.ask_for_all(session)
            length = reindexing.left(session)
    with click.progressbar(
        length=length, label="Indexing", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        while done := _some(database, ring):
            bar.update(done)
    click.echo("Every case is in the index.")


@group.command("check")
def check() -> None:
    """Say how many cases wait to be indexed; fail while there are any."""
    with open_database(from_environment()).reading() as session:
        length = reindexing.left(session)
    if length:
        raise Plain(f"{length} cases wait to be indexed: the worker or 'search reindex' does it.")
    click.echo("No case waits to be indexed.")


def _some(database: Database, ring: Ring) -> int:
    """Index one batch; return how many cases that were."""
    with database.writing() as session:
        office = open_office(session, ring=ring)
        numbers = reindexing.waiting(session, limit=_BATCH)
        for number in numbers:
            reindexing.index_anew(session, office=office, case_id=number)
        return len(numbers)
