"""Writing the entries of a case: terms of what may be read, from where, and hidden from whom."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.searching.sheets import Sheet, read_sheet, seal_sheet
from moderation.searching.terms import Terms, mark_term, place_term, written
from moderation.units import pieces
from portal.db import dialect_of
from portal.models import (
    Case,
    CaseScope,
    Exclusion,
    Organisation,
    SearchEntry,
    SearchResidue,
    SearchStale,
)
from portal.models.case import Room
from portal.vocabulary import OrganisationKind

#: The rooms that are searched, and which scope rows a case is found by there. What waits in
#: quarantine is kept ready for the moment in which it is let through.
ROOMS = {
    Room.DESK: frozenset({Room.DESK, Room.QUARANTINE}),
    Room.COMMITTEE: frozenset({Room.COMMITTEE}),
}
#: So many cases are read and written together.
_BATCH = 1_000
_PLACE = {room: place for place, room in enumerate(ROOMS)}
_ROOM_AT = tuple(ROOMS)


def entry_of(case_id: int, room: Room) -> int:
    """The id of the entry of a case in a room."""
    return case_id * len(_PLACE) + _PLACE[room]


def index_case(session: Session, *, office: Office, keys: CaseKeys, case: Case) -> None:
    """Write both entries of a case as they must be now; delete what may not be found any more.

    A committee's entry is there only where a commission sees the case: cells do not search.
    """
    session.flush()
    filed = _filed(session, [case.id])[case.id]
    for room in ROOMS:
        sheet = None
        if room is Room.DESK or filed[room].commission:
            sheet = read_sheet(session, office=office, keys=keys, case=case, room=room)
        _write(session, office, keys, case, room, sheet, filed[room].terms)
    session.execute(delete(SearchStale).where(SearchStale.case_id == case.id))


def refile(session: Session, *, case_ids: Collection[int]) -> None:
    """Bring where cases are seen and whom they are hidden from up to their rows; their words stay.

    Only an entry of which that has changed is written.
    """
    session.flush()
    for some in pieces(sorted(case_ids), _BATCH):
        entries = session.execute(
            select(SearchEntry.id, SearchEntry.case_id, SearchEntry.filing)
            .where(SearchEntry.case_id.in_(some))
            .order_by(SearchEntry.id)
            .with_for_update(key_share=True)
        ).all()
        rooms = [_ROOM_AT[entry.id % len(_PLACE)] for entry in entries]
        filed = _filed(session, {entry.case_id for entry in entries}, rooms=set(rooms))
        changed = []
        for entry, room in zip(entries, rooms, strict=True):
            filing = written(filed[entry.case_id][room].terms)
            if filing != entry.filing:
                changed.append({"id": entry.id, "filing": filing})
        if changed:
            session.execute(update(SearchEntry), changed)


class _Filed:
    """From where a case is seen in one room, with its marks, as terms."""

    def __init__(self) -> None:
        self.terms = set[str]()
        self.commission = False


def _filed(
    session: Session, case_ids: Collection[int], *, rooms: Collection[Room] = tuple(ROOMS)
) -> dict[int, dict[Room, _Filed]]:
    """The terms of these rooms of each case, in two statements."""
    found = {number: {room: _Filed() for room in rooms} for number in case_ids}
    scopes = {scope: room for room in rooms for scope in ROOMS[room]}
    marks = select(Exclusion.case_id, Exclusion.mark).where(Exclusion.case_id.in_(case_ids))
    for case_id, mark in session.execute(marks):
        for filed in found[case_id].values():
            filed.terms.add(mark_term(mark))
    rows = session.execute(
        select(CaseScope.case_id, CaseScope.room, CaseScope.organisation_id, Organisation.kind)
        .join(Organisation, Organisation.id == CaseScope.organisation_id)
        .where(CaseScope.case_id.in_(case_ids), CaseScope.room.in_(scopes))
    )
    for case_id, scope, organisation_id, kind in rows:
        filed = found[case_id][scopes[scope]]
        filed.terms.add(place_term(scope, organisation_id))
        filed.commission |= kind is OrganisationKind.COMMISSION
    return found


def _write(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    room: Room,
    sheet: Sheet | None,
    filing: set[str],
) -> None:
    """Write, change or delete one entry."""
    entry_id = entry_of(case.id, room)
    entry = session.get(SearchEntry, entry_id, with_for_update={"key_share": True})
    before = frozenset(entry.words.split()) if entry else frozenset[str]()
    terms = frozenset[str]()
    if sheet is not None:
        texts = [passage.text for passage in sheet.passages]
        terms = Terms(office.ring.search).of(texts, sheet.names)
        entry = entry or SearchEntry(id=entry_id, case_id=case.id)
        entry.words, entry.filing = written(terms), written(filing)
        entry.sheet = seal_sheet(keys.internal, entry_id, sheet)
        session.add(entry)
    elif entry is not None:
        session.delete(entry)
    session.flush()
    if before - terms:
        _note_residue(session, office, entry_id)
    session.flush()


def _note_residue(session: Session, office: Office, entry_id: int) -> None:
    """Note that terms which are gone still lie in older parts of SQLite's index.

    PostgreSQL has no such parts: what is gone there goes with its own cleaning.
    """
    if dialect_of(session) == "sqlite":
        session.merge(SearchResidue(entry_id=entry_id, on=office.today, begun=False))
