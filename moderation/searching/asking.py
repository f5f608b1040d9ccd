"""Searching for somebody: what they may see and find, newest first, with a piece of the text.

A page costs the same few statements whatever there is, and opens no more than it shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Row as AnyRow
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.cursors import Cursor
from moderation.listing import Places, Row, places_of, rows_of
from moderation.office import Office
from moderation.papers import open_internal_keys, tell_shut
from moderation.searching.finding import find_entries, match_of
from moderation.searching.marking import Marker, Snippet
from moderation.searching.question import Question
from moderation.searching.sheets import Sheet, open_sheet
from moderation.searching.terms import Terms
from moderation.titling import headline
from portal.models.case import Room
from portal.vault import CannotOpen
from portal.vocabulary import OrganisationKind, Role

PER_PAGE: Final = 20


@dataclass(frozen=True)
class Hit:
    """One case that was found. ``snippet`` is empty where its text does not open."""

    row: Row
    snippet: Snippet | None

    @property
    def exact(self) -> bool:
        """Whether it holds the words with the very diacritics that were typed."""
        return self.snippet is not None and self.snippet.exact


@dataclass(frozen=True)
class Found:
    """A page of what was found from where, and the cursors of its neighbours, if there are any."""

    hits: tuple[Hit, ...] = ()
    places: Places | None = None
    earlier: Cursor | None = None
    later: Cursor | None = None


def searcher(person: Person, room: Room) -> Person:
    """A person with those roles alone that search in a room: moderators, and commissions.

    A cell's committee does not search: it is sent what it has to know.
    """
    role = Role.MODERATOR if room is Room.DESK else Role.COMMITTEE
    grants = tuple(
        grant
        for grant in person.grants
        if grant.role is role and (room is Room.DESK or grant.kind is OrganisationKind.COMMISSION)
    )
    return replace(person, grants=grants)


def search(
    session: Session,
    *,
    office: Office,
    person: Person,
    room: Room,
    question: Question,
    cursor: Cursor | None = None,
) -> Found:
    """A page of at most twenty cases, in four statements, in five for a commission.

    A cursor behind the last case leads to the first page.
    """
    by = searcher(person, room)
    places = places_of(session, person=by, room=room)
    if not places.all:
        return Found()
    match = match_of(question, terms=Terms(office.ring.search), person=by, places=places)
    back = cursor is not None and cursor.back
    entries = find_entries(
        session, match=match, person=by, places=places, cursor=cursor, most=PER_PAGE + 1
    )
    if not entries and cursor is not None:
        return search(session, office=office, person=person, room=room, question=question)
    more, entries = len(entries) > PER_PAGE, entries[:PER_PAGE]
    if back:
        entries.reverse()
    if not entries:
        return Found()
    return Found(
        hits=_hits(session, office, by, places, question, entries),
        places=places,
        earlier=Cursor(entries[0].id, back=True) if (more if back else cursor) else None,
        later=Cursor(entries[-1].id) if back or more else None,
    )


def _hits(
    session: Session,
    office: Office,
    person: Person,
    places: Places,
    question: Question,
    entries: list[AnyRow[Any]],
) -> tuple[Hit, ...]:
    """The cases of a page with what was found in each; those that only seemed to match go."""
    keys = open_internal_keys(session, office=office, case_ids=[each.case_id for each in entries])
    marker, snippets, titles = Marker(question), {}, dict[int, str | None]()
    for entry in entries:
        sheet = _opened(keys, entry)
        snippet = marker.find(sheet) if sheet else None
        if sheet is None or snippet is not None:
            snippets[entry.case_id] = snippet
            titles[entry.case_id] = headline(sheet.title) if sheet else None
    rows = rows_of(session, office=office, person=person, places=places, titles=titles)
    return tuple(Hit(rows[number], snippet) for number, snippet in snippets.items())


def _opened(keys: Mapping[int, bytes], entry: AnyRow[Any]) -> Sheet | None:
    """The sheet of an entry, or nothing and one line in the log."""
    try:
        return open_sheet(keys[entry.case_id], entry.id, entry.sheet)
    except (KeyError, CannotOpen):
        tell_shut(entry.case_id, "what is found by search")
        return None
