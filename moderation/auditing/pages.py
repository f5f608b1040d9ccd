"""The lines of the journal, some at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from moderation.access import Person
from moderation.auditing.choosing import Choice, Wanted
from moderation.cursors import Cursor
from portal.models import Account, JournalEntry, Member, Organisation
from portal.models.administration import RequestKind
from portal.models.submission import reference_of
from portal.vocabulary import Deed, OrganisationKind, Role

PAGE = 50
_AT_ONCE = 500


@dataclass(frozen=True)
class Somebody:
    """An account as a line names it."""

    name: str
    login: str


@dataclass(frozen=True)
class Line:
    """One deed as an auditor reads it.

    Nobody is known to have done what a command of the machine did, or who was refused. ``about``
    is the account of somebody else than who did it.
    """

    id: int
    at: datetime
    who: Somebody | None
    deed: Deed
    about: Somebody | None
    reference: str
    role: Role | None
    matter: RequestKind | None
    #: The member of the register whose entry was changed.
    member: str
    place: str
    place_kind: OrganisationKind


@dataclass(frozen=True)
class Page:
    """Some lines, newest first, and where the journal goes on in both directions."""

    lines: tuple[Line, ...] = ()
    earlier: Cursor | None = None
    later: Cursor | None = None


def turn_to(session: Session, *, by: Person, wanted: Wanted, cursor: Cursor | None) -> Page:
    """A page of the journal, in at most four statements."""
    choice = Choice(session, by=by, wanted=wanted)
    back = cursor is not None and cursor.back
    found = _lines(session, choice, cursor, PAGE + 1)
    more, found = len(found) > PAGE, found[:PAGE]
    if back:
        found.reverse()
    if not found:
        return Page()
    newer, older = (more, True) if back else (cursor is not None, more)
    return Page(
        lines=tuple(found),
        earlier=Cursor(found[0].id, back=True) if newer else None,
        later=Cursor(found[-1].id) if older else None,
    )


def every_line(session: Session, *, by: Person, wanted: Wanted) -> Iterator[Line]:
    """The whole of what was asked for, newest first, some hundred at a time."""
    choice, cursor = Choice(session, by=by, wanted=wanted), None
    while True:
        found = _lines(session, choice, cursor, _AT_ONCE)
        yield from found
        if len(found) < _AT_ONCE:
            return
        cursor = Cursor(found[-1].id)


def _lines(session: Session, choice: Choice, cursor: Cursor | None, limit: int) -> list[Line]:
    """The next lines, in one statement."""
    chosen = choice.entries(cursor=cursor, limit=limit)
    who, about = aliased(Account), aliased(Account)
    back = cursor is not None and cursor.back
    rows = session.execute(
        select(
            *(JournalEntry.id, JournalEntry.at, JournalEntry.deed, JournalEntry.case_id),
            *(JournalEntry.account_id, JournalEntry.subject_id),
            *(JournalEntry.role, JournalEntry.matter),
            *(who.name.label("who"), who.login.label("who_login")),
            *(about.name.label("about"), about.login.label("about_login")),
            Member.name.label("member"),
            *(Organisation.short_name, Organisation.kind),
        )
        .join(chosen, chosen.c.id == JournalEntry.id)
        .outerjoin(who, who.id == JournalEntry.account_id)
        .outerjoin(about, about.id == JournalEntry.subject_id)
        .outerjoin(Member, Member.id == JournalEntry.member_id)
        .join(Organisation, Organisation.id == JournalEntry.organisation_id)
        .order_by(chosen.c.id if back else chosen.c.id.desc())
        .limit(limit)
    )
    return [_line(row) for row in rows]


def _line(row: Any) -> Line:
    """One entry as a line."""
    others = row.subject_id is not None and row.subject_id != row.account_id
    return Line(
        id=row.id,
        at=row.at,
        who=Somebody(row.who, row.who_login) if row.account_id is not None else None,
        deed=row.deed,
        about=Somebody(row.about, row.about_login) if others else None,
        reference=reference_of(row.case_id) if row.case_id else "",
        role=row.role,
        matter=row.matter,
        member=row.member or "",
        place=row.short_name,
        place_kind=row.kind,
    )
