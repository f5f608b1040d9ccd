"""Which entries are wanted, chosen along one index, so that a page costs the same at any length.

What narrows most decides which index is walked along, newest first: the case, the person, the
account, the deed, a few places, or the journal itself. Everything else is compared row by row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    exists,
    false,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from moderation.access import Person, not_excluded
from moderation.cursors import Cursor
from moderation.register import below
from portal.clock import VIETNAM
from portal.models import Account, Case, JournalEntry, Organisation
from portal.text import fold
from portal.vocabulary import Deed, Role

#: So many people or places are walked along one by one; more of them are a good part of all.
_FEW = 40
#: Entries follow each other in time, but for how far the clocks of our processes may be apart.
_APART = timedelta(minutes=10)

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Wanted:
    """By what the journal is narrowed; whole days of Vietnam, both included.

    ``who`` did it and ``about`` whose account: a login, or part of a name. A place is meant with
    everything below it.
    """

    who: str = ""
    about: str = ""
    deed: Deed | None = None
    case_id: int | None = None
    place_id: int | None = None
    since: date | None = None
    until: date | None = None


class Choice:
    """The entries that one auditor wants and may read: looked up once, chosen page by page."""

    def __init__(self, session: Session, *, by: Person, wanted: Wanted) -> None:
        """Look up whom and which places the words mean, in at most three statements."""
        self._by, self._wanted = by, wanted
        self._who = _people(session, wanted.who)
        self._about = _people(session, wanted.about)
        self._scope = _scope(by, wanted.place_id)
        self._places = list(session.scalars(self._scope.limit(_FEW + 1)))

    def entries(self, *, cursor: Cursor | None, limit: int) -> Subquery:
        """The ids of the next entries: newest first, or oldest first where a cursor goes back."""
        back = cursor is not None and cursor.back
        order = JournalEntry.id if back else JournalEntry.id.desc()
        rest = [*self._conditions(), *_beyond(cursor)]
        ways = [
            select(
                select(JournalEntry.id).where(*way, *rest).order_by(order).limit(limit).subquery()
            )
            for way in self._ways()
        ]
        return union_all(*ways).subquery()

    def _ways(self) -> list[list[Condition]]:
        """The ranges of one index along which entries are looked for."""
        wanted = self._wanted
        if wanted.case_id is not None:
            return [[JournalEntry.case_id == wanted.case_id]]
        if self._who is not None and len(self._who) <= _FEW:
            return _each(JournalEntry.account_id, self._who)
        if self._about is not None and len(self._about) <= _FEW:
            return _each(JournalEntry.subject_id, self._about)
        if wanted.deed is not None:
            return [[JournalEntry.deed == wanted.deed]]
        if len(self._places) <= _FEW:
            return _each(JournalEntry.organisation_id, self._places)
        return [[]]

    def _conditions(self) -> list[Condition]:
        """What every entry must be, compared row by row."""
        wanted = self._wanted
        found = [
            _plain(JournalEntry.organisation_id).in_(self._scope),
            not_excluded(self._by, JournalEntry.case_id),
            *self._of_cases_that_are_there(),
        ]
        if wanted.who:
            found.append(_plain(JournalEntry.account_id).in_(_named(wanted.who)))
        if wanted.about:
            found.append(_plain(JournalEntry.subject_id).in_(_named(wanted.about)))
        if wanted.deed is not None:
            found.append(_plain(JournalEntry.deed) == wanted.deed)
        return [*found, *_between(wanted.since, wanted.until)]

    def _of_cases_that_are_there(self) -> list[Condition]:
        """Nothing about deleted cases, for an auditor who is tied to anybody.

        What hid some of them went with them, and shown now they would tell which ones those were.
        """
        there = exists().where(Case.id == JournalEntry.case_id)
        return [or_(JournalEntry.case_id.is_(None), there)] if self._by.tied else []


def _scope(by: Person, place_id: int | None) -> Select[int]:
    """The places of an auditor or, of those, one with everything below it."""
    scope = below(by.organisations(Role.AUDITOR))
    if place_id is None:
        return scope
    number = Organisation.id
    return select(number).where(number.in_(scope), number.in_(below([place_id])))


def _people(session: Session, words: str) -> list[int] | None:
    """The accounts that words mean, one too many where they are many; none without words."""
    return list(session.scalars(_named(words).limit(_FEW + 1))) if words else None


def _named(words: str) -> Select[int]:
    """The accounts with this login, or with these words in their name."""
    name = fold(words)
    return select(Account.id).where(
        or_(Account.login == words.lower(), Account.folded.contains(name, autoescape=True))
    )


def _each(column: Any, values: Iterable[int]) -> list[list[Condition]]:
    """One range for each value; nothing at all where there is none."""
    return [[column == value] for value in values] or [[false()]]


def _beyond(cursor: Cursor | None) -> list[Condition]:
    """That an entry lies on the wanted side of a cursor."""
    if cursor is None:
        return []
    if cursor.back:
        return [JournalEntry.id > cursor.row_id]
    return [JournalEntry.id < cursor.row_id]


def _between(since: date | None, until: date | None) -> list[Condition]:
    """That an entry was written on these days: the part of the journal, then the very moment."""
    found: list[Condition] = []
    at, number = JournalEntry.at, JournalEntry.id
    if since is not None:
        start = _beginning(since)
        first = select(number).where(at >= start - _APART).order_by(at, number).limit(1)
        found += [number >= first.scalar_subquery(), _plain(at) >= start]
    if until is not None:
        end = _beginning(until + timedelta(days=1))
        last = select(number).where(at < end + _APART).order_by(at.desc(), number.desc()).limit(1)
        found += [number <= last.scalar_subquery(), _plain(at) < end]
    return found


def _plain(column: Any) -> Any:
    """A column as a value that no index is walked along for."""
    return func.coalesce(column, column)


def _beginning(day: date) -> datetime:
    """The moment at which a day begins in Vietnam."""
    return datetime.combine(day, time.min, VIETNAM)
