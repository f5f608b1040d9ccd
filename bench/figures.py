"""The table of a whole province, beside the least that any program must do for it.

65 communes and wards, 4,000 cells, 65,000 members, each with a home cell, a standing and a result
of one confirmed review. The floor reads the same rows grouped by cell, with the bare driver, and
adds them up.
"""

import sqlite3
import time
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median as _middle

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bench.budgets import Line
from bench.casework import casework_lines, fill_cases
from moderation.access import Granted, Person
from moderation.reports.periods import Period
from moderation.reports.reading import Report, read_report
from moderation.reports.sheets import csv_lines
from moderation.reports.wording import Taken
from portal import schema
from portal.clock import now
from portal.db import Database
from portal.i18n import DEFAULT, speaking
from portal.models import (
    Account,
    LegalBasis,
    Member,
    Membership,
    Organisation,
    ReviewPart,
    ReviewResult,
    ScreeningReview,
    Standing,
)
from portal.vault import Ring, load_ring
from portal.vault.minting import mint
from portal.vocabulary import (
    MembershipKind,
    MembershipStatus,
    OrganisationKind,
    PartState,
    ReportTable,
    ReviewOutcome,
    ReviewState,
    Role,
)

WARDS, CELLS, MEMBERS = 65, 4_000, 65_000
MOST_SECONDS, SHEET_SECONDS, MOST_RATIO = 2.0, 4.0, 12.0
PROVINCE = 1
_WARDS = range(PROVINCE + 1, PROVINCE + 1 + WARDS)
_CELLS = range(_WARDS.stop, _WARDS.stop + CELLS)
_SINCE, _YEAR = date(2020, 1, 1), Period(date(2026, 1, 1), date(2026, 12, 31))
_FLOOR = (
    "SELECT organisation_id, count(*) FROM membership WHERE kind = 'home' GROUP BY organisation_id",
    "SELECT organisation_id, outcome, count(*) FROM review_part JOIN review_result "
    "ON part_id = review_part.id GROUP BY organisation_id, outcome",
)


