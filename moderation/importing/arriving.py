"""A file on its way in: what it is, its first rows, sealed, and which column is what.

Nothing of it is compared yet. What stands in columns that are never read is forgotten here, before
anything of the file is written down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, BinaryIO

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.importing.about import About, Column, Sheet, seal_about
from moderation.importing.choosing import plan_of
from moderation.importing.columns import (
    guess,
    header_row,
    is_never_read,
    looks_personal,
    missing,
    numbers_of_people,
)
from moderation.importing.row_limits import Fault
from moderation.importing.starting import Glimpse, look_into
from moderation.office import Office
from portal.files.sealing import sealed_pieces
from portal.files.storing import FileStore
from portal.models import RegisterImport
from portal.models.register_import import ImportKind, ImportState, SheetFormat
from portal.text import is_legacy_encoding, one_line
from portal.vault import new_key, new_uid, seal_box

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
#: So many values of a column are shown beside its head.
_SAMPLES, _LONGEST = 3, 40
_LONGEST_NAME = 100
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf")


@dataclass(frozen=True, repr=False)
class Arrived:
    """A file that lies in the store, with what its row will hold."""

    name: str
    uid: bytes
    key: bytes
    form: SheetFormat
    about: About


def arrive(store: FileStore, *, given: BinaryIO, name: str, kind: ImportKind) -> Arrived:
    """Look into a file and put it into the store, sealed. Raises Fault, Busy and CannotStore; then
    nothing of it is kept.
    """
    form = _form_of(given)
    sheets = [_sheet(kind, each) for each in look_into(given, form)]
    filled = tuple(sheet for sheet in sheets if sheet.columns)
    if not filled:
        raise Fault("empty")
    key, uid = new_key(), new_uid()
    given.seek(0)
    store.put(uid.hex(), sealed_pieces(key, uid, given))
    return Arrived(_called(name), uid, key, form, About(tuple(sheets)))


def enter(
    session: Session, *, office: Office, by: Person, kind: ImportKind, arrived: Arrived
) -> RegisterImport:
    """Make an import of a file in the store, with the columns as their heads say."""
    version = max(office.ring.public)
    row = RegisterImport(
        account_id=by.account_id,
        kind=kind,
        state=ImportState.MAPPING,
        at=office.at,
        name=arrived.name,
        uid=arrived.uid,
        key_version=version,
        box=seal_box(office.ring.public[version], arrived.key, "register_import", arrived.uid),
        form=arrived.form,
    )
    row.about = seal_about(arrived.key, arrived.uid, arrived.about)
    sheet = next(at for at, each in enumerate(arrived.about.sheets) if each.columns)
    row.plan, row.rows_there = (
        plan_of(kind, arrived.about, sheet),
        arrived.about.sheets[sheet].length,
    )
    session.add(row)
    session.flush()
    return row


def _called(name: str) -> str:
    """What a file is called, without the folders that some browsers send along, at most so long."""
    return one_line(name.replace("\\", "/").rpartition("/")[2])[:_LONGEST_NAME]


def _form_of(given: BinaryIO) -> SheetFormat:
    """How a file is written, by its first bytes. Raises Fault for one that is no sheet."""
    given.seek(0)
    start = given.read(8)
    if not start:
        raise Fault("empty")
    if start.startswith(_OLD_EXCEL):
        raise Fault("old_excel")
    if start.startswith(_BINARY):
        raise Fault("no_sheet")
    return SheetFormat.XLSX if start.startswith(_ZIP) else SheetFormat.CSV


def _sheet(kind: ImportKind, glimpse: Glimpse) -> Sheet:
    """What is remembered of a sheet."""
    rows = [(number, [_shown(cell) for cell in cells]) for number, cells in glimpse.rows]
    if not rows:
        return Sheet(glimpse.name, 0, (), 0)
    at = header_row(kind, [cells for _number, cells in rows])
    number, heads = rows[at]
    _check_letters(kind, number, heads)
    below = [cells for _number, cells in rows[at + 1 :]]
    width = max(len(cells) for cells in [heads, *below])
    columns = tuple(_column(place, heads, below) for place in range(width))
    return Sheet(glimpse.name, number, columns, max(glimpse.length - number, len(below)))


def _check_letters(kind: ImportKind, row: int, heads: list[str]) -> None:
    """Refuse a head that nobody recognises because it was typed in an old font. Raises Fault.

    The names of people below would be told row by row; what the columns are must be said first.
    """
    if missing(kind, guess(kind, heads)) and is_legacy_encoding(" ".join(heads)):
        told = (at for at, head in enumerate(heads, start=1) if is_legacy_encoding(head))
        raise Fault("old_letters", row, next(told, 1))


def _column(place: int, heads: list[str], below: list[list[str]]) -> Column:
    """One column. Of one that is never read only the head is kept."""
    head = heads[place] if place < len(heads) else ""
    values = [cells[place] for cells in below if place < len(cells)]
    if is_never_read(head) or numbers_of_people(values):
        return Column("" if looks_personal(head) else head[:_LONGEST], (), never=True)
    shown = dict.fromkeys(value[:_LONGEST] for value in values if value)
    return Column(head[:_LONGEST], tuple(shown)[:_SAMPLES])


def _shown(cell: Any) -> str:
    """What stands in a cell, for a person who says what the column is."""
    if isinstance(cell, str):
        return one_line(cell)
    return str(cell[1]) or "="
