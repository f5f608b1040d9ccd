"""Handing out a file: written down first, then opened piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from sqlalchemy.orm import Session

from moderation import journal
from moderation.access import Person, relate
from moderation.attachments import CaseFile, files_for_committee, files_for_desk
from moderation.files.finding import pick
from moderation.office import Office
from moderation.papers import CaseKeys
from portal.files.naming import own_name
from portal.files.sealing import opened_pieces
from portal.files.storing import FileStore, Gone
from portal.models import Case
from portal.models.case import Room
from portal.vault import CannotOpen
from portal.vocabulary import Deed


@dataclass(frozen=True, repr=False)
class Opened:
    """A file on its way to a reader: what it is, its neutral name, and its bytes."""

    name: str
    mimetype: str
    size: int
    pieces: Iterable[bytes]


def open_file(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    store: FileStore,
    room: Room,
    file_id: int | None,
) -> Opened:
    """One file of a case, for somebody who sees the case from this room, written down.

    Raises NoSuchFile where the room's list does not hold it, and CannotOpen where the file is gone
    or was changed; a change further on ends the bytes with CannotOpen.
    """
    found = pick(_listed(session, office, keys, case, by, room), file_id)
    pieces = _pieces(store, found)
    opened = Opened(
        name=own_name(found.kind, found.number),
        mimetype=found.kind.mimetype,
        size=found.size,
        pieces=chain([next(pieces)], pieces),
    )
    journal.write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.FILE_OPENED,
        account_id=by.account_id,
        case=case,
        organisation_id=case.desk_id if room is Room.DESK else case.handler_id,
    )
    return opened


def _listed(
    session: Session, office: Office, keys: CaseKeys, case: Case, by: Person, room: Room
) -> tuple[CaseFile, ...]:
    """The files that somebody has from a room."""
    if room is Room.DESK:
        return files_for_desk(session, office=office, keys=keys, case=case)
    reviews = relate(session, person=by, case=case).reviews
    return files_for_committee(session, office=office, keys=keys, case=case, reviews=reviews)


def _pieces(store: FileStore, file: CaseFile) -> Iterator[bytes]:
    """The file, piece by piece."""
    try:
        yield from opened_pieces(file.key or b"", file.uid, store.get(file.uid.hex()))
    except Gone as error:
        raise CannotOpen("a file is gone") from error
