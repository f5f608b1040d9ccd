"""Counting finished cases, each once in every table that it belongs to.

A case counts in the quarter in which it ended for good, and at the commune or ward that handled it,
or screened it where nobody handled it. What is handled above or beside them counts together, and
nothing below a ward is ever counted by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.reported_findings import reported_findings
from moderation.retention.counting import places_of
from moderation.workflow.availability import is_nomination, is_praise
from moderation.workflow.table import FINISHED
from portal.clock import local_date, start_of
from portal.figures.layout import ABOVE, ALL, LAYOUT_OF, REST, WHOLE
from portal.figures.quarters import Quarter
from portal.models import Case, Organisation, StageClock, Submission
from portal.vocabulary import (
    FigureCourse,
    FigureSatisfaction,
    FigureSide,
    FigureTable,
    FigureTimeliness,
    Finding,
    OrganisationKind,
    Rating,
    Status,
)

#: A place, a table and a value of it.
Cell = tuple[int, FigureTable, str]
Counts = Counter[Cell]
_T = FigureTable
#: So many cases are opened together.
_BATCH = 500
#: Here nobody of the staff is waited for.
_NOT_OURS = ("need_info", "rating")
_COURSES = {
    Status.DECLINED: FigureCourse.DECLINED,
    Status.REFERRED: FigureCourse.REFERRED,
    Status.WITHDRAWN: FigureCourse.WITHDRAWN,
}
#: Several writers of one case count once, by the least satisfied of those who said anything.
_WORST_FIRST = (Rating.UNSATISFIED, Rating.ACCEPTABLE, Rating.SATISFIED)


def count_quarter(session: Session, *, office: Office, quarter: Quarter) -> Counts:
    """The counts of every place and of all together, of the cases that are there."""
    ended = and_(Case.status.in_(FINISHED), _within(Case.finished_at, quarter))
    counts: Counts = Counter()
    for case_ids in _batches(session.scalars(select(Case.id).where(ended).order_by(Case.id))):
        for _quarter, cell in count_cases(session, office=office, case_ids=case_ids):
            counts[cell] += 1
    came = select(func.count()).where(
        Case.status != Status.MERGED, _within(Case.arrived_at, quarter)
    )
    counts[WHOLE, _T.RECEIVED, ALL] += session.scalar(came) or 0
    return counts


def count_cases(
    session: Session, *, office: Office, case_ids: Collection[int]
) -> Iterator[tuple[Quarter, Cell]]:
    """Where each of these finished cases counts, and in which quarter; merged ones do not."""
    places = _places(session)
    findings = reported_findings(session, office=office, case_ids=case_ids)
    late, ratings = _late(session, case_ids), _ratings(session, case_ids)
    for case in session.scalars(select(Case).where(Case.id.in_(case_ids))):
        if case.finished_at is None or case.status not in FINISHED:
            continue
        place = places.get(case.handler_id or case.desk_id, ABOVE)
        quarter = Quarter.of(local_date(case.finished_at))
        told = _told(case, findings.get(case.id), case.id in late, ratings.get(case.id))
        for table, value in told:
            for one in (WHOLE, place):
                yield quarter, (one, table, value)


def _told(
    case: Case, finding: Finding | None, late: bool, rating: Rating | None
) -> Iterator[tuple[FigureTable, str]]:
    """In which value of each table a case counts."""
    side = _side(case)
    yield _T.FINISHED, ALL
    yield _T.SIDE, side
    yield _T.TIMELINESS, FigureTimeliness.LATE if late else FigureTimeliness.ON_TIME
    yield _T.TOPIC, case.topic or REST
    if side is not FigureSide.OPINION:
        return
    yield _T.KIND, _known(_T.KIND, case.kind)
    course = _course(case, finding)
    yield _T.COURSE, course
    if course is FigureCourse.ANSWERED:
        yield _T.FINDING, _known(_T.FINDING, finding)
        yield _T.SATISFACTION, rating or FigureSatisfaction.SILENT


def _side(case: Case) -> FigureSide:
    """What a case was handled as, by the rules of the workflow."""
    if is_nomination(case):
        return FigureSide.NOMINATION
    return FigureSide.PRAISE if is_praise(case) else FigureSide.OPINION


def _course(case: Case, finding: Finding | None) -> FigureCourse:
    """How an opinion ended; where a refusal was upheld, it is still one."""
    ended = case.status
    if ended is Status.CLOSED and finding is None and case.contested_from is not None:
        ended = case.contested_from
    return _COURSES.get(ended, FigureCourse.ANSWERED)


def _known(table: FigureTable, value: str | None) -> str:
    """The value, where its table has it."""
    return value if value is not None and value in LAYOUT_OF[table].labels else REST


def _late(session: Session, case_ids: Collection[int]) -> frozenset[int]:
    """Which of these were late in a step that staff had to take."""
    return frozenset(
        session.scalars(
            select(StageClock.case_id).where(
                StageClock.case_id.in_(case_ids),
                StageClock.late.is_(True),
                StageClock.stage.not_in(_NOT_OURS),
            )
        )
    )


def _ratings(session: Session, case_ids: Collection[int]) -> dict[int, Rating]:
    """How the writers of each case judged it; whose are all silent is left out."""
    found: dict[int, set[Rating]] = {}
    for row in session.execute(
        select(Submission.case_id, Submission.rating).where(
            Submission.case_id.in_(case_ids), Submission.rating.is_not(None)
        )
    ):
        found.setdefault(row.case_id, set()).add(row.rating)
    return {
        number: next(rating for rating in _WORST_FIRST if rating in said)
        for number, said in found.items()
    }


def _places(session: Session) -> dict[int | None, int]:
    """The commune or ward of each organisation, or that it is in none."""
    wards = set(
        session.scalars(
            select(Organisation.id).where(Organisation.kind == OrganisationKind.WARD_COMMUNE)
        )
    )
    found = places_of(session).items()
    return {number: place if place in wards else ABOVE for number, place in found}


def _within(column: Any, quarter: Quarter) -> ColumnElement[bool]:
    """That a moment lies within a quarter."""
    first, last = start_of(quarter.since), start_of(quarter.next().since)
    return and_(column >= first, column < last)


def _batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    """The same numbers, some at a time."""
    every = list(numbers)
    for start in range(0, len(every), _BATCH):
        yield every[start : start + _BATCH]
