"""What the frame of every staff page says: whose page it is, and which desks it names."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from moderation.access import Person
from moderation.appraising.standing import seats
from moderation.reports.reading import places_of
from moderation.views.here import look
from moderation.views.onward import DESK_OF
from portal.vocabulary import OrganisationKind, Role

_ROOM = "staff_room"
#: The front page of the public room; where it is, the app has both rooms.
_PUBLIC_FRONT = "home"
_ONWARD = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Me:
    """What the head of every page says of the person."""

    name: str
    role_label: str


def frame_pages(app: Flask, blueprints: frozenset[str]) -> None:
    """Tell the templates of these blueprints, and error pages of the staff room, their frame."""
    app.extensions[_ROOM] = blueprints
    app.context_processor(_of_page)
    app.after_request(_without_words)


def role_label(person: Person) -> str:
    """The roles of a person in the order of the vocabulary; a commission is named as one."""
    labels = [
        str(grant.kind.label if _inspects(grant.role, grant.kind) else role.label)
        for role in Role
        for grant in person.grants
        if grant.role is role
    ]
    return ", ".join(dict.fromkeys(labels))


def _of_page() -> dict[str, object]:
    """The frame of a staff page; nothing for a page of the public room.

    A page that does not exist belongs to the room of whoever asks for it, so that it is the same
    as one that may not be seen. While the database does not answer a page does without the person.
    """
    alone = _PUBLIC_FRONT not in current_app.blueprints
    ours = alone or request.blueprint in current_app.extensions[_ROOM]
    if not ours and request.blueprint is not None:
        return {}
    try:
        found = look()
    except SQLAlchemyError:
        found = None
    if not ours and found is None:
        return {}
    me = Me(found.person.name, role_label(found.person)) if found else None
    return {"layout": "desk_base.html", "me": me, "desks": _desks(found.person) if found else []}


def _without_words(response: Response) -> Response:
    """Send browsers on without the library's English page, which nobody is meant to read."""
    if response.status_code in _ONWARD:
        response.data = b""
    return response


def _desks(person: Person) -> list[str]:
    """The desks that the head names. Settings are named to administrators only."""
    found = [desk for role, desk in DESK_OF.items() if person.has(role)]
    found += ["reviews"] if seats(person) else []
    found += ["reports"] if places_of(person) else []
    return [*found, "settings"] if person.has(Role.ADMINISTRATOR) else found


def _inspects(role: Role, kind: OrganisationKind) -> bool:
    """Whether a grant makes its holder an inspector."""
    return role is Role.COMMITTEE and kind is OrganisationKind.COMMISSION
