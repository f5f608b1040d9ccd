"""Commands about how long is kept: what will go, letting it go, and letting it go again.

They name no case and show no content.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup
from sqlalchemy import func, select

from moderation.office import Office
from moderation.opening import open_office
from moderation.retention import nightly, replaying
from moderation.retention.deciding import Undecided
from moderation.retention.previewing import forecast
from moderation.retention.trimming import count_over
from moderation.terminal import Plain, open_database, open_ring, shown
from portal.config import Settings, from_environment
from portal.db import Database
from portal.models import Case
from portal.periods import read_periods
from portal.vault import KeyFault
from portal.vocabulary import RetentionRule

group = AppGroup("retention", help="See what expires, and delete what was kept long enough.")


@group.command("preview")
def preview() -> None:
    """Say how many cases expire within 30 days, are held, or go with the next run."""
    settings = from_environment()
    database, office = _open(settings)
    with database.reading() as session:
        for line in forecast(session, at=office.at):
            click.echo(
                f"{line.rule.value:<10} kept {line.days} days: {line.soon} expire within 30 days, "
                f"{line.over} are over."
            )
        click.echo(f"The next run deletes {nightly.count_ripe(session, office=office)}.")
        periods = read_periods(session)
        over = count_over(session, periods=periods, at=office.at)
        days = periods.length(RetentionRule.JOURNAL).days
        click.echo(f"{'journal':<10} kept {days} days: {over} entries are over.")


@group.command("run")
def run() -> None:
    """Delete what was kept long enough; it may be stopped at any moment and run again."""
    settings = from_environment()
    database, office = _open(settings)
    with database.reading() as session:
        length = nightly.count_ripe(session, office=office)
    with _told(), shown(length, "Deleting") as moved:
        gone = nightly.keep(database, office=office, folder=settings.purged, moved=moved)
    click.echo(f"{gone} cases were deleted.")


@group.command("replay")
def replay() -> None:
    """Delete again what the purge list names: after an older backup was put in place."""
    settings = from_environment()
    database, office = _open(settings)
    with database.reading() as session:
        length = session.scalar(select(func.count()).select_from(Case)) or 0
    with _told(), shown(length, "Looking") as moved:
        done = replaying.replay(database, office=office, folder=settings.purged, moved=moved)
    click.echo(
        f"{done.cases} cases were deleted again; {done.withdrawn} letters were taken back; of "
        f"{done.writers} others it was destroyed who wrote; {done.answers} answers are told to "
        f"nobody any more; {done.entries} entries of the journal were trimmed."
    )


def _open(settings: Settings) -> tuple[Database, Office]:
    """The database, and the office of this moment. Raises Plain for keys of the public process."""
    database = open_database(settings)
    ring = open_ring(settings, database)
    with database.reading() as session:
        office = open_office(session, ring=ring)
    if ring.search_key is None:
        raise Plain("These keys cannot delete: set PORTAL_KEYS=keys/worker and try again.")
    return database, office


@contextmanager
def _told() -> Iterator[None]:
    """Tell what hinders in one sentence."""
    try:
        yield
    except (OSError, Undecided, KeyFault) as error:
        raise Plain(f"Nothing more was deleted: {error}".rstrip(".") + ".") from error
