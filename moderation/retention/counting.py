"""Counting what goes, in a way from which nothing of a case can be read.

What is counted is told by one thing at a time, so that no row describes a case; by the quarter of
its arrival; and never below a commune or ward, because a cell so small that only one letter ever
reached it would know which one is meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from moderation.register import line
from portal.clock import local_date
from portal.db import dialect_of
from portal.models import Case, Organisation, Submission, Tombstone
from portal.models.retention import Facet
from portal.vocabulary import OrganisationKind

#: The lowest organisations that are counted by themselves, and all above them.
_LARGE = frozenset(
    {OrganisationKind.WARD_COMMUNE, OrganisationKind.PROVINCE, OrganisationKind.CENTRAL}
)
_Stone = tuple[int, str, Facet, str]


def quarter_of(moment: datetime) -> str:
    """The quarter of a moment in Vietnam, such as 2026-4."""
    day = local_date(moment)
    return f"{day.year}-{(day.month + 2) // 3}"


def count_what_goes(session: Session, *, case_ids: Collection[int]) -> None:
    """Add these cases, and the judgements of their writers, to the counts of what has gone."""
    places = places_of(session)
    cases = session.execute(
        select(
            *(Case.id, Case.desk_id, Case.handler_id, Case.arrived_at),
            *(Case.status, Case.kind, Case.topic),
        ).where(Case.id.in_(case_ids))
    ).all()
    stones: Counter[_Stone] = Counter()
    homes: dict[int, tuple[int, str]] = {}
    for row in cases:
        home = places[row.handler_id or row.desk_id or min(places)], quarter_of(row.arrived_at)
        homes[row.id] = home
        stones.update((*home, facet, value) for facet, value in _told_by(row))
    ratings = session.execute(
        select(Submission.case_id, Submission.rating).where(Submission.case_id.in_(case_ids))
    )
    stones.update((*homes[row.case_id], Facet.RATING, row.rating or "") for row in ratings)
    # Always in the same order: two that move the same counts never wait for each other.
    for stone, amount in sorted(stones.items()):
        _add(session, stone, amount)


def totals_by_quarter(session: Session) -> list[tuple[str, int]]:
    """How many cases have gone, by the quarter of their arrival, the newest first."""
    rows = session.execute(
        select(Tombstone.quarter, func.sum(Tombstone.amount))
        .where(Tombstone.facet == Facet.STATUS)
        .group_by(Tombstone.quarter)
        .order_by(Tombstone.quarter.desc())
    )
    return [(quarter, amount) for quarter, amount in rows]


def places_of(session: Session) -> dict[int, int]:
    """For each organisation the lowest one at or above it that is counted by itself: a commune, a
    ward, or what stands above them.
    """
    rows = session.execute(select(Organisation.id, Organisation.path, Organisation.kind)).all()
    large = {row.id for row in rows if row.kind in _LARGE}
    found = {}
    for row in rows:
        above = line(row.path)
        found[row.id] = next((place for place in reversed(above) if place in large), above[0])
    return found


def _told_by(row: Any) -> Iterator[tuple[Facet, str]]:
    """What a case is counted by, one at a time."""
    yield Facet.STATUS, row.status
    yield Facet.KIND, row.kind or ""
    yield Facet.TOPIC, row.topic or ""


def _add(session: Session, stone: _Stone, amount: int) -> None:
    """Move one count, making it when it is new."""
    make = sqlite.insert if dialect_of(session) == "sqlite" else postgresql.insert
    organisation_id, quarter, facet, value = stone
    moved = make(Tombstone).values(
        organisation_id=organisation_id, quarter=quarter, facet=facet, value=value, amount=amount
    )
    session.execute(
        moved.on_conflict_do_update(
            index_elements=["organisation_id", "quarter", "facet", "value"],
            set_={"amount": Tombstone.amount + moved.excluded.amount},
        )
    )
