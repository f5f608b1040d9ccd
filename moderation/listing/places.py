"""From where a person looks into a room: the organisations of their grants, none twice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from moderation.access import ROOM_OF, Person
from moderation.register import line
from portal.models import Organisation
from portal.models.case import Room
from portal.prepared import Prepared, numbered


@dataclass(frozen=True)
class Places:
    """``tops`` are the organisations that lie below no other of the same role.

    ``within`` are those that do, with the tops above them. They matter where a case may be seen
    from one organisation and not from those above it: restricted ones, in the committees' room.
    """

    room: Room
    tops: tuple[int, ...]
    within: tuple[int, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[int, ...]:
        """Every organisation to look from."""
        return self.tops + self.within


def places_of(session: Session, *, person: Person, room: Room) -> Places:
    """The places of a person in a room, in one statement."""
    granted = {
        organisation_id
        for role, place in ROOM_OF.items()
        if place is room
        for organisation_id in person.organisations(role)
    }
    named = numbered("place", sorted(granted))
    rows = _asked(tuple(named)).rows(session, **named) if granted else []
    tops = tuple(row.id for row in rows if not _above(row.path) & granted)
    within = tuple(row.id for row in rows if _above(row.path) & granted)
    return Places(
        room=room,
        tops=tops,
        within=within if room is Room.COMMITTEE else (),
        names=tuple(row.name for row in rows if row.id in tops),
    )


@lru_cache(maxsize=32)
def _asked(names: tuple[str, ...]) -> Prepared:
    """The statement about so many organisations, made ready."""
    chosen = Organisation.id.in_([bindparam(name) for name in names])
    wanted = select(Organisation.id, Organisation.path, Organisation.name).where(chosen)
    return Prepared(wanted.order_by(Organisation.path))


def _above(path: str) -> set[int]:
    """Everything above an organisation."""
    return set(line(path)[:-1])
