"""Whose results a cell records: the people of the day on which the review opened.

Nobody goes from the list. Of whoever has left since it says what became of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from moderation.appraising.enlisting import GONE
from moderation.appraising.standing import Work
from moderation.register import counts_on, heirs_ever, held_ever, in_force
from portal.clock import VIETNAM
from portal.models import (
    Member,
    Membership,
    Organisation,
    Post,
    ReviewMember,
    ReviewResult,
    Standing,
)
from portal.text import name_order
from portal.vocabulary import MembershipKind, MembershipStatus, PostTitle


@dataclass(frozen=True)
class Departure:
    """What became of somebody who is of the cell no more: by their standing, or in which cell.

    ``since``: the first day on which it was so. Without standing and cell it is only known that
    they are on the list of the cell no more.
    """

    since: date
    status: MembershipStatus | None = None
    cell: str = ""


@dataclass(frozen=True)
class Listed:
    """One member on the list of a cell. What a secretary comes to, the level above records."""

    member_id: UUID
    name: str
    birth_year: int
    is_secretary: bool
    left: Departure | None = None


def members_of(session: Session, *, work: Work, today: date) -> list[Listed]:
    """The members of a part by their given names, whatever became of them since it opened."""
    found = session.scalars(
        select(Member)
        .join(ReviewMember, ReviewMember.member_id == Member.id)
        .where(ReviewMember.part_id == work.part.id)
    ).all()
    places = {work.cell.id} | heirs_ever(session, organisation_ids=(work.cell.id,))
    secretaries = _secretaries(session, work, today, places)
    left = _departures(session, work, today, places)
    listed = [
        Listed(row.id, row.name, row.birth_year, row.id in secretaries, left.get(row.id))
        for row in found
    ]
    return sorted(listed, key=lambda each: (name_order(each.name), each.birth_year))


def results_of(session: Session, *, work: Work) -> dict[UUID, ReviewResult]:
    """What was recorded in a part, by member."""
    rows = session.scalars(select(ReviewResult).where(ReviewResult.part_id == work.part.id))
    return {row.member_id: row for row in rows}


def day_of_list(work: Work) -> date:
    """The day of the register by which the list was fixed."""
    opened = work.review.opened_at
    ends = work.review.period_to
    return min(ends, opened.astimezone(VIETNAM).date()) if opened else ends


def _departures(
    session: Session, work: Work, today: date, places: set[int]
) -> dict[UUID, Departure]:
    """What became of those who are at home neither in the cell nor in what took over from it."""
    of_part = select(ReviewMember.member_id).where(ReviewMember.part_id == work.part.id)
    found = {
        row.member_id: Departure(row.valid_from, status=row.status)
        for row in session.scalars(
            select(Standing).where(
                Standing.member_id.in_(of_part),
                Standing.status.in_(GONE),
                in_force(Standing, today),
            )
        )
    }
    homes = session.execute(
        select(Membership.member_id, Membership.organisation_id, Membership.valid_from)
        .add_columns(Organisation.name)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.member_id.in_(of_part),
            Membership.kind == MembershipKind.HOME,
            in_force(Membership, today),
        )
    ).all()
    for row in homes:
        if row.organisation_id not in places:
            found.setdefault(row.member_id, Departure(row.valid_from, cell=row.name))
    at_home = {row.member_id for row in homes}
    for member_id, last in _last_days(session, work, places):
        if member_id not in at_home:
            found.setdefault(member_id, Departure(last + timedelta(days=1)))
    return found


def _last_days(session: Session, work: Work, places: set[int]) -> list[tuple[UUID, date]]:
    """The last day of those whose every membership there has one."""
    rows = session.execute(
        select(Membership.member_id, func.max(Membership.valid_to))
        .join(ReviewMember, ReviewMember.member_id == Membership.member_id)
        .where(
            ReviewMember.part_id == work.part.id,
            Membership.kind == MembershipKind.HOME,
            Membership.organisation_id.in_(places),
            held_ever(Membership),
        )
        .group_by(Membership.member_id)
    )
    return [(member_id, last) for member_id, last in rows if last is not None]


def _secretaries(session: Session, work: Work, today: date, places: set[int]) -> set[UUID]:
    """Who is secretary of the cell, or of what took over, today or when the list was fixed.

    A post counts until its end was entered, so that an end dated back opens nothing.
    """
    return set(
        session.scalars(
            select(Post.member_id).where(
                Post.organisation_id.in_(places),
                Post.title == PostTitle.SECRETARY,
                or_(*(counts_on(day) for day in (today, day_of_list(work)))),
            )
        )
    )
