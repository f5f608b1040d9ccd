"""Results of reviews that were confirmed and that the register does not say yet.

A review records what the Party's own process decided, and changes nothing: the register is kept by
another person, who enters the decision with its day. So that none is forgotten there is this list.
It tells which decision it was, and nothing else of the review. Of themselves and of whom they are
tied to a registrar reads none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.register import held_ever, in_force
from moderation.registering.checks import ENDS
from moderation.registering.scope import close_to, is_managed
from portal.models import Member, Post, ReviewPart, ReviewResult, Standing
from portal.vocabulary import MembershipStatus, PartState, PostTitle, ReviewOutcome

#: So many stand on a page.
PAGE = 40
#: How a membership stands after what was decided.
FOLLOWS: Mapping[ReviewOutcome, MembershipStatus] = {
    ReviewOutcome.EXPELLED: MembershipStatus.EXPELLED,
    ReviewOutcome.REMOVED: MembershipStatus.REMOVED,
    ReviewOutcome.LEFT: MembershipStatus.LEFT,
    ReviewOutcome.EXEMPT: MembershipStatus.EXEMPT,
}


class Unwritten(NamedTuple):
    """A decision that the register does not say: of whom, which, and since when it holds."""

    id: int
    member_id: UUID
    name: str
    birth_year: int
    outcome: ReviewOutcome
    reference: str
    decided_on: date

    @property
    def status(self) -> MembershipStatus | None:
        """How the membership is to stand; nothing where it is a post that is to end."""
        return FOLLOWS.get(self.outcome)


def unwritten(
    session: Session, *, by: Person, on: date, after: int = 0, size: int = PAGE
) -> list[Unwritten]:
    """The decisions about those whose entry somebody keeps, the oldest first; one more than
    ``size`` where there are more.
    """
    rows = _wanted(session, by, on).where(ReviewResult.id > after).order_by(ReviewResult.id)
    return [Unwritten(*row) for row in session.execute(rows.limit(size + 1))]


def find_unwritten(
    session: Session, *, by: Person, on: date, result_id: int, member_id: UUID
) -> Unwritten | None:
    """One of them, if it is about this member."""
    rows = _wanted(session, by, on).where(
        ReviewResult.id == result_id, ReviewResult.member_id == member_id
    )
    row = session.execute(rows).one_or_none()
    return Unwritten(*row) if row else None


def count_unwritten(session: Session, *, by: Person, on: date) -> int:
    """How many there are."""
    found = _wanted(session, by, on).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def _wanted(session: Session, by: Person, on: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(ReviewResult.id, Member.id, Member.name, Member.birth_year, ReviewResult.outcome),
            *(ReviewResult.reference, ReviewResult.decided_on),
        )
        .join(ReviewPart, ReviewPart.id == ReviewResult.part_id)
        .join(Member, Member.id == ReviewResult.member_id)
        .where(
            ReviewResult.outcome.in_((*FOLLOWS, ReviewOutcome.DISMISSAL)),
            ReviewResult.decided_on <= on,
            ReviewPart.state == PartState.CONFIRMED,
            Member.id.not_in(close_to(session, by)),
            is_managed(by),
            ~_stands(ENDS),
            or_(
                ReviewResult.outcome.in_([each for each in FOLLOWS if FOLLOWS[each] in ENDS]),
                and_(
                    ReviewResult.outcome == ReviewOutcome.EXEMPT,
                    ~_stands({MembershipStatus.EXEMPT}),
                ),
                and_(ReviewResult.outcome == ReviewOutcome.DISMISSAL, _still_sits(on)),
            ),
        )
    )


def _stands(statuses: frozenset[MembershipStatus] | set[MembershipStatus]) -> ColumnElement[bool]:
    """That the membership stood so on the day of the decision, or has since."""
    return exists().where(
        Standing.member_id == ReviewResult.member_id,
        Standing.status.in_(statuses),
        held_ever(Standing),
        or_(Standing.valid_to.is_(None), Standing.valid_to >= ReviewResult.decided_on),
    )


def _still_sits(on: date) -> ColumnElement[bool]:
    """That a post is held on a day that was held before the decision already."""
    return exists().where(
        Post.member_id == ReviewResult.member_id,
        Post.title != PostTitle.OTHER,
        Post.valid_from <= ReviewResult.decided_on,
        in_force(Post, on),
    )
