"""Handing the register out: written down first, then row by row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.exporting.books import workbook
from moderation.exporting.rows import (
    Line,
    head_of,
    member_lines,
    organisation_lines,
    plain,
    widths_of,
)
from moderation.journal import write_down
from moderation.office import Office
from portal.models.register_import import ImportKind, SheetFormat
from portal.spreadsheet import MARK, write_row
from portal.vocabulary import Deed, Role

_TITLES = {ImportKind.MEMBERS: "danh-sach-dang-vien", ImportKind.ORGANISATIONS: "danh-sach-to-chuc"}
_MIMETYPES = {
    SheetFormat.CSV: "text/csv",
    SheetFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write_export(session: Session, *, office: Office, by: Person) -> None:
    """Write down, at every place where somebody is registrar, that the register left the site."""
    for organisation_id in by.organisations(Role.REGISTRAR):
        write_down(
            session,
            ring=office.ring,
            at=office.at,
            deed=Deed.REGISTER_EXPORTED,
            account_id=by.account_id,
            organisation_id=organisation_id,
        )


def pieces(
    session: Session,
    *,
    office: Office,
    by: Person,
    kind: ImportKind,
    form: SheetFormat,
    on: date,
) -> Iterator[bytes]:
    """The file, some of it at a time. ``session`` reads as long as it is asked for."""
    gather = member_lines if kind is ImportKind.MEMBERS else organisation_lines
    lines = gather(session, by=by, on=on, today=office.today)
    if form is SheetFormat.XLSX:
        return workbook(_TITLES[kind], head_of(kind), widths_of(kind), lines)
    return _csv(head_of(kind), lines)


def mimetype_of(form: SheetFormat) -> str:
    """What a browser is told that it is."""
    return _MIMETYPES[form]


def name_of(kind: ImportKind, form: SheetFormat, on: date) -> str:
    """What the file is called."""
    return f"{_TITLES[kind]}-{on.isoformat()}.{form.value}"


def _csv(head: list[str], lines: Iterator[Line]) -> Iterator[bytes]:
    """The rows as text."""
    yield MARK + write_row(head)
    for line in lines:
        yield write_row(plain(cell) for cell in line)
