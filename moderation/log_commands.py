"""Commands about what is only ever added to: the public log, and the journal of the staff."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from moderation import appending, verifying
from moderation.terminal import Plain, open_database, open_ring, open_staff_ring, shown
from portal.clock import now
from portal.config import from_environment

ledger = AppGroup("ledger", help="Care for the public log.")
staff_journal = AppGroup("journal", help="Check what staff did.")


@ledger.command("verify")
def ledger_verify() -> None:
    """Name every event and row of the log that was altered, added, removed or reordered."""
    settings = from_environment()
    database = open_database(settings)
    ring = open_ring(settings, database)
    if not ring.private:
        raise Plain("These keys cannot open events: set PORTAL_KEYS=keys/worker and try again.")
    with database.reading() as session, shown(verifying.count_rows(session), "Checking") as moved:
        report = verifying.verify(session, ring=ring, moved=moved)
    for sentence in report.faults:
        click.echo(sentence)
    click.echo(
        f"Checked {report.events} events and {report.leaves} leaves: {len(report.faults)} faults, "
        f"{report.purged} purged, {report.waiting} not in the log yet."
    )
    if report.faults:
        sys.exit(1)


@staff_journal.command("verify")
def journal_verify() -> None:
    """Name every entry of the journal that was altered, added, removed, moved or cut off."""
    settings = from_environment()
    database = open_database(settings)
    ring = open_ring(settings, database)
    if ring.search_key is None:
        raise Plain("These keys cannot check the journal: set PORTAL_KEYS=keys/worker, try again.")
    with (
        database.reading() as session,
        shown(verifying.count_entries(session), "Checking") as moved,
    ):
        report = verifying.verify_journal(session, ring=ring, moved=moved)
    for sentence in report.faults:
        click.echo(sentence)
    click.echo(
        f"Checked {report.entries} entries, bound by the public log {report.anchors} times: "
        f"{len(report.faults)} faults."
    )
    if report.faults:
        sys.exit(1)


@ledger.command("hours")
@click.argument("hours", nargs=-1)
def ledger_hours(hours: tuple[str, ...]) -> None:
    """Say at which HOURS the log grows, or set them: 12:00 18:00, in Vietnamese time."""
    settings = from_environment()
    with open_database(settings).writing() as session:
        try:
            if hours:
                wanted = appending.parse_hours(hours)
                ring = open_staff_ring(settings)
                appending.set_hours(session, ring=ring, hours=wanted, at=now())
        except appending.BadHours as error:
            raise Plain(str(error)) from error
        kept = appending.read_hours(session)
    click.echo("The log grows at " + ", ".join(f"{hour:%H:%M}" for hour in kept) + ".")
