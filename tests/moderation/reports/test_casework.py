"""What is counted of cases, and the lists behind the numbers, as each reader sees both."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from moderation.access import find_case
from moderation.reports.casework import PER_PAGE
from moderation.reports.columns import Measure, Spread, StageColumn
from moderation.reports.periods import Period
from moderation.reports.reading import NoSuchReport, read_behind
from moderation.reports.tables import LAYOUTS
from portal.models import Case, StageClock
from portal.vocabulary import CaseworkColumn, ReportTable, Role, Status
from tests.conftest import Watch
from tests.moderation.reports.handled import (
    handled_cases,
    number_of,
    page_of,
    report_for,
    walk,
)
from tests.moderation.ward import CELL_7, COMMISSION, PROVINCE, WARD, Ward

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
TABLES = [table for table in ReportTable if table.is_of_cases]
#: Who reads at which organisations, with everything that hides a case from somebody among them.
READERS = (
    *(("tied", WARD), ("both", WARD), ("wife", CELL_7)),
    *(("ky", COMMISSION), ("thu", PROVINCE), ("province", PROVINCE)),
)


def test_a_number_and_the_list_behind_it_agree_as_each_reader_sees_both(ward: Ward) -> None:
    with ward.database.writing() as session:
        handled_cases(session, ward, 60)
    numbers = set()
    with ward.database.reading() as session:
        for (login, number), table in product(READERS, TABLES):
            by = ward.person(session, login)
            if table.is_of_desks and not by.has(Role.MODERATOR):
                continue
            report = report_for(ward, session, login, number, table, YEAR)
            for column in (*report.layout.columns[:2], *report.layout.columns[2::4]):
                rows = walk(session, ward, by, report, column)
                numbers.add(number_of(report, column))
                assert len(rows) == len(set(rows)) == number_of(report, column), (login, column)
                for entry in rows[:1]:
                    find_case(session, person=by, case_id=entry.case_id, room=entry.room)
    assert max(numbers) > PER_PAGE


def test_what_a_level_has_itself_is_a_list_without_what_stands_below_it(ward: Ward) -> None:
    with ward.database.writing() as session:
        cases = handled_cases(session, ward, 20)
        table, column = ReportTable.CASEWORK, CaseworkColumn.RECEIVED
        report, by = (
            report_for(ward, session, "hoa", WARD, table, YEAR),
            ward.person(session, "hoa"),
        )
        own = report.sums[WARD].own
        assert own is not None
        places = report.tree.added_at(WARD, alone=True)
        page = page_of(session, ward, by, report, column, places, None)
        assert own.figures[column].value == len(page.entries) > 0
        filed = {case.id: case.handler_id or case.desk_id for case in cases}
        assert {filed[entry.case_id] for entry in page.entries} == {WARD}


def test_the_parts_of_a_table_are_all_of_it(ward: Ward) -> None:
    with ward.database.writing() as session:
        handled_cases(session, ward, 30)
    with ward.database.reading() as session:
        for table in (ReportTable.KINDS, ReportTable.TOPICS, ReportTable.FINDINGS):
            report = report_for(ward, session, "hoa", WARD, table, YEAR)
            whole, *parts = report.figures(report.sums[WARD]).values()
            assert whole.value == sum(part.value for part in parts) > 0


def test_a_median_is_that_of_all_stages_below_and_no_sum(ward: Ward) -> None:
    with ward.database.writing() as session:
        handled_cases(session, ward, 40)
        taken = session.scalars(
            select(StageClock.taken)
            .join(Case, Case.id == StageClock.case_id)
            .where(StageClock.stage == "result", StageClock.stopped_at >= ward.at - timedelta(326))
        ).all()
        report = report_for(ward, session, "thu", PROVINCE, ReportTable.HANDLING_STAGES, YEAR)
        found = report.figures(report.sums[PROVINCE])
        ended = found[StageColumn("result", Measure.ENDED)].value
        assert ended == len(taken)
        days = sorted(day for day in taken if day is not None)
        assert found[StageColumn("result", Measure.MEDIAN)].value == days[(len(days) - 1) // 2]


@given(st.lists(st.integers(0, 40), min_size=1), st.lists(st.integers(0, 40)))
def test_so_many_of_a_hundred_were_done_within_so_many_days_and_not_within_fewer(
    some: list[int], others: list[int]
) -> None:
    spread = sum((Spread({days: 1}) for days in (*some, *others)), Spread())
    for share in (50, 90):
        days, every = spread.within(share), [*some, *others]
        assert days is not None
        assert sum(each <= days for each in every) * 100 >= share * len(every)
        assert sum(each < days for each in every) * 100 < share * len(every)
    assert Spread().within(50) is None


def test_a_stage_that_ended_only_by_a_withdrawal_is_kept_by_nobody(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.WITHDRAWN, handler=CELL_7)
        case.routed_at = case.finished_at = ward.at
        for ended in (ward.at, ward.at - timedelta(days=1)):
            session.add(
                StageClock(
                    case_id=case.id,
                    stage="result",
                    organisation_id=CELL_7,
                    started_at=ward.at - timedelta(days=9),
                    due_at=ward.at,
                    stopped_at=ended,
                    late=False,
                    taken=1,
                )
            )
        session.flush()
        report = report_for(ward, session, "thanh", CELL_7, ReportTable.HANDLING_STAGES, YEAR)
        assert report.sums[CELL_7].figures["result.ended"].value == 1


def test_the_days_before_a_case_was_passed_on_are_told_to_no_committee(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.IN_PROGRESS, handler=CELL_7)
        case.arrived_at = ward.at - timedelta(days=30)
        case.screened_at = case.eligible_at = ward.at - timedelta(days=20)
        case.routed_at = ward.at - timedelta(days=10)
        session.flush()
        before = Period(date(2026, 10, 1), date(2026, 11, 10))
        for login, amount in (("hoa", 1), ("vinh", 0)):
            report = report_for(ward, session, login, WARD, ReportTable.CASEWORK, before)
            for column in (CaseworkColumn.RECEIVED, CaseworkColumn.SCREENED):
                assert report.sums[WARD].figures[column].value == amount
        for table in (ReportTable.DESK_STAGES, ReportTable.CHANNELS):
            with pytest.raises(NoSuchReport):
                report_for(ward, session, "vinh", WARD, table, before)


def test_a_list_is_of_nobody_who_does_not_see_its_organisation(ward: Ward) -> None:
    with ward.database.reading() as session:
        for login, number in (("far", WARD), ("auditor", WARD), ("thanh", WARD), ("hoa", 999)):
            with pytest.raises(NoSuchReport):
                read_behind(
                    session,
                    ring=ward.ring,
                    by=ward.person(session, login),
                    organisation_id=number,
                    layout=LAYOUTS[ReportTable.CASEWORK],
                    column=CaseworkColumn.RECEIVED,
                    period=YEAR,
                )


def test_a_table_of_cases_takes_as_many_statements_for_many_cases_as_for_few(
    ward: Ward, statements: Watch
) -> None:
    with ward.database.writing() as session:
        handled_cases(session, ward, 3)
    taken = dict[ReportTable, list[int]]()
    for more in (0, 20):
        with ward.database.writing() as session:
            handled_cases(session, ward, more, seed=2)
        for table in TABLES:
            with ward.database.reading() as session, statements(ward.database) as seen:
                report_for(ward, session, "hoa", WARD, table, YEAR)
            taken.setdefault(table, []).append(len(seen))
    assert all(few == many <= 20 for few, many in taken.values()), taken
