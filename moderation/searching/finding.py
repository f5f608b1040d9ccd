"""Asking the database's own full-text index: one statement, whatever there is to be found.

From where a case is seen and whom it is hidden from are terms like the words, so that what somebody
may not see is no part of a match: it is not counted and fills no page. The rows of the lists are
asked once more for the few that were found; should the index ever be wrong, it hides too much.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Row, column, exists, select, text
from sqlalchemy.orm import Session

from moderation.access import Person, not_excluded
from moderation.cursors import Cursor
from moderation.listing import Places
from moderation.listing.shapes import Asked, Shape, viewer_values
from moderation.searching.question import Question
from moderation.searching.terms import Terms, mark_term, place_term
from portal.db import LARGEST_ID, dialect_of
from portal.models import CaseScope, SearchEntry
from portal.prepared import Prepared

#: So many of the nearest entries PostgreSQL reads one by one: a common word is found among them at
#: once. Only what is rarer is looked up as a whole and put into order.
_WALKED: Final = 500

#: SQLite walks its lists of entries together, from the newest on, and stops when a page is full.
_SQLITE = """
SELECT rowid AS id FROM search_index
WHERE search_index MATCH :match AND rowid {beyond} :edge
ORDER BY rowid {order} LIMIT :most
"""
#: The first part is read in the order in which it was made, and no further than a page needs; the
#: second is not begun when the first fills the page. Set apart, it can only go by the index of
#: terms: with the order or the id in it, PostgreSQL would walk through all cases for a rare word.
_POSTGRESQL = """
WITH walked AS MATERIALIZED (
  SELECT id, search_index FROM search_entry WHERE id {beyond} :edge
  ORDER BY id {order} LIMIT :walked
), rest AS MATERIALIZED (
  SELECT id FROM search_entry WHERE search_index @@ CAST(:match AS tsquery)
)
SELECT id FROM (
  (SELECT id FROM walked WHERE search_index @@ CAST(:match AS tsquery))
  UNION ALL
  (SELECT id FROM rest WHERE id {beyond} (SELECT {last}(id) FROM walked) ORDER BY id {order})
) AS found LIMIT :most
"""
#: In which direction a page goes, in the words of both.
_ON: Final = {"beyond": "<", "order": "DESC", "last": "min"}
_BACK: Final = {"beyond": ">", "order": "ASC", "last": "max"}


@dataclass(frozen=True)
class Match:
    """What an entry must have and must not have, as terms."""

    clauses: tuple[frozenset[str], ...]
    none_of: frozenset[str]

    def for_sqlite(self) -> str:
        """As SQLite's index is asked."""
        wanted = " AND ".join(_either(clause, " OR ") for clause in self.clauses)
        return f"({wanted}) NOT {_either(self.none_of, ' OR ')}" if self.none_of else wanted

    def for_postgresql(self) -> str:
        """As PostgreSQL's index is asked."""
        wanted = " & ".join(_either(clause, " | ") for clause in self.clauses)
        return f"{wanted} & !{_either(self.none_of, ' | ')}" if self.none_of else wanted


def match_of(question: Question, *, terms: Terms, person: Person, places: Places) -> Match:
    """What a case must have to be found by a person from these places."""
    seen = frozenset(place_term(places.room, place) for place in places.all)
    return Match(
        clauses=(*question.clauses(terms), seen),
        none_of=frozenset(map(mark_term, person.marks)),
    )


def find_entries(
    session: Session,
    *,
    match: Match,
    person: Person,
    places: Places,
    cursor: Cursor | None,
    most: int,
) -> list[Row[Any]]:
    """The entries of a page, at most so many, the newest first; going back, the oldest."""
    dialect = dialect_of(session)
    given: dict[str, Any] = {"match": match.for_sqlite()}
    if dialect != "sqlite":
        given = {"match": match.for_postgresql(), "walked": _WALKED}
    back = cursor is not None and cursor.back
    return _asked(dialect, Shape.of(person, places), back).rows(
        session,
        edge=cursor.row_id if cursor else LARGEST_ID,
        most=most,
        **given,
        **viewer_values(person, places),
    )


@lru_cache(maxsize=64)
def _asked(dialect: str, shape: Shape, back: bool) -> Prepared:
    """The statement that finds entries in one kind of database, made ready. No word is in it."""
    asked = Asked.in_(shape)
    few = text(_candidates(dialect, back=back)).columns(column("id")).subquery("few")
    seen = exists().where(
        CaseScope.case_id == SearchEntry.case_id,
        CaseScope.room == asked.places.room,
        CaseScope.organisation_id.in_(asked.places.all),
    )
    return Prepared(
        select(SearchEntry.id, SearchEntry.case_id, SearchEntry.sheet)
        .join(few, few.c.id == SearchEntry.id)
        .where(seen, not_excluded(asked.person, SearchEntry.case_id))
        .order_by(SearchEntry.id if back else SearchEntry.id.desc())
    )


def _candidates(dialect: str, *, back: bool) -> str:
    """The words in which one kind of database is asked for entries."""
    return (_SQLITE if dialect == "sqlite" else _POSTGRESQL).format(**(_BACK if back else _ON))


def _either(terms: Iterable[str], between: str) -> str:
    """At least one of these terms, which are small letters and digits and need no quoting."""
    return f"({between.join(sorted(terms))})"
