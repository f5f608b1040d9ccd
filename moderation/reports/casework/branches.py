"""What each table counts, once for its numbers and for the lists behind them.

A branch is one kind of row: a case, a stage of a case, or a judgement of its answer. It says by
which values of its keys a row counts in which columns; a number and its list follow from the same
lines.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, not_, or_, select, true

from moderation.reports.casework.lenses import Bounds, Lens, within
from moderation.reports.columns import Measure, StageColumn
from moderation.reports.tables import DESK_STAGES, HANDLING_STAGES
from portal.models import Case, StageClock, Submission
from portal.models.case import Room
from portal.vocabulary import (
    CaseworkColumn,
    Channel,
    Kind,
    Rating,
    ReportTable,
    Sentiment,
    Status,
    Topic,
)

_C = CaseworkColumn
#: Mixed follows criticism.
_CRITICISM = (Sentiment.CRITICISM, Sentiment.MIXED)
_STAFFED = (*DESK_STAGES, *HANDLING_STAGES)
#: A case counts where it is handled, or screened before that.
PLACE = func.coalesce(Case.handler_id, Case.desk_id)

Values = tuple[Any, ...]
#: By which values of the keys a row counts in a column; None: by any.
Counts = Mapping[str, Collection[Values] | None]


@dataclass(frozen=True)
class Branch:
    """Rows of ``place``, ``row`` and ``case_id``, seen from one room.

    ``days`` is the column whose spread is told, ``sealed`` one that must be opened to be counted.
    """

    room: Room
    rows: Select[*tuple[Any, ...]]
    place: Any
    row: Any
    counts: Counts
    keys: tuple[Any, ...] = ()
    days: Any = None
    sealed: Any = None

    def columns_of(self, values: Values) -> Iterable[str]:
        """The columns in which a row with these values of its keys counts."""
        return (name for name, wanted in self.counts.items() if wanted is None or values in wanted)

    def counts_in(self, name: str) -> ColumnElement[bool]:
        """That a row counts in a column."""
        wanted = self.counts.get(name, ())
        if wanted is None:
            return true()
        return or_(
            false(),
            *(
                and_(*(key == value for key, value in zip(self.keys, values, strict=True)))
                for values in wanted
            ),
        )


def branches_of(table: ReportTable, lens: Lens, bounds: Bounds) -> tuple[Branch, ...]:
    """What a table counts through one lens in a period."""
    return _BRANCHES[table](lens, bounds)


def _casework(lens: Lens, bounds: Bounds) -> tuple[Branch, ...]:
    """How far cases came, how many stages were kept, and how answers were judged."""
    received: Counts = {
        _C.RECEIVED: None,
        _C.CRITICISM: [(each,) for each in _CRITICISM],
        _C.PRAISE: [(Sentiment.PRAISE,)],
    }
    reached = {
        _C.SCREENED: lens.moment(Case.screened_at),
        _C.ELIGIBLE: lens.moment(Case.eligible_at),
        _C.ROUTED: Case.routed_at,
        _C.ANSWERED: Case.answered_at,
        _C.CONTESTED: Case.contested_at,
    }
    return (
        _cases(lens, within(lens.moment(Case.arrived_at), bounds), received, (Case.sentiment,)),
        *(_cases(lens, within(at, bounds), {name: None}) for name, at in reached.items()),
        _clocks(
            lens, bounds, _STAFFED, {_C.STAGES: None, _C.ON_TIME: [(False,)]}, (StageClock.late,)
        ),
        _ratings(lens, bounds),
    )


def _received_by(key: Any, words: Iterable[str]) -> Callable[[Lens, Bounds], tuple[Branch, ...]]:
    """What came, by something that is known of each case."""
    counts = {
        _C.RECEIVED: None,
        **{str(word): [(word,)] for word in words},
        _C.UNCLASSIFIED: [(None,)],
    }
    return lambda lens, bounds: (
        _cases(lens, within(lens.moment(Case.arrived_at), bounds), counts, (key,)),
    )


def _channels(lens: Lens, bounds: Bounds) -> tuple[Branch, ...]:
    """What came, by the way on which the letter came that a case began with."""
    counts: Counts = {
        _C.RECEIVED: None,
        **{str(channel): [(channel,)] for channel in Channel},
        _C.UNCLASSIFIED: [(None,)],
    }
    plain = _cases(lens, within(Case.arrived_at, bounds), counts, (Submission.channel,))
    rows = plain.rows.outerjoin(Submission, Submission.id == Case.id)
    return (Branch(lens.room, rows, PLACE, Case.id, counts, plain.keys),)


def _findings(lens: Lens, bounds: Bounds) -> tuple[Branch, ...]:
    """What was answered, by what was found; that lies sealed."""
    rows = _rows(lens, PLACE, Case.id).where(within(Case.answered_at, bounds))
    return (Branch(lens.room, rows, PLACE, Case.id, {_C.ANSWERED: None}, sealed=Case.finding),)


def _stages(stages: tuple[str, ...]) -> Callable[[Lens, Bounds], tuple[Branch, ...]]:
    """Stages that ended, each with the days that they took."""
    counts = dict[str, Collection[Values]]()
    for stage in stages:
        both = [(stage, False), (stage, True)]
        for measure in Measure:
            kept = both[:1] if measure is Measure.ON_TIME else both
            counts[str(StageColumn(stage, measure))] = kept
    keys = (StageClock.stage, StageClock.late)
    return lambda lens, bounds: (
        _clocks(lens, bounds, stages, counts, keys, days=StageClock.taken),
    )


_BRANCHES: Mapping[ReportTable, Callable[[Lens, Bounds], tuple[Branch, ...]]] = {
    ReportTable.CASEWORK: _casework,
    ReportTable.KINDS: _received_by(Case.kind, Kind),
    ReportTable.TOPICS: _received_by(Case.topic, Topic),
    ReportTable.CHANNELS: _channels,
    ReportTable.FINDINGS: _findings,
    ReportTable.DESK_STAGES: _stages(DESK_STAGES),
    ReportTable.HANDLING_STAGES: _stages(HANDLING_STAGES),
}


def _rows(lens: Lens, place: Any, row: Any) -> Select[*tuple[Any, ...]]:
    """Rows of the cases that are seen through a lens."""
    return (
        select(place.label("place"), row.label("row"), Case.id.label("case_id"))
        .select_from(Case)
        .where(lens.sees)
    )


def _cases(
    lens: Lens, condition: ColumnElement[bool], counts: Counts, keys: tuple[Any, ...] = ()
) -> Branch:
    """Cases that meet a condition."""
    return Branch(
        lens.room, _rows(lens, PLACE, Case.id).where(condition), PLACE, Case.id, counts, keys
    )


def _clocks(
    lens: Lens,
    bounds: Bounds,
    stages: tuple[str, ...],
    counts: Counts,
    keys: tuple[Any, ...],
    days: Any = None,
) -> Branch:
    """Stages that ended, at whoever was to be in time.

    What ended only because its writer took the case back was kept by nobody, and is left out.
    """
    place, row = StageClock.organisation_id, StageClock.id
    rows = (
        _rows(lens, place, row)
        .join(StageClock, StageClock.case_id == Case.id)
        .where(
            within(StageClock.stopped_at, bounds),
            StageClock.late.is_not(None),
            StageClock.stage.in_([stage for stage in stages if stage in lens.stages]),
            not_(
                and_(
                    Case.status == Status.WITHDRAWN,
                    func.coalesce(Case.finished_at, StageClock.started_at) == StageClock.stopped_at,
                )
            ),
        )
    )
    return Branch(lens.room, rows, place, row, counts, keys, days=days)


def _ratings(lens: Lens, bounds: Bounds) -> Branch:
    """How what was answered in the period was judged, by then or later."""
    rows = (
        _rows(lens, PLACE, Submission.id)
        .join(Submission, Submission.case_id == Case.id)
        .where(Submission.rating.is_not(None), within(Case.answered_at, bounds))
    )
    counts: Counts = {_C.RATED: None, _C.SATISFIED: [(Rating.SATISFIED,)]}
    return Branch(lens.room, rows, PLACE, Submission.id, counts, (Submission.rating,))
