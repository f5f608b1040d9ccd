"""The tables of cases of a whole province, and the lists behind their numbers.

The cases are written in bulk past the verbs, in the shape in which the verbs leave them: as far as
figures read it. One in twenty is hidden from the reader.
"""

import random
import statistics
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bench.budgets import Line
from moderation.access import Granted, Person
from moderation.concluding import Findings
from moderation.reports.periods import Period
from moderation.reports.reading import read_behind, read_report
from moderation.reports.tables import LAYOUTS
from portal.clock import local_date, now
from portal.db import Database
from portal.models import Case, CaseScope, Exclusion, StageClock, Submission
from portal.models.case import Room
from portal.models.submission import identity_of
from portal.vault import Ring
from portal.vocabulary import (
    CaseworkColumn,
    Channel,
    Finding,
    Kind,
    OrganisationKind,
    Rating,
    ReportTable,
    Role,
    Sentiment,
    Status,
    Topic,
)

#: Seconds that a table, and a page of a list, may take at 100,000 cases.
MOST_SECONDS, LIST_SECONDS = 3.0, 2.0
_BLOCK, _MARK = 5_000, bytes(32)
#: After so many days at most each stage of the course is reached.
_COURSE = ("screened_at", "eligible_at", "routed_at", "answered_at", "contested_at")
_STAGES = ("screening", "confirm", "pass_on", "accept", "result", "publish")
_LISTS = (
    (ReportTable.CASEWORK, CaseworkColumn.RECEIVED),
    (ReportTable.CASEWORK, CaseworkColumn.STAGES),
    (ReportTable.FINDINGS, Finding.UNDETERMINED),
)


def fill_cases(
    database: Database,
    ring: Ring,
    *,
    amount: int,
    top: int,
    wards: Sequence[int],
    cells: Sequence[int],
) -> None:
    """Write so many cases of two years, spread over the cells of a province."""
    findings, moment = Findings(ring), now()
    # Invented cases are to be the same in each run; nothing that guards is drawn here.
    chance = random.Random(amount)  # nosec B311
    for first in range(0, amount, _BLOCK):
        tables: dict[type, list[dict[str, Any]]] = {}
        for number in range(first, min(first + _BLOCK, amount)):
            cell = cells[number % len(cells)]
            seen_from = (cell, wards[number % len(wards)], top)
            _add_case(tables, chance, findings, number, seen_from, moment)
        with database.writing() as session:
            for model, rows in tables.items():
                session.execute(insert(model), rows)


def casework_lines(database: Database, ring: Ring, *, amount: int, top: int) -> list[Line]:
    """Read every table of cases and three of their lists; return the budgets."""
    today, person = local_date(now()), _reader(top)
    year = Period(today - timedelta(days=365), today)
    with database.reading() as session:
        times = {
            str(table): _timed(session, ring, person, top, table, year)
            for table in ReportTable
            if table.is_of_cases
        }
        slowest = max(times, key=lambda name: times[name])
        lists = [_timed_list(session, ring, person, top, each, year) for each in _LISTS]
    of = f"of {amount:,} cases"
    return [
        Line(f"slowest table {of} ({slowest})", times[slowest], "s", most=MOST_SECONDS),
        Line(f"slowest list behind a number {of}", max(lists), "s", most=LIST_SECONDS),
    ]


def _timed(
    session: Session, ring: Ring, person: Person, top: int, table: ReportTable, period: Period
) -> float:
    """How many seconds a table takes, the middle of three."""
    taken = []
    for _turn in range(3):
        start = time.perf_counter()
        read_report(session, ring=ring, by=person, organisation_id=top, table=table, period=period)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _timed_list(
    session: Session,
    ring: Ring,
    person: Person,
    top: int,
    wanted: tuple[ReportTable, CaseworkColumn | Finding],
    period: Period,
) -> float:
    """How many seconds the first page of a list takes."""
    table, column = wanted
    start = time.perf_counter()
    read_behind(
        session,
        ring=ring,
        by=person,
        organisation_id=top,
        layout=LAYOUTS[table],
        column=column,
        period=period,
    )
    return time.perf_counter() - start


