"""Looking at lists as somebody of the ward does, for the tests of this folder."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from moderation.listing import (
    LISTS,
    Cursor,
    List,
    Page,
    Tallies,
    Wanted,
    count,
    places_of,
    turn_to,
)
from portal.models.case import Room
from tests.moderation.ward import Ward

DESK, COMMITTEE = LISTS[Room.DESK], LISTS[Room.COMMITTEE]


def page_for(
    ward: Ward,
    session: Session,
    login: str,
    wanted: Wanted | List,
    *,
    room: Room = Room.DESK,
    cursor: Cursor | None = None,
) -> Page:
    """A page of a list as somebody sees it."""
    person = ward.person(session, login)
    return turn_to(
        session,
        office=ward.office,
        person=person,
        places=places_of(session, person=person, room=room),
        wanted=Wanted(wanted) if isinstance(wanted, List) else wanted,
        cursor=cursor,
    )


def ids_of(page: Page) -> list[int]:
    """The cases of a page, in order."""
    return [row.case_id for row in page.rows]


def tallies_for(ward: Ward, session: Session, login: str, room: Room = Room.DESK) -> Tallies:
    """The numbers that somebody sees beside the lists."""
    person = ward.person(session, login)
    places = places_of(session, person=person, room=room)
    return count(session, person=person, places=places, at=ward.at)


def in_hours(ward: Ward, number: float) -> datetime:
    """So many hours from now; before now when it is negative."""
    return ward.at + timedelta(hours=number)
