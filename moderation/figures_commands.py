"""Commands about the public figures: publishing what is due, and taking a quarter back."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from moderation.disclosing.publishing import (
    NotPublished,
    due_quarters,
    publish_due,
    take_back,
)
from moderation.opening import open_office
from moderation.terminal import Plain, open_database, open_ring
from portal.config import from_environment
from portal.db import Database
from portal.figures.quarters import Quarter
from portal.vault import Ring

group = AppGroup("figures", help="Publish the figures of finished cases, or take them back.")


@group.command("publish")
def publish() -> None:
    """Publish every quarter that is due, as the worker does each night."""
    database, ring = _open()
    with database.reading() as session:
        due = due_quarters(session, office=open_office(session, ring=ring))
    publish_due(database, ring)
    click.echo(f"Published: {', '.join(quarter.name for quarter in due) or 'nothing is due'}.")


@group.command("take-back")
@click.argument("quarter")
@click.option("--reason", required=True, help="Why, in a sentence that everybody reads.")
def take_back_one(quarter: str, reason: str) -> None:
    """Take the figures of a QUARTER such as 2026-3 back, for good."""
    database, ring = _open()
    try:
        named = Quarter.named(quarter)
        with database.writing() as session:
            office = open_office(session, ring=ring)
            take_back(session, office=office, quarter=named, reason=reason)
    except (ValueError, NotPublished) as error:
        raise Plain(f"There are no figures of {quarter} that could be taken back.") from error
    click.echo(f"The figures of {named.name} are taken back.")


def _open() -> tuple[Database, Ring]:
    """The database and the keys of whoever publishes."""
    settings = from_environment()
    database = open_database(settings)
    return database, open_ring(settings, database)
