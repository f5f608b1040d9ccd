"""How many cases a person sees, list by list, without walking through the lists.

Counters are kept per organisation and status; what is taken off or added is little: the cases
that a mark hides from this very person, and restricted ones that only a place within sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from sqlalchemy import ScalarSelect, Select, func, literal, select, union_all
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.listing.choosing import filed_among, parts_of, seen_from
from moderation.listing.places import Places
from moderation.listing.shapes import Asked, Shape, values_of, viewer_values
from moderation.listing.wanted import LISTS, Wanted
from moderation.workflow.filing import QUEUES
from portal.models import CaseScope, Counter, Exclusion
from portal.models.case import Room
from portal.prepared import Prepared
from portal.vocabulary import Status

#: A list that no counter tells the length of is walked so far, and not to an end that may be a
#: hundred thousand cases away.
FARTHEST: Final = 1_000


@dataclass(frozen=True)
class Tallies:
    """How many cases each list of a room holds for one person, and how many each status.

    The lists named as ``longer`` hold more than the number that stands for them.
    """

    lists: Mapping[str, int] = field(default_factory=dict)
    longer: frozenset[str] = frozenset()
    statuses: Mapping[Status, int] = field(default_factory=dict)


def count(session: Session, *, person: Person, places: Places, at: datetime) -> Tallies:
    """Count every list of a room for a person, in two statements."""
    if not places.all:
        return Tallies()
    statuses = dict.fromkeys(QUEUES[places.room], 0)
    asked, values = _asked(Shape.of(person, places)), values_of(person, places, at)
    for row in asked.by_status.rows(session, **values):
        statuses[row.status] = row.amount
    lists = LISTS[places.room]
    whole = {
        name: sum(
            amount
            for status, amount in statuses.items()
            if QUEUES[places.room][status] in chosen.queues
        )
        for name, chosen in lists.items()
        if not chosen.partial
    }
    walked = asked.walked.rows(session, **values)[0]._asdict()
    longer = frozenset(name for name, amount in walked.items() if amount > FARTHEST)
    return Tallies(whole | walked | dict.fromkeys(longer, FARTHEST), longer, statuses)


def count_held(session: Session, *, person: Person, places: Places) -> int:
    """How many copies wait in quarantine that a moderator at these places sees, in one statement.

    A flood may hold thousands: they are not walked through either.
    """
    if not places.all:
        return 0
    there = replace(places, room=Room.QUARANTINE)
    rows = _held(Shape.of(person, there)).rows(session, **viewer_values(person, there))
    return sum(row.amount for row in rows)


@dataclass(frozen=True)
class _Statements:
    """The two statements, made ready for one shape of person and places."""

    by_status: Prepared
    walked: Prepared


@lru_cache(maxsize=64)
def _asked(shape: Shape) -> _Statements:
    """Make them ready."""
    asked = Asked.in_(shape)
    lengths = [
        _walked(Wanted(chosen), asked.person, asked.places, asked.at).label(name)
        for name, chosen in LISTS[shape.room].items()
        if chosen.partial
    ]
    return _Statements(
        by_status=Prepared(_by_status(asked.person, asked.places)),
        walked=Prepared(select(*lengths)),
    )


@lru_cache(maxsize=16)
def _held(shape: Shape) -> Prepared:
    """The counters of the quarantine, made ready for one shape of person and places."""
    asked = Asked.in_(shape)
    return Prepared(_by_status(asked.person, asked.places))


def _by_status(person: Person, places: Places) -> Select[Status, int]:
    """The counters of the tops, less what is hidden, and what only a place within sees."""
    hidden = select(Exclusion.case_id).where(Exclusion.mark.in_(person.marks))
    seen = select(Counter.status, Counter.amount).where(
        Counter.room == places.room, Counter.organisation_id.in_(places.tops)
    )
    unseen = select(CaseScope.status, literal(-1).label("amount")).where(
        *filed_among(hidden, room=places.room, places=places.tops)
    )
    parts = [seen, unseen]
    if places.within:
        only_there = select(CaseScope.status, literal(1).label("amount")).where(
            CaseScope.room == places.room,
            CaseScope.organisation_id.in_(places.within),
            CaseScope.case_id.not_in(hidden),
            ~seen_from(places),
        )
        parts.append(only_there)
    every = union_all(*parts).subquery()
    return select(every.c.status, func.sum(every.c.amount).label("amount")).group_by(every.c.status)


def _walked(wanted: Wanted, person: Person, places: Places, at: datetime) -> ScalarSelect[int]:
    """How many cases a list has: it is walked along its index, one step farther than is said."""
    parts = union_all(*parts_of(wanted, person=person, places=places, at=at))
    return select(func.count()).select_from(parts.limit(FARTHEST + 1).subquery()).scalar_subquery()
