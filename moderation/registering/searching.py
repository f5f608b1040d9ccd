"""Members as lists show them, page by page: those of a cell, and those who were looked for.

A page goes on from a member, never from a number of rows, so that it costs the same anywhere.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from moderation.access import Person
from moderation.register import in_force
from moderation.registering.scope import seen_members
from portal.models import Member, Membership, Organisation
from portal.text import fold, one_line
from portal.vocabulary import MembershipKind

PAGE = 40


class Row(NamedTuple):
    """A member in a list: the cell is of the day that was asked for."""

    id: UUID
    name: str
    birth_year: int
    kind: MembershipKind | None
    cell: str


def members_of(
    session: Session, *, organisation_id: int, on: date, after: UUID | None, size: int = PAGE
) -> list[Row]:
    """Who belongs to a cell on a day, by given name; one more than ``size`` where there is more."""
    rows = (
        select(*_COLUMNS)
        .join(Membership, Membership.member_id == Member.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.organisation_id == organisation_id,
            in_force(Membership, on),
            ~_closer_tie(on),
        )
    )
    anchor = session.get(Member, after) if after is not None else None
    if anchor is not None:
        rows = rows.where(tuple_(Member.placed, Member.id) > tuple_(anchor.placed, anchor.id))
    rows = rows.order_by(Member.placed, Member.id).limit(size + 1)
    return [Row(*row) for row in session.execute(rows)]


def count_members(session: Session, *, organisation_id: int, on: date) -> int:
    """How many have a cell as their home on a day."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Membership)
            .where(
                Membership.organisation_id == organisation_id,
                Membership.kind == MembershipKind.HOME,
                in_force(Membership, on),
            )
        )
        or 0
    )


def find_members(
    session: Session,
    *,
    by: Person,
    words: str,
    on: date,
    after: UUID | None = None,
    size: int = PAGE,
) -> list[Row]:
    """Those whom a registrar sees and whose name holds these words, folded: written as typed
    first, then by given name; one more than ``size`` where there are more.

    A given name among the words is looked up in an index, else the beginning of a whole name.
    """
    typed = one_line(words)
    folded = fold(typed).split()
    if not folded:
        return []
    exact = case((Member.name.contains(typed.title(), autoescape=True), 0), else_=1)
    ways = [
        and_(Member.given.in_(folded), *(Member.folded.contains(word) for word in folded)),
        Member.folded.startswith(" ".join(folded), autoescape=True),
    ]
    anchor = None
    if after is not None:
        anchor = session.execute(
            select(exact, Member.placed, Member.id).where(Member.id == after)
        ).one_or_none()
    for way in ways:
        rows = _found(by, way, exact, on)
        if anchor is not None:
            rows = rows.where(tuple_(exact, Member.placed, Member.id) > tuple_(*anchor))
        if found := session.execute(rows.limit(size + 1)).all():
            return [Row(*row) for row in found]
    return []


def _closer_tie(on: date) -> ColumnElement[bool]:
    """That a member belongs to the same cell in a closer way: whoever has their home in the cell
    where they live stands in its list once, as at home.
    """
    other = aliased(Membership)
    home, temporary = MembershipKind.HOME, MembershipKind.TEMPORARY
    closer = or_(
        and_(other.kind == home, Membership.kind != home),
        and_(other.kind != temporary, Membership.kind == temporary),
    )
    return exists().where(
        other.member_id == Membership.member_id,
        other.organisation_id == Membership.organisation_id,
        in_force(other, on),
        closer,
    )


def _found(
    by: Person, way: ColumnElement[bool], exact: ColumnElement[int], on: date
) -> Select[*tuple[Any, ...]]:
    """The members of one way of looking, with the home of the day where there is one."""
    home = and_(
        Membership.member_id == Member.id,
        Membership.kind == MembershipKind.HOME,
        in_force(Membership, on),
    )
    return (
        select(*_COLUMNS)
        .outerjoin(Membership, home)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(way, seen_members(by))
        .order_by(exact, Member.placed, Member.id)
    )


_COLUMNS = (
    *(Member.id, Member.name, Member.birth_year, Membership.kind),
    func.coalesce(Organisation.name, ""),
)