def figure_lines(folder: Path, count: int, cases: int) -> list[Line]:
    """Add up a province and do the least beside it, in turn, then its cases; return the budgets."""
    folder.mkdir(parents=True)
    mint(folder / "keys")
    ring = load_ring(folder / "keys" / "staff")
    file = folder / "portal.db"
    database = Database(f"sqlite:///{file}")
    schema.upgrade(database)
    with database.writing() as session:
        _fill(session)
    person = _reader()
    tables, sheets, floors = list[float](), list[float](), list[float]()
    for _turn in range(max(count // 10, 3)):
        floors.append(_timed(partial(_least, file)))
        with database.reading() as session:
            tables.append(_timed(partial(_read, session, ring, person)))
        with database.reading() as session:
            sheets.append(_timed(partial(_sheet, session, ring, person)))
    fill_cases(database, ring, amount=cases, top=PROVINCE, wards=_WARDS, cells=_CELLS)
    handled = casework_lines(database, ring, amount=cases, top=PROVINCE)
    database.engine.dispose()
    table = _middle(tables)
    return [
        Line(f"table of {CELLS:,} cells and {MEMBERS:,} members", table, "s", most=MOST_SECONDS),
        Line("the same as a sheet of every level", _middle(sheets), "s", most=SHEET_SECONDS),
        Line("table beside its floor", table / _middle(floors), "× floor", most=MOST_RATIO),
        *handled,
    ]


def _timed(work: Callable[[], object]) -> float:
    """How many seconds something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _read(session: Session, ring: Ring, person: Person) -> Report:
    """The table of the province."""
    return read_report(
        session,
        ring=ring,
        by=person,
        organisation_id=PROVINCE,
        table=ReportTable.MEMBERS,
        period=_YEAR,
    )


def _sheet(session: Session, ring: Ring, person: Person) -> int:
    """The same with every level, as rows; how many bytes."""
    taken = Taken(person.login, now())
    with speaking(DEFAULT):
        return sum(map(len, csv_lines(_read(session, ring, person), taken=taken)))


def _least(file: Path) -> int:
    """Read and add up with nothing between."""
    sums = Counter[int]()
    with closing(sqlite3.connect(file)) as raw:
        above = dict(raw.execute("SELECT id, parent_id FROM organisation"))
        for statement in _FLOOR:
            for number, *_words, amount in raw.execute(statement):
                step: int | None = number
                while step is not None:
                    sums[step] += amount
                    step = above[step]
    return sums[PROVINCE]


def _reader() -> Person:
    """Somebody of the committee of the province."""
    granted = Granted(Role.COMMITTEE, PROVINCE, OrganisationKind.PROVINCE)
    return Person(
        account_id=1, name="", login="", language=None, grants=(granted,), marks=frozenset()
    )


def _fill(session: Session) -> None:
    """Write the province."""
    wards, cells = _WARDS, _CELLS
    kinds = OrganisationKind
    places = [_place(PROVINCE, None, "1.", kinds.PROVINCE)]
    places += [_place(ward, PROVINCE, f"1.{ward}.", kinds.WARD_COMMUNE) for ward in wards]
    for cell in cells:
        ward = wards[cell % WARDS]
        places.append(_place(cell, ward, f"1.{ward}.{cell}.", kinds.CELL))
    session.execute(insert(Organisation), places)
    session.execute(insert(Account), [_account()])
    members = [uuid.UUID(int=number + 1) for number in range(MEMBERS)]
    session.execute(insert(Member), [_member(each) for each in members])
    homes = {each: cells[place % CELLS] for place, each in enumerate(members)}
    session.execute(insert(Membership), [_home(*each) for each in homes.items()])
    session.execute(insert(Standing), [_standing(each) for each in members])
    _review(session, homes)


def _review(session: Session, homes: dict[uuid.UUID, int]) -> None:
    """A review that every cell has finished."""
    at = now()
    basis = {"id": 1, "code": "A", "title": "B", "effective_from": _SINCE, "changed_at": at}
    session.execute(insert(LegalBasis), [basis])
    review = {
        "id": 1,
        "title": "A",
        "basis_id": 1,
        "organisation_id": PROVINCE,
        "made_at": at,
        "period_from": _YEAR.since,
        "period_to": _YEAR.until,
        "made_by_id": 1,
        "state": ReviewState.OPEN,
    }
    session.execute(insert(ScreeningReview), [review])
    cells = sorted(set(homes.values()))
    parts = [
        {
            "id": cell,
            "uid": uuid.uuid4().bytes,
            "review_id": 1,
            "organisation_id": cell,
            "state": PartState.CONFIRMED,
        }
        for cell in cells
    ]
    session.execute(insert(ReviewPart), parts)
    outcomes = list(ReviewOutcome)
    results = [
        {
            "uid": uuid.uuid4().bytes,
            "part_id": cell,
            "member_id": member,
            "reviewed": True,
            "outcome": outcomes[place % len(outcomes)],
            "group_violation": place % 9 == 0,
            "recorded_at": at,
            "recorded_by_id": 1,
        }
        for place, (member, cell) in enumerate(homes.items())
    ]
    session.execute(insert(ReviewResult), results)


def _place(number: int, parent: int | None, path: str, kind: OrganisationKind) -> dict[str, object]:
    """One organisation."""
    return {
        "id": number,
        "kind": kind,
        "name": f"Đơn vị {number}",
        "folded": f"don vi {number}",
        "short_name": f"Đơn vị {number}",
        "parent_id": parent,
        "path": path,
        "valid_from": _SINCE,
    }


def _account() -> dict[str, object]:
    """Whoever recorded everything."""
    return {"id": 1, "login": "a", "name": "A", "password_hash": "-", "created_at": now()}  # nosec B105


def _member(number: uuid.UUID) -> dict[str, object]:
    """One member."""
    return {"id": number, "name": "A B", "folded": "a b", "given": "b", "birth_year": 1970}


def _home(member: uuid.UUID, cell: int) -> dict[str, object]:
    """The home cell of a member."""
    return {
        "member_id": member,
        "organisation_id": cell,
        "kind": MembershipKind.HOME,
        "valid_from": _SINCE,
    }


def _standing(member: uuid.UUID) -> dict[str, object]:
    """How a member stands."""
    return {"member_id": member, "status": MembershipStatus.ACTIVE, "valid_from": _SINCE}
