"""Bringing a file of the sample into the register, by the verbs of the portal's own import."""

from __future__ import annotations

from tempfile import TemporaryFile

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person, identify
from moderation.importing import arriving, choosing, confirming, previewing, running
from moderation.importing.about import about_of
from moderation.importing.keeping import TAKEN
from moderation.office import Office
from portal.clock import now
from portal.db import Database
from portal.files.storing import FileStore
from portal.models import Account, Grant, RegisterImport
from portal.models.register_import import ImportKind, ImportState
from portal.vocabulary import Role


class NotBrought(Exception):
    """A file of the sample did not fit the register; the message says what became of it."""


def bring(
    database: Database,
    *,
    office: Office,
    files: FileStore,
    kind: ImportKind,
    name: str,
    content: bytes,
) -> None:
    """Let the registrar bring a file, compare it, and confirm what it adds. Raises NotBrought."""
    with TemporaryFile() as given:
        # Another process reads it, so it has to be a file of the machine.
        given.write(content)
        arrived = arriving.arrive(files, given=given, name=name, kind=kind)
    with database.writing() as session:
        by = registrar(session, office)
        row = arriving.enter(session, office=office, by=by, kind=kind, arrived=arrived)
        chosen = {place: column for column, place in row.plan["columns"].items()}
        choosing.choose_columns(row, about=about_of(office, row), chosen=chosen)
        row.taken_until = now() + TAKEN
        number = row.id
    previewing.preview(database, office=office, files=files, import_id=number)
    with database.writing() as session:
        row = session.get_one(RegisterImport, number)
        if not confirming.may_confirm(row):
            raise NotBrought(f"{name}: {row.state}, {row.fault}, {dict(row.tally)}")
        confirming.confirm(row)
    ended = confirming.carry_out(database, office=office, files=files, import_id=number)
    if ended is not ImportState.DONE:
        raise NotBrought(f"{name}: {ended}")
    running.tidy(database, files, at=office.at)


def registrar(session: Session, office: Office) -> Person:
    """The first registrar of the sample."""
    account = session.scalars(
        select(Account)
        .join(Grant, Grant.account_id == Account.id)
        .where(Grant.role == Role.REGISTRAR)
        .order_by(Account.id)
    ).first()
    if account is None:
        raise NotBrought("the sample has no registrar")
    return identify(session, search=office.ring.search, account=account, today=office.today)
