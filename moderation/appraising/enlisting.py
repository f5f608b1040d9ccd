"""Whose results the cells of a review are to record, fixed on the day on which it opens."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, insert, or_, select
from sqlalchemy.orm import Session

from moderation.register import in_force
from portal.models import Membership, ReviewMember, ReviewPart, ScreeningReview, Standing
from portal.vocabulary import MembershipKind, MembershipStatus

#: Whose membership the Party itself ended: what was decided in the period belongs to its review.
_ENDED = (MembershipStatus.REMOVED, MembershipStatus.EXPELLED, MembershipStatus.LEFT)
GONE = (*_ENDED, MembershipStatus.TRANSFERRED, MembershipStatus.DECEASED)


def enlist(session: Session, *, review: ScreeningReview, today: date) -> None:
    """Write down the people of every cell of a review by the register, in one statement.

    It is who is at home in the cell on the last day of the period, or today if that is to come,
    with those whom the Party removed, expelled or let leave within it.
    """
    on, begins = min(review.period_to, today), review.period_from
    ended_within = and_(Standing.status.in_(_ENDED), Standing.valid_from.between(begins, on))
    at_home = and_(
        in_force(Membership, on), or_(Standing.id.is_(None), Standing.status.not_in(GONE))
    )
    was_at_home = or_(Membership.valid_to.is_(None), Membership.valid_to >= begins)
    people = (
        select(ReviewPart.id, Membership.member_id)
        .join(Membership, Membership.organisation_id == ReviewPart.organisation_id)
        .outerjoin(
            Standing, and_(Standing.member_id == Membership.member_id, in_force(Standing, on))
        )
        .where(
            ReviewPart.review_id == review.id,
            Membership.kind == MembershipKind.HOME,
            Membership.valid_from <= on,
            or_(at_home, and_(ended_within, was_at_home)),
        )
        .distinct()
    )
    session.execute(insert(ReviewMember).from_select(["part_id", "member_id"], people))
