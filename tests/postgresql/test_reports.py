"""On PostgreSQL figures are the same figures, with the same lists behind them."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql

from moderation.concluding import catch_up
from moderation.reports.casework.lenses import bounds_of, within
from moderation.reports.periods import Period
from portal.models import Case, StageClock
from portal.vocabulary import ReportTable, Status
from tests.moderation.reports.handled import handled_cases, number_of, report_for, walk
from tests.moderation.reports.reviewing import Result, review
from tests.moderation.ward import CELL_7, PROVINCE, WARD, Ward

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
_MOMENTS = (
    *(Case.arrived_at, Case.screened_at, Case.eligible_at, Case.routed_at),
    *(Case.answered_at, Case.contested_at, StageClock.stopped_at),
)


def test_each_number_of_cases_is_the_length_of_the_list_behind_it(ward: Ward) -> None:
    tables = [table for table in ReportTable if table.is_of_cases]
    with ward.database.writing() as session:
        handled_cases(session, ward, 25)
    some = 0
    with ward.database.reading() as session:
        for login, table in product(("tied", "both"), tables):
            by = ward.person(session, login)
            report = report_for(ward, session, login, WARD, table, YEAR)
            for column in (*report.layout.columns[:3], report.layout.columns[-1]):
                rows = walk(session, ward, by, report, column)
                assert len(rows) == number_of(report, column), str(column)
                some += len(rows)
    assert some > 50


def test_members_and_reviews_are_added_up(ward: Ward) -> None:
    with ward.database.writing() as session:
        review(session, ward, YEAR, {CELL_7: [Result("bach"), Result("thanh")]})
    with ward.database.reading() as session:
        report = report_for(ward, session, "province", PROVINCE, ReportTable.MEMBERS, YEAR)
        found = report.sums[PROVINCE].figures
        assert (found["members"].value, found["listed"].value) == (7, 2)


def test_older_answers_are_read_without_waiting_for_each_other(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.CLOSED, handler=CELL_7)
        case.answered_at = ward.at
    assert catch_up(ward.database, ward.worker_ring, go_on=lambda: True) == 0


@pytest.mark.parametrize("moment", _MOMENTS, ids=str)
def test_a_period_is_a_range_of_an_index(ward: Ward, moment: Any) -> None:
    wanted = select(moment.class_.id).where(within(moment, bounds_of(YEAR)))
    words = wanted.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    with ward.database.reading() as session:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        rows = session.connection().exec_driver_sql(f"EXPLAIN {words}")
        plan = [row[0] for row in rows]
    assert any(f"ix_{moment.class_.__tablename__}_{moment.key}" in step for step in plan), plan
