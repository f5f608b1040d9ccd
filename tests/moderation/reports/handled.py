"""Cases of all kinds in the small ward, at every stage, put there by force."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.concluding import keep_finding
from moderation.cursors import Cursor
from moderation.reports.casework import Behind, Entry, turn_to
from moderation.reports.columns import STAGES, Column, Measure, StageColumn
from moderation.reports.periods import Period
from moderation.reports.reading import Report, read_report
from moderation.workflow.filing import file_case
from portal.models import Case, StageClock, Submission
from portal.vocabulary import (
    Channel,
    Finding,
    Kind,
    Rating,
    ReportTable,
    Sentiment,
    Status,
    Topic,
)
from tests.moderation.ward import CELL_2, CELL_7, COMMISSION, SCHOOL, WARD, Ward

_COURSE = ("screened_at", "eligible_at", "routed_at", "answered_at", "contested_at")


def handled_cases(session: Session, ward: Ward, amount: int, *, seed: int = 1) -> list[Case]:
    """So many cases, some hidden from somebody, some restricted, from before a year or in it."""
    chance = Random(seed)
    return [_case(session, ward, chance) for _each in range(amount)]


def report_for(
    ward: Ward, session: Session, login: str, number: int, table: ReportTable, period: Period
) -> Report:
    """A table as somebody reads it."""
    return read_report(
        session,
        ring=ward.ring,
        by=ward.person(session, login),
        organisation_id=number,
        table=table,
        period=period,
    )


def walk(session: Session, ward: Ward, by: Person, report: Report, column: Column) -> list[Entry]:
    """Every entry of a list, page by page, then one page back."""
    places, pages, cursor = report.tree.added_at(report.top.id), list[Behind](), None
    while not pages or cursor is not None:
        pages.append(page_of(session, ward, by, report, column, places, cursor))
        cursor = pages[-1].later
    if len(pages) > 1:
        again = page_of(session, ward, by, report, column, places, pages[-1].earlier)
        assert again.entries == pages[-2].entries
    return [entry for page in pages for entry in page.entries]


def page_of(
    session: Session,
    ward: Ward,
    by: Person,
    report: Report,
    column: Column,
    places: list[int],
    cursor: Cursor | None,
) -> Behind:
    """A page of a list."""
    return turn_to(
        session,
        ring=ward.ring,
        by=by,
        layout=report.layout,
        column=column,
        period=report.period,
        places=places,
        cursor=cursor,
    )


def number_of(report: Report, column: Column) -> int:
    """How many a table says that there are; of a median, how many it is of."""
    if isinstance(column, StageColumn) and column.measure in {Measure.MEDIAN, Measure.NINTH}:
        column = StageColumn(column.stage, Measure.ENDED)
    return report.figures(report.sums[report.top.id])[column].value or 0


def _case(session: Session, ward: Ward, chance: Random) -> Case:
    """One case."""
    reached = chance.randrange(len(_COURSE) + 1)
    handler = chance.choice([CELL_7, CELL_2, SCHOOL, WARD, COMMISSION]) if reached > 2 else None
    opened = [Status.IN_PROGRESS, Status.CLOSED, Status.REPORTED]
    case = ward.place(
        session,
        status=chance.choice(opened) if handler else Status.SCREENING,
        handler=handler,
        subjects=chance.choice([["bach"], ["doan"], []]),
    )
    case.arrived_at = ward.at - timedelta(days=chance.randrange(30, 500))
    for number, column in enumerate(_COURSE[:reached], start=1):
        setattr(case, column, case.arrived_at + timedelta(days=number * chance.randrange(1, 6)))
    case.kind, case.topic = chance.choice([None, *Kind]), chance.choice([None, *Topic])
    case.sentiment = chance.choice([None, *Sentiment])
    case.restricted = handler == COMMISSION
    letter = session.get_one(Submission, case.id)
    letter.channel = chance.choice(list(Channel))
    if case.answered_at is not None:
        letter.rating = chance.choice([None, *Rating])
        if chance.random() < 0.8:
            keep_finding(ward.office, case=case, finding=chance.choice(list(Finding)))
    for stage in chance.sample(list(STAGES), 3):
        session.add(_clock(case, stage, chance))
    file_case(session, case=case)
    return case


def _clock(case: Case, stage: str, chance: Random) -> StageClock:
    """A stage of a case that has ended, or not yet."""
    begun = case.arrived_at + timedelta(days=chance.randrange(3))
    days, ended = chance.randrange(9), chance.random() < 0.9
    return StageClock(
        case_id=case.id,
        stage=stage,
        organisation_id=case.handler_id or case.desk_id,
        started_at=begun,
        due_at=begun + timedelta(days=4),
        stopped_at=begun + timedelta(days=days) if ended else None,
        late=days > 4 if ended else None,
        late_days=max(days - 4, 0) if ended else None,
        taken=days if ended else None,
    )
