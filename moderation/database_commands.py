"""Commands about the database: its schema, and what the role of the public process may do."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from moderation import almanac, granting
from moderation.journal import write_down
from moderation.terminal import Plain, open_database, open_staff_ring
from portal import schema
from portal.clock import local_date, now
from portal.config import from_environment
from portal.revision import fault_of
from portal.rights import Undecided
from portal.vault import Ring
from portal.vocabulary import Deed

group = AppGroup("db", help="Care for the database.")


@group.command("upgrade")
def upgrade() -> None:
    """Bring the database to the newest schema."""
    database = open_database(from_environment(), checked=False)
    try:
        schema.upgrade(database)
        with database.writing() as session:
            almanac.keep(session, today=local_date(now()))
    except DatabaseError as error:
        raise Plain(fault_of(error)) from error
    click.echo(f"The database is at revision {schema.newest()}.")
    if database.engine.dialect.name == "postgresql":
        click.echo("Give the public process its rights anew: flask db grants ROLE --apply.")


@group.command("grants")
@click.argument("role")
@click.option("--apply", "carried_out", is_flag=True, help="Carry them out instead.")
def grants(role: str, carried_out: bool) -> None:
    """Print what gives ROLE the rights of the public process on PostgreSQL and takes all others."""
    settings = from_environment()
    database = open_database(settings)
    if database.engine.dialect.name != "postgresql":
        raise Plain("SQLite knows no roles: there the program itself holds the public process.")
    try:
        with database.writer.begin() as connection:
            if carried_out:
                granting.apply(connection, role=role)
                _write_down(connection, open_staff_ring(settings))
                click.echo(f"{role} has the rights of the public process and no others.")
            else:
                click.echo(";\n".join(granting.grants(connection, role=role)) + ";")
    except granting.NoSuchRole as error:
        raise Plain(f"There is no role {role}: make it with CREATE ROLE first.") from error
    except (granting.NotOurs, Undecided) as error:
        raise Plain(str(error)) from error
    except DatabaseError as error:
        raise Plain(fault_of(error)) from error


def _write_down(connection: Connection, ring: Ring) -> None:
    """Write into the journal that rights were given, in the transaction that gives them."""
    with Session(connection) as session:
        write_down(session, ring=ring, at=now(), deed=Deed.RIGHTS_GIVEN, account_id=None)
