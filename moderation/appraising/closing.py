"""Ending a review, once the level above has confirmed every cell."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.appraising.changing import check_version, write
from moderation.appraising.standing import NoSuchReview, holds
from moderation.office import Office
from portal.models import ReviewPart, ScreeningReview
from portal.vocabulary import Deed, PartState, ReviewState


class NotAllConfirmed(Exception):
    """It is not open, or a cell in it is not confirmed yet."""


def close_review(
    session: Session, *, office: Office, by: Person, review: ScreeningReview, version: int
) -> None:
    """End a review. Raises NoSuchReview, PartChanged, NotAllConfirmed."""
    if not holds(by, review):
        raise NoSuchReview
    check_version(review.version, version)
    waiting = session.scalar(
        select(func.count())
        .select_from(ReviewPart)
        .where(ReviewPart.review_id == review.id, ReviewPart.state != PartState.CONFIRMED)
    )
    if waiting or review.state is not ReviewState.OPEN:
        raise NotAllConfirmed
    review.state, review.closed_at = ReviewState.CLOSED, office.at
    session.flush()
    write(
        session,
        office=office,
        by=by,
        deed=Deed.REVIEW_CLOSED,
        organisation_id=review.organisation_id,
    )
