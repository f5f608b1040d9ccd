"""What became of the cases that a reader sees, by the organisation that has them.

Counted is what this very reader finds in their own lists and nothing else: of a case that is hidden
from them there is no trace in any sum. A case counts where it is handled, or screened before that,
and nowhere else. What a case came to lies sealed, and is not counted.

Each column counts what happened in the period. To whoever does not see the desk a case came when it
was passed on: the day of its arrival would tell of its writer.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session

from moderation.access import Person, visible_to
from moderation.reports.figures import Told
from moderation.reports.periods import Period
from portal.clock import VIETNAM
from portal.models import Case, Event, StageClock, Submission
from portal.models.case import Room
from portal.vocabulary import CaseworkColumn, Rating, Sentiment, Status

_C = CaseworkColumn
#: Mixed follows criticism.
_CRITICISM = (Sentiment.CRITICISM, Sentiment.MIXED)


def count_casework(session: Session, *, by: Person, period: Period) -> dict[int, dict[str, int]]:
    """What a reader sees, by organisation, in three statements; one without any is not named."""
    bounds, seen = _bounds(period), _seen(by)
    found = dict[int, dict[str, int]]()
    for names, wanted in (_courses(seen, bounds), _stages(seen, bounds), _ratings(seen, bounds)):
        for place, *amounts in session.execute(wanted):
            if place is not None:
                told = zip(map(str, names), (amount or 0 for amount in amounts), strict=True)
                found.setdefault(place, {}).update(told)
    return found


def with_zeros(counts: dict[int, dict[str, int]], units: list[int]) -> dict[int, Told]:
    """The counts of all units: where a reader sees no case there is none, and that is a zero."""
    none = dict.fromkeys(map(str, _C), 0)
    return {number: none | counts.get(number, {}) for number in {*units, *counts}}


_Asked = tuple[tuple[CaseworkColumn, ...], Any]
_Bounds = tuple[datetime, datetime]


def _courses(seen: Subquery, bounds: _Bounds) -> _Asked:
    """What came, was found eligible, was passed on and was answered."""
    came = _within(seen.c.came_at, bounds)
    counted = {
        _C.RECEIVED: came,
        _C.CRITICISM: and_(came, seen.c.sentiment.in_(_CRITICISM)),
        _C.PRAISE: and_(came, seen.c.sentiment == Sentiment.PRAISE),
        _C.ELIGIBLE: _within(seen.c.eligible_at, bounds),
        _C.ROUTED: _within(seen.c.routed_at, bounds),
        _C.ANSWERED: _within(seen.c.answered_at, bounds),
    }
    sums: list[Any] = [_times(condition) for condition in counted.values()]
    return tuple(counted), select(seen.c.place, *sums).group_by(seen.c.place)


def _stages(seen: Subquery, bounds: _Bounds) -> _Asked:
    """How many stages ended, and in time, by who was to be in time."""
    wanted = (
        select(StageClock.organisation_id, func.count(), _times(StageClock.late.is_(False)))
        .where(
            StageClock.case_id.in_(select(seen.c.id)),
            StageClock.late.is_not(None),
            _within(StageClock.stopped_at, bounds),
        )
        .group_by(StageClock.organisation_id)
    )
    return (_C.STAGES, _C.ON_TIME), wanted


def _ratings(seen: Subquery, bounds: _Bounds) -> _Asked:
    """How what was answered in the period was judged, by then or later."""
    wanted = (
        select(seen.c.place, func.count(), _times(Submission.rating == Rating.SATISFIED))
        .join(Submission, Submission.case_id == seen.c.id)
        .where(Submission.rating.is_not(None), _within(seen.c.answered_at, bounds))
        .group_by(seen.c.place)
    )
    return (_C.RATED, _C.SATISFIED), wanted


def _seen(by: Person) -> Subquery:
    """The cases that a reader sees: who has each, and when it reached each stage first."""
    desk, committee = (visible_to(by, [room]) for room in (Room.DESK, Room.COMMITTEE))
    came_at = case((Case.id.in_(desk), Case.arrived_at), else_=_first(Status.ROUTED))
    return (
        select(
            Case.id,
            func.coalesce(Case.handler_id, Case.desk_id).label("place"),
            Case.sentiment,
            came_at.label("came_at"),
            _first(Status.ELIGIBLE).label("eligible_at"),
            _first(Status.ROUTED).label("routed_at"),
            _first(Status.ANSWERED).label("answered_at"),
        )
        .where(or_(Case.id.in_(desk), Case.id.in_(committee)))
        .subquery()
    )


def _first(status: Status) -> ScalarSelect[Any]:
    """When a case reached a status for the first time."""
    return (
        select(func.min(Event.at))
        .where(Event.case_id == Case.id, Event.to_status == status, Event.from_status != status)
        .correlate(Case)
        .scalar_subquery()
    )


def _times(condition: ColumnElement[bool]) -> Any:
    """How many times something holds."""
    return func.sum(case((condition, 1), else_=0))


def _within(moment: Any, bounds: _Bounds) -> ColumnElement[bool]:
    """That a moment lies in the period."""
    return and_(moment >= bounds[0], moment < bounds[1])


def _bounds(period: Period) -> _Bounds:
    """The moments at which a period begins and is over, in Vietnam."""
    return _beginning(period.since), _beginning(period.until + timedelta(days=1))


def _beginning(day: date) -> datetime:
    """The moment at which a day begins in Vietnam."""
    return datetime.combine(day, time.min, VIETNAM).astimezone(UTC)