def _reader(top: int) -> Person:
    """A moderator of the highest level, who is tied to somebody."""
    granted = Granted(Role.MODERATOR, top, OrganisationKind.PROVINCE)
    return Person(
        account_id=1, name="", login="", language=None, grants=(granted,), marks=frozenset({_MARK})
    )


def _add_case(
    tables: dict[type, list[dict[str, Any]]],
    chance: random.Random,
    findings: Findings,
    number: int,
    seen_from: tuple[int, int, int],
    moment: datetime,
) -> None:
    """One case with its letter, its rooms and its stages."""
    case_id, cell = identity_of(moment.year - 1, number + 1), seen_from[0]
    arrived = moment - timedelta(days=chance.randrange(20, 730), seconds=number)
    reached = [arrived + timedelta(days=5 * step) for step in range(1, chance.randrange(2, 7))]
    answered = len(reached) >= 4
    case: dict[str, Any] = {
        "id": case_id,
        "status": Status.CLOSED if answered else Status.SCREENING,
        "version": 1,
        "arrived_at": arrived,
        "prepared_at": arrived,
        "desk_id": seen_from[1],
        "handler_id": cell if len(reached) > 2 else None,
        "kind": chance.choice(list(Kind)),
        "topic": chance.choice(list(Topic)),
        "sentiment": chance.choice(list(Sentiment)),
        "finding": findings.seal(case_id, chance.choice(list(Finding))) if answered else None,
        "finished_at": reached[-1] if answered else None,
        **dict.fromkeys(_COURSE),
        **dict(zip(_COURSE, reached, strict=False)),
    }
    tables.setdefault(Case, []).append(case)
    tables.setdefault(Submission, []).append(_letter(chance, case_id, arrived, answered=answered))
    if number % 20 == 0:
        hidden = {"case_id": case_id, "mark": _MARK, "borrowed": False}
        tables.setdefault(Exclusion, []).append(hidden)
    _file(tables, case, seen_from)
    _add_clocks(tables, chance, case, reached)


def _letter(
    chance: random.Random, case_id: int, arrived: datetime, *, answered: bool
) -> dict[str, Any]:
    """The letter that a case began with."""
    return {
        "id": case_id,
        "case_id": case_id,
        "lookup": case_id.to_bytes(32, "big"),
        "received_at": arrived,
        "channel": chance.choice(list(Channel)),
        "rating": chance.choice([None, *Rating]) if answered else None,
        "words": b"",
    }


def _file(
    tables: dict[type, list[dict[str, Any]]], case: dict[str, Any], seen_from: tuple[int, int, int]
) -> None:
    """File a case where it is seen."""
    filed = {"case_id": case["id"], "queue": "done", "due_at": case["arrived_at"]}
    filed |= {name: case[name] for name in ("status", "kind", "topic")}
    places = [(Room.DESK, place) for place in seen_from[1:]]
    if case["handler_id"] is not None:
        places += [(Room.COMMITTEE, place) for place in seen_from]
    tables.setdefault(CaseScope, []).extend(
        {"room": room, "organisation_id": place, **filed} for room, place in places
    )


def _add_clocks(
    tables: dict[type, list[dict[str, Any]]],
    chance: random.Random,
    case: dict[str, Any],
    reached: list[datetime],
) -> None:
    """The stages of a case that have ended."""
    for stage in _STAGES[: len(reached) + 1]:
        days, begun = chance.randrange(12), case["arrived_at"]
        ended = begun + timedelta(days=days)
        tables.setdefault(StageClock, []).append(
            {
                "case_id": case["id"],
                "stage": stage,
                "organisation_id": case["handler_id"] or case["desk_id"],
                "started_at": begun,
                "due_at": begun + timedelta(days=8),
                "stopped_at": ended,
                "late": days > 8,
                "late_days": max(days - 8, 0),
                "taken": days,
                "pauses": [],
            }
        )
