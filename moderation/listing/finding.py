"""Finding the cases of one page of a list, and what their rows are made of, in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, select, union_all
from sqlalchemy import Row as AnyRow
from sqlalchemy.orm import Session, aliased

from moderation.access import Person
from moderation.listing.choosing import Part, ordered, parts_of
from moderation.listing.cursors import Cursor
from moderation.listing.places import Places
from moderation.listing.shapes import Asked, Shape, values_of
from moderation.listing.wanted import Wanted
from portal.models import Account, Case, Organisation
from portal.prepared import Prepared

PER_PAGE = 30

Record = AnyRow[*tuple[Any, ...]]


def find(
    session: Session,
    person: Person,
    places: Places,
    at: datetime,
    wanted: Wanted,
    cursor: Cursor | None,
) -> list[Record]:
    """The cases of a page and one more, in one statement, in the order that was asked for."""
    statement = _asked(Shape.of(person, places, wanted, cursor))
    return statement.rows(session, **values_of(person, places, at, wanted, cursor))


def find_first(
    session: Session, *, person: Person, places: Places, at: datetime, wanted: Wanted, most: int
) -> list[int]:
    """The ids of the first cases of a list in its order, at most so many, in one statement."""
    if not places.all:
        return []
    parts = parts_of(wanted, person=person, places=places, at=at)
    chosen, order = _first(parts, wanted=wanted, most=most)
    return list(session.scalars(select(chosen.c.case_id).order_by(*order).limit(most)))


@lru_cache(maxsize=256)
def _asked(shape: Shape) -> Prepared:
    """The statement behind the pages of one shape, made ready."""
    asked = Asked.in_(shape)
    parts = parts_of(
        asked.wanted, person=asked.person, places=asked.places, at=asked.at, cursor=asked.cursor
    )
    back = shape.back is True
    chosen, order = _first(parts, wanted=asked.wanted, most=PER_PAGE + 1, back=back)
    return Prepared(facts_of(chosen).order_by(*order).limit(PER_PAGE + 1))


def _first(
    parts: Iterable[Part], *, wanted: Wanted, most: int, back: bool = False
) -> tuple[Subquery, tuple[ColumnElement[Any], ...]]:
    """The beginning of each part, all of them together, and the order that they are in."""
    cut = [select(ordered(part, wanted=wanted, back=back).limit(most).subquery()) for part in parts]
    chosen = union_all(*cut).subquery()
    order: tuple[ColumnElement[Any], ...] = (chosen.c.due_at, chosen.c.case_id)
    if wanted.list.newest_first is not back:
        order = tuple(column.desc() for column in order)
    return chosen, order


def facts_of(chosen: Subquery) -> Select[*tuple[Any, ...]]:
    """What the rows of chosen cases are made of."""
    unit, handler = aliased(Organisation), aliased(Organisation)
    return (
        select(
            Case.id,
            Case.status,
            Case.kind,
            Case.topic,
            Case.sentiment,
            Case.headline,
            Case.proposal,
            Case.proposer_id,
            Case.claimant_id,
            Case.lease_until,
            Case.handler_id,
            Case.decider_id,
            Case.due_at,
            Case.arrived_at,
            Case.finished_at,
            Case.fears_retaliation,
            Case.keep_until,
            Case.supplied_at,
            Case.passed_at,
            Case.mark,
            Case.above_id,
            Case.take_over_from,
            chosen.c.due_at.label("filed_at"),
            unit.short_name.label("unit"),
            handler.name.label("handler"),
            Account.name.label("claimant"),
        )
        .join(chosen, chosen.c.case_id == Case.id)
        .outerjoin(unit, unit.id == Case.unit_id)
        .outerjoin(handler, handler.id == Case.handler_id)
        .outerjoin(Account, Account.id == Case.claimant_id)
    )
