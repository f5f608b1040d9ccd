"""What screening reviews came to, cell by cell, as far as the level above has confirmed it.

Counted are the reviews whose own period ends in the period that is asked for. A member counts once
in each column, however many reviews there were; as under consideration only while no later review
came to something (design rule). A cell whose part is not confirmed has told nothing.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from moderation.reports.figures import Told
from moderation.reports.periods import Period
from portal.models import ReviewPart, ReviewResult, ScreeningReview
from portal.vocabulary import MemberColumn, PartState, ReviewOutcome

_R, _M = ReviewResult, MemberColumn

_GROUPS = {
    _M.DUTY_UNFULFILLED: _R.group_duty_unfulfilled,
    _M.TRANSFER_UNFILED: _R.group_transfer_unfiled,
    _M.VIOLATION: _R.group_violation,
    _M.NOT_EXEMPLARY: _R.group_not_exemplary,
}
_OUTCOMES = {
    _M.REPRIMANDED: ReviewOutcome.REPRIMAND,
    _M.WARNED: ReviewOutcome.WARNING,
    _M.DISMISSED: ReviewOutcome.DISMISSAL,
    _M.EXPELLED: ReviewOutcome.EXPELLED,
    _M.REMOVED: ReviewOutcome.REMOVED,
    _M.LEFT: ReviewOutcome.LEFT,
}


def count_reviews(session: Session, *, period: Period) -> dict[int, Told]:
    """What was recorded by cell, in two statements; a column that nobody recorded is a blank."""
    names = [str(name) for name in _columns()]
    several = session.scalar(_reviews(period)) or 0
    rows = session.execute(_by_cell(_by_member(period)) if several > 1 else _at_once(period))
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}


def _reviews(period: Period) -> Select[int]:
    """Of how many reviews anything counts."""
    return (
        select(func.count(ScreeningReview.id.distinct()))
        .join(ReviewPart, ReviewPart.review_id == ScreeningReview.id)
        .where(*_counts(ReviewPart, ScreeningReview, period))
    )


def _at_once(period: Period) -> Select[Any]:
    """What one review came to by cell: each member is in it once, and need not be sought."""
    sums: list[Any] = [func.sum(mark) for mark in _columns().values()]
    return (
        select(ReviewPart.organisation_id, *sums)
        .join(_R, _R.part_id == ReviewPart.id)
        .join(ScreeningReview, ScreeningReview.id == ReviewPart.review_id)
        .where(*_counts(ReviewPart, ScreeningReview, period))
        .group_by(ReviewPart.organisation_id)
    )


def _by_cell(members: Select[Any]) -> Select[Any]:
    """The members of each cell, added up; of a column in which nobody said anything, nothing."""
    told = members.subquery()
    sums: list[Any] = [func.sum(told.c[str(name)]) for name in _columns()]
    return select(told.c.cell, *sums).group_by(told.c.cell)


def _by_member(period: Period) -> Select[Any]:
    """What was recorded of each member of each cell: one, zero, or nothing in each column."""
    marks: list[Any] = [func.max(mark).label(str(name)) for name, mark in _columns().items()]
    return (
        select(ReviewPart.organisation_id.label("cell"), *marks)
        .join(_R, _R.part_id == ReviewPart.id)
        .join(ScreeningReview, ScreeningReview.id == ReviewPart.review_id)
        .where(*_counts(ReviewPart, ScreeningReview, period))
        .group_by(ReviewPart.organisation_id, _R.member_id)
    )


def _counts(part: Any, review: Any, period: Period) -> tuple[ColumnElement[bool], ...]:
    """That a part is confirmed, of a review of this period."""
    return (
        part.state == PartState.CONFIRMED,
        review.period_to >= period.since,
        review.period_to <= period.until,
    )


def _columns() -> dict[MemberColumn, ColumnElement[Any]]:
    """What one result says in each column."""
    groups = list(_GROUPS.values())
    return {
        # A confirmed part has a result of everybody on its list.
        _M.LISTED: _mark(true(), true()),
        _M.REVIEWED: _mark(_R.reviewed, _R.reviewed.is_not(None)),
        _M.HELPED: _mark(
            or_(_R.outcome == ReviewOutcome.MENTORING, _R.mentoring_until.is_not(None)),
            or_(_R.outcome.is_not(None), _R.mentoring_until.is_not(None)),
        ),
        _M.VIOLATIONS: _mark(
            or_(*(group.is_(True) for group in groups)),
            or_(*(group.is_not(None) for group in groups)),
        ),
        **{name: _mark(group, group.is_not(None)) for name, group in _GROUPS.items()},
        **{
            name: _mark(_R.outcome == outcome, _R.outcome.is_not(None))
            for name, outcome in _OUTCOMES.items()
        },
        _M.PENDING: _mark(
            and_(_R.outcome == ReviewOutcome.PENDING, ~_settled_later()), _R.outcome.is_not(None)
        ),
    }


def _mark(holds: Any, said: ColumnElement[bool]) -> ColumnElement[Any]:
    """One where something holds, zero where it does not, nothing where nobody said."""
    return case((~said, None), (holds, 1), else_=0)


def _settled_later() -> ColumnElement[bool]:
    """That a confirmed review which ended later came to something else for the same member.

    After the period, too: what has been decided since is not under consideration any more.
    """
    result, part, review = aliased(_R), aliased(ReviewPart), aliased(ScreeningReview)
    return (
        exists()
        .where(
            result.member_id == _R.member_id,
            result.part_id == part.id,
            part.review_id == review.id,
            part.state == PartState.CONFIRMED,
            review.period_to > ScreeningReview.period_to,
            result.outcome != ReviewOutcome.PENDING,
        )
        .correlate(_R, ScreeningReview)
    )
