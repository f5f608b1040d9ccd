"""Whose results a cell records: its members by the register, on the last day of the period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from moderation.appraising.standing import Work
from moderation.register import in_force
from portal.models import Member, Membership, Post, ReviewResult, Standing
from portal.text import name_order
from portal.vocabulary import MembershipKind, MembershipStatus, PartState, PostTitle

#: Whose membership the Party itself ended: what was decided in the period belongs to its review.
_ENDED = (MembershipStatus.REMOVED, MembershipStatus.EXPELLED, MembershipStatus.LEFT)
_GONE = (*_ENDED, MembershipStatus.TRANSFERRED, MembershipStatus.DECEASED)


@dataclass(frozen=True)
class Listed:
    """One member on the list of a cell. What a secretary comes to, the level above records."""

    member_id: UUID
    name: str
    birth_year: int
    is_secretary: bool


def members_of(session: Session, *, work: Work, today: date) -> list[Listed]:
    """The members of a part by their given names.

    While a cell records it is who is at home there on the last day of the period, or today if
    that is to come, with those whom the Party removed, expelled or let leave within it. From its
    signature on it is exactly those that have a result.
    """
    if work.part.state is PartState.RECORDING:
        found = _by_register(session, work, today)
    else:
        found = _by_results(session, work)
    secretaries = _secretaries(session, work, today)
    listed = [Listed(row.id, row.name, row.birth_year, row.id in secretaries) for row in found]
    return sorted(listed, key=lambda each: (name_order(each.name), each.birth_year))


def results_of(session: Session, *, work: Work) -> dict[UUID, ReviewResult]:
    """What was recorded in a part, by member."""
    rows = session.scalars(select(ReviewResult).where(ReviewResult.part_id == work.part.id))
    return {row.member_id: row for row in rows}


def day_of_list(work: Work, today: date) -> date:
    """The day by which the register is read."""
    return min(work.review.period_to, today)


def _by_register(session: Session, work: Work, today: date) -> list[Member]:
    """The members of the cell by the register, each once."""
    on, begins = day_of_list(work, today), work.review.period_from
    ended_within = and_(Standing.status.in_(_ENDED), Standing.valid_from.between(begins, on))
    at_home = and_(
        in_force(Membership, on), or_(Standing.id.is_(None), Standing.status.not_in(_GONE))
    )
    was_at_home = or_(Membership.valid_to.is_(None), Membership.valid_to >= begins)
    return list(
        session.scalars(
            select(Member)
            .join(Membership, Membership.member_id == Member.id)
            .outerjoin(Standing, and_(Standing.member_id == Member.id, in_force(Standing, on)))
            .where(
                Membership.organisation_id == work.cell.id,
                Membership.kind == MembershipKind.HOME,
                Membership.valid_from <= on,
                or_(at_home, and_(ended_within, was_at_home)),
            )
            .distinct()
        )
    )


def _by_results(session: Session, work: Work) -> list[Member]:
    """The members of whom there is a result."""
    return list(
        session.scalars(
            select(Member)
            .join(ReviewResult, ReviewResult.member_id == Member.id)
            .where(ReviewResult.part_id == work.part.id)
        )
    )


def _secretaries(session: Session, work: Work, today: date) -> set[UUID]:
    """Who is secretary of the cell, today or by the day of the list."""
    days = (today, day_of_list(work, today))
    return set(
        session.scalars(
            select(Post.member_id).where(
                Post.organisation_id == work.cell.id,
                Post.title == PostTitle.SECRETARY,
                or_(*(in_force(Post, day) for day in days)),
            )
        )
    )
