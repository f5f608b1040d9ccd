"""Commands about the register: bringing a file in where it is too large for a browser."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import identify
from moderation.importing import arriving, choosing, confirming, previewing
from moderation.importing.about import about_of
from moderation.importing.finding import lines_of
from moderation.importing.keeping import TAKEN
from moderation.importing.row_limits import Fault
from moderation.importing.starting import Busy
from moderation.office import Office
from moderation.opening import open_office
from moderation.terminal import Plain, open_database, open_ring, shown
from portal.clock import now
from portal.config import from_environment
from portal.db import Database
from portal.files.storing import CannotStore, FileStore
from portal.models import Account, RegisterImport
from portal.models.register_import import ImportKind, ImportState, Verdict
from portal.vocabulary import Role

group = AppGroup("register", help="Care for the register of members and organisations.")

#: So many problems are told; whoever has more begins with these.
_TOLD = 20


@group.command("import")
@click.argument(
    "path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--account", "login", required=True, help="Login of the registrar who brings it.")
@click.option("--kind", type=click.Choice([kind.value for kind in ImportKind]), default="members")
@click.option("--confirm", is_flag=True, help="Write it, if there is no problem.")
def bring(path: Path, login: str, kind: str, confirm: bool) -> None:
    """Compare FILE (CSV or XLSX) with the register, and say what would change.

    Its columns are told by their heads. Nothing is written without --confirm, and nothing at all
    while a row has a problem. A command that was cut short is begun again from the beginning.
    """
    settings = from_environment()
    database = open_database(settings)
    ring = open_ring(settings, database)
    if not ring.private:
        raise Plain("These keys cannot open files: set PORTAL_KEYS=keys/worker and try again.")
    files = FileStore(settings.files)
    with database.reading() as session:
        office = open_office(session, ring=ring)
    with path.open("rb") as given:
        number, length = _enter(database, office, files, given, path.name, login, ImportKind(kind))
    with shown(length, "Comparing") as advance:
        previewing.preview(database, office=office, files=files, import_id=number, progress=advance)
    row = _told(database, office, number)
    if confirm and confirming.may_confirm(row):
        _write(database, office, files, number)


def _enter(
    database: Database,
    office: Office,
    files: FileStore,
    given: BinaryIO,
    name: str,
    login: str,
    kind: ImportKind,
) -> tuple[int, int]:
    """Take the file in; the number of the import, and about how many rows it has. Raises Plain."""
    try:
        arrived = arriving.arrive(files, given=given, name=name, kind=kind)
    except (Fault, Busy, CannotStore) as error:
        raise Plain(_sentence(error)) from error
    with database.writing() as session:
        by = identify(
            session,
            search=office.ring.search,
            account=_registrar(session, login),
            today=office.today,
        )
        if not by.has(Role.REGISTRAR):
            raise Plain(f"{login} is no registrar.")
        row = arriving.enter(session, office=office, by=by, kind=kind, arrived=arrived)
        chosen = {place: name for name, place in row.plan["columns"].items()}
        wrong = choosing.choose_columns(row, about=about_of(office, row), chosen=chosen)
        if wrong:
            raise Plain(f"No column is named as {wrong[0][0]}: see the example file.")
        # The worker leaves it alone.
        row.taken_until = office.at + TAKEN
        return row.id, row.rows_there


def _registrar(session: Session, login: str) -> Account:
    """The account with a login. Raises Plain."""
    account = session.scalars(select(Account).where(Account.login == login)).one_or_none()
    if account is None or not account.active:
        raise Plain(f"There is no account {login}.")
    return account


def _told(database: Database, office: Office, number: int) -> RegisterImport:
    """Say what the preview came to. Raises Plain where the file could not be read."""
    with database.reading() as session:
        row = session.get_one(RegisterImport, number)
        problems = []
        if row.tally.get(Verdict.PROBLEM):
            problems = lines_of(
                session, office=office, row=row, verdict=Verdict.PROBLEM, most=_TOLD
            )
    if row.state is not ImportState.READY:
        fault = row.fault or {"code": "interrupted"}
        raise Plain(_sentence(Fault(fault["code"], int(fault.get("row", 0)))))
    told = {name: row.tally.get(name, 0) for name in ("rows", "add", "change", "same", "problem")}
    click.echo(", ".join(f"{name}: {count}" for name, count in told.items()))
    for line in problems:
        for column, code, value in line.body["faults"]:
            click.echo(f"row {line.number}, {column}: {code} {value}".rstrip())
    return row


def _write(database: Database, office: Office, files: FileStore, number: int) -> None:
    """Write it, or say that it has to be looked at again."""
    with database.writing() as session:
        row = session.get_one(RegisterImport, number)
        confirming.confirm(row)
        row.taken_until = now() + TAKEN
    ended = confirming.carry_out(database, office=office, files=files, import_id=number)
    if ended is not ImportState.DONE:
        raise Plain("The register was changed meanwhile: nothing was written. Begin again.")
    click.echo("Everything was written.")


def _sentence(error: Exception) -> str:
    """Why a file cannot be read."""
    if not isinstance(error, Fault):
        return "The file could not be taken: try again in a minute."
    place = f" at row {error.row}" if error.row else ""
    return f"The file cannot be read{place}: {error.code.replace('_', ' ')}. Nothing was changed."
