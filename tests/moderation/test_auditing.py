"""What an auditor reads of the journal: whose deeds, where, and along which index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from moderation.access import Granted, Person
from moderation.auditing import PAGE, Line, Wanted, every_line, turn_to
from moderation.cursors import Cursor
from moderation.journal import write_about, write_down
from portal.models import JournalEntry
from portal.vocabulary import Deed, OrganisationKind, Role, Status
from tests.moderation.ward import CELL_2, CELL_7, OTHER_WARD, PROVINCE, WARD, Ward, copy

#: Who did it, about whom, what, where, how many days later.
DEEDS = (
    ("hoa", "hoa", Deed.SIGNED_IN, WARD, 0),
    ("duyen", "lua", Deed.ROLE_GIVEN, CELL_2, 1),
    (None, "hoa", Deed.REFUSED, WARD, 2),
    ("far", "far", Deed.SIGNED_IN, OTHER_WARD, 3),
    ("auditor", None, Deed.EXPORTED, PROVINCE, 4),
    (None, None, Deed.HOURS_SET, None, 5),
    ("kien", "duyen", Deed.SESSIONS_ENDED, WARD, 6),
)


@pytest.fixture(scope="module")
def written(built_ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Ward:
    """A ward in which each of these was done."""
    ward = copy(built_ward, tmp_path_factory.mktemp("auditing") / "ward")
    with ward.database.writing() as session:
        for who, about, deed, place, days in DEEDS:
            by, at = ward.accounts[who] if who else None, ward.at + timedelta(days=days)
            if about is None:
                write_down(
                    session,
                    ring=ward.ring,
                    at=at,
                    deed=deed,
                    account_id=by,
                    organisation_id=place,
                )
            else:
                write_about(
                    session,
                    search=ward.ring.search,
                    at=at,
                    deed=deed,
                    subject_id=ward.accounts[about],
                    by_id=by,
                    organisation_id=place,
                )
    return ward


def auditor(session: Session, ward: Ward, *places: int) -> Person:
    """Somebody who is auditor at these places and nothing else."""
    grants = tuple(Granted(Role.AUDITOR, place, OrganisationKind.CELL) for place in places)
    return replace(ward.person(session, "auditor"), grants=grants)


def read(ward: Ward, wanted: Wanted, *places: int) -> list[Deed]:
    """The deeds on the first page, oldest first."""
    with ward.database.reading() as session:
        by = auditor(session, ward, *(places or (PROVINCE,)))
        lines = turn_to(session, by=by, wanted=wanted, cursor=None).lines
        assert list(every_line(session, by=by, wanted=wanted)) == list(lines)
    return [line.deed for line in reversed(lines)]


ALL = [deed for _who, _about, deed, _place, _days in DEEDS]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ALL),
        (Wanted(who="hoa"), [Deed.SIGNED_IN]),
        (Wanted(who="TRUNG kien"), [Deed.SESSIONS_ENDED]),
        (Wanted(who="nobody"), []),
        (Wanted(about="luong thi hoa"), [Deed.SIGNED_IN, Deed.REFUSED]),
        (Wanted(about="duyen", who="kien"), [Deed.SESSIONS_ENDED]),
        (Wanted(about="duyen", who="hoa"), []),
        (Wanted(deed=Deed.SIGNED_IN), [Deed.SIGNED_IN, Deed.SIGNED_IN]),
        (Wanted(deed=Deed.SIGNED_IN, about="far"), [Deed.SIGNED_IN]),
        (Wanted(place_id=WARD), [ALL[0], ALL[1], ALL[2], ALL[6]]),
        (Wanted(place_id=CELL_2), [Deed.ROLE_GIVEN]),
        (Wanted(since=date(2026, 11, 27)), ALL[4:]),
        (Wanted(until=date(2026, 11, 24)), ALL[:2]),
        (Wanted(since=date(2026, 11, 24), until=date(2026, 11, 25)), ALL[1:3]),
        (Wanted(since=date(2027, 1, 1)), []),
        (Wanted(until=date(2020, 1, 1)), []),
        (Wanted(case_id=7), []),
    ],
)
def test_the_journal_is_narrowed(written: Ward, wanted: Wanted, found: list[Deed]) -> None:
    assert read(written, wanted) == found


def test_an_auditor_reads_of_their_own_places_only(written: Ward) -> None:
    assert read(written, Wanted(), WARD) == [ALL[0], ALL[1], ALL[2], ALL[6]]
    assert read(written, Wanted(), OTHER_WARD) == [Deed.SIGNED_IN]
    assert read(written, Wanted(), CELL_7) == []
    assert read(written, Wanted(place_id=OTHER_WARD), WARD) == []
    assert read(written, Wanted(), CELL_2, OTHER_WARD) == [ALL[1], ALL[3]]


def test_a_line_names_who_did_it_and_to_whose_account(written: Ward) -> None:
    def names(line: Line) -> tuple[str | None, str | None]:
        return (
            line.who.login if line.who else None,
            line.about.login if line.about else None,
        )

    with written.database.reading() as session:
        by = auditor(session, written, PROVINCE)
        lines = turn_to(session, by=by, wanted=Wanted(), cursor=None).lines
    assert [names(line) for line in reversed(lines)] == [
        *(("hoa", None), ("duyen", "lua"), (None, "hoa"), ("far", None)),
        *(("auditor", None), (None, None), ("kien", "duyen")),
    ]


@pytest.fixture(scope="module")
def long(built_ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Ward:
    """A ward with more than two pages of every kind of entry."""
    ward = copy(built_ward, tmp_path_factory.mktemp("auditing") / "long")
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.SCREENING)
        session.execute(
            insert(JournalEntry),
            [
                {
                    "uid": number.to_bytes(16),
                    "at": ward.at + timedelta(minutes=number),
                    "deed": Deed.READ,
                    "account_id": ward.accounts["hoa"],
                    "subject_id": ward.accounts["lam"],
                    "case_id": case.id,
                    "organisation_id": WARD,
                    "chain": bytes(32),
                }
                for number in range(2 * PAGE + 20)
            ],
        )
    return ward


NARROWED: dict[str, Callable[[int], Wanted]] = {
    "case": lambda case: Wanted(case_id=case),
    "account": lambda _case: Wanted(who="hoa"),
    "subject": lambda _case: Wanted(about="lam"),
    "deed": lambda _case: Wanted(deed=Deed.READ),
    "organisation": lambda _case: Wanted(place_id=WARD),
    "at": lambda _case: Wanted(since=date(2026, 11, 23), until=date(2026, 11, 30)),
    "": lambda _case: Wanted(),
}


@pytest.mark.parametrize("index", NARROWED)
def test_every_filter_walks_along_its_index_at_the_same_number_of_statements(
    long: Ward, index: str
) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        asked.append((statement, values))

    with long.database.reading() as session:
        case_id = next(every_line(session, by=long.person(session, "auditor"), wanted=Wanted()))
        by, wanted = long.person(session, "auditor"), NARROWED[index](_number(case_id))
        event.listen(long.database.engine, "before_cursor_execute", note)
        page = turn_to(session, by=by, wanted=wanted, cursor=None)
        first = len(asked)
        seen = [line.id for line in page.lines]
        while page.later is not None:
            page = turn_to(session, by=by, wanted=wanted, cursor=page.later)
            seen += [line.id for line in page.lines]
        event.remove(long.database.engine, "before_cursor_execute", note)
        statement, values = asked[first - 1]
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        steps = " | ".join(row[3] for row in plan)
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 2 * PAGE + 20
    assert len(asked) == 3 * first <= 9
    assert "SCAN journal_entry" not in steps, steps
    assert not index or f"ix_journal_entry_{index}" in steps, steps


def _number(line: Line) -> int:
    """The id of the case that a line names."""
    return int(line.reference.split("-")[1] + line.reference.split("-")[2].zfill(7))


def test_a_page_leads_back_to_the_one_before(long: Ward) -> None:
    with long.database.reading() as session:
        by = long.person(session, "auditor")
        first = turn_to(session, by=by, wanted=Wanted(), cursor=None)
        second = turn_to(session, by=by, wanted=Wanted(), cursor=first.later)
        again = turn_to(session, by=by, wanted=Wanted(), cursor=second.earlier)
        assert again.lines == first.lines
        nothing = turn_to(session, by=by, wanted=Wanted(), cursor=Cursor(0))
        assert nothing.lines == ()
