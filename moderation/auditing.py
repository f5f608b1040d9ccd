"""Reading the journal: what an auditor sees of it, page by page or as rows of a sheet.

An auditor reads what was done at their organisation or below, and nothing about a case from which
they are excluded: that there is such a case is not told either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from moderation.access import Person, not_excluded
from moderation.cursors import Cursor
from moderation.register import below
from portal.clock import start_of
from portal.models import Account, JournalEntry, Organisation
from portal.models.submission import reference_of
from portal.text import fold
from portal.vocabulary import Deed, Role

PAGE = 50
_AT_ONCE = 500


@dataclass(frozen=True)
class Wanted:
    """By what the journal is narrowed; whole days of Vietnam, both included."""

    who: str = ""
    deed: Deed | None = None
    case_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Line:
    """One deed as an auditor reads it."""

    id: int
    at: datetime
    who: str
    login: str
    deed: Deed
    reference: str
    place: str


@dataclass(frozen=True)
class Page:
    """Some lines, newest first, and where the journal goes on in both directions."""

    lines: tuple[Line, ...] = ()
    earlier: Cursor | None = None
    later: Cursor | None = None


def turn_to(session: Session, *, by: Person, wanted: Wanted, cursor: Cursor | None) -> Page:
    """A page of the journal, in one statement."""
    rows, back = _entries(by, wanted), cursor is not None and cursor.back
    if cursor is not None:
        near = JournalEntry.id > cursor.row_id if back else JournalEntry.id < cursor.row_id
        rows = rows.where(near)
    order = JournalEntry.id if back else JournalEntry.id.desc()
    found = [_line(row) for row in session.execute(rows.order_by(order).limit(PAGE + 1))]
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
    rows, last = _entries(by, wanted).order_by(JournalEntry.id.desc()).limit(_AT_ONCE), None
    while True:
        some = rows if last is None else rows.where(JournalEntry.id < last)
        found = [_line(row) for row in session.execute(some)]
        yield from found
        if len(found) < _AT_ONCE:
            return
        last = found[-1].id


def _entries(by: Person, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    """The entries that this auditor may read, narrowed."""
    rows = (
        select(
            JournalEntry.id,
            JournalEntry.at,
            JournalEntry.deed,
            JournalEntry.case_id,
            Account.name,
            Account.login,
            Organisation.short_name,
        )
        .join(Account, Account.id == JournalEntry.account_id)
        .join(Organisation, Organisation.id == JournalEntry.organisation_id)
        .where(
            JournalEntry.organisation_id.in_(below(by.organisations(Role.AUDITOR))),
            not_excluded(by, JournalEntry.case_id),
        )
    )
    if wanted.who:
        name = fold(wanted.who)
        rows = rows.where(
            or_(Account.login == wanted.who.lower(), Account.folded.contains(name, autoescape=True))
        )
    if wanted.deed is not None:
        rows = rows.where(JournalEntry.deed == wanted.deed)
    if wanted.case_id is not None:
        rows = rows.where(JournalEntry.case_id == wanted.case_id)
    if wanted.since is not None:
        rows = rows.where(JournalEntry.at >= start_of(wanted.since))
    if wanted.until is not None:
        rows = rows.where(JournalEntry.at < start_of(wanted.until + timedelta(days=1)))
    return rows


def _line(row: Any) -> Line:
    """One entry as a line."""
    return Line(
        id=row.id,
        at=row.at,
        who=row.name,
        login=row.login,
        deed=row.deed,
        reference=reference_of(row.case_id) if row.case_id else "",
        place=row.short_name,
    )
