"""On PostgreSQL each list is the same list, turned page by page, and one range of one index."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from moderation.listing import LISTS, Wanted, places_of
from moderation.listing.choosing import ordered, parts_of
from moderation.listing.finding import PER_PAGE
from moderation.listing.shapes import Asked, Shape, values_of
from moderation.workflow.filing import file_case
from portal.models.case import Room
from portal.prepared import Prepared
from portal.vocabulary import Kind, Status, Topic
from tests.moderation.listing.looking import DESK, ids_of, page_for, tallies_for
from tests.moderation.ward import CELL_7, WARD, Ward

_NARROWINGS: dict[str, dict[str, object]] = {
    "list": {},
    "status": {"status": Status.RECEIVED},
    "kind": {"kind": Kind.REPORT},
    "topic": {"topic": Topic.FAMILY},
    "unit": {"unit_id": WARD},
}
_FEW = {"mine": "ix_feedback_case_claimant", "confirm": "ix_feedback_case_proposer"}


def test_pages_follow_each_other_there_and_back(ward: Ward) -> None:
    with ward.database.writing() as session:
        for number in range(2 * PER_PAGE + 3):
            case = ward.place(session, status=Status.RECEIVED)
            case.due_at = ward.at + timedelta(hours=number // 4)
            file_case(session, case=case)
    with ward.database.reading() as session:
        pages = [page_for(ward, session, "hoa", DESK["todo"])]
        while pages[-1].later is not None:
            pages.append(page_for(ward, session, "hoa", DESK["todo"], cursor=pages[-1].later))
        whole = [number for page in pages for number in ids_of(page)]
        assert len(whole) == len(set(whole)) == 2 * PER_PAGE + 3
        assert whole == sorted(whole)
        again = page_for(ward, session, "hoa", DESK["todo"], cursor=pages[-1].earlier)
        assert ids_of(again) == ids_of(pages[-2])
        assert tallies_for(ward, session, "hoa").lists["todo"] == len(whole)


@pytest.mark.parametrize("room", list(LISTS))
def test_every_list_is_counted_and_shown_to_those_who_may_see_it(ward: Ward, room: Room) -> None:
    who = {Room.DESK: ("hoa", "tied", "thu"), Room.COMMITTEE: ("vinh", "wife", "province")}[room]
    with ward.database.writing() as session:
        for status in (Status.RECEIVED, Status.ROUTED, Status.REPORTED, Status.CLOSED):
            ward.place(session, status=status, handler=CELL_7, subjects=["bach"])
    with ward.database.reading() as session:
        for login in who:
            counted = tallies_for(ward, session, login, room).lists
            for name, wanted in LISTS[room].items():
                shown = ids_of(page_for(ward, session, login, wanted, room=room))
                assert len(shown) == counted[name], (login, name)
        assert page_for(ward, session, who[0], LISTS[room]["done"], room=room).rows
        assert not page_for(ward, session, who[1], LISTS[room]["done"], room=room).rows


@pytest.mark.parametrize("index", list(_NARROWINGS))
def test_every_way_to_narrow_a_list_is_one_range_of_its_own_index(ward: Ward, index: str) -> None:
    with ward.database.reading() as session:
        plan = _plan(ward, session, Wanted(DESK["todo"], **_NARROWINGS[index]))  # type: ignore[arg-type]
    assert any(f"ix_case_scope_{index}" in step for step in plan), plan
    assert not any("Sort" in step or "Seq Scan" in step for step in plan), plan


@pytest.mark.parametrize("name", list(_FEW))
def test_what_few_cases_have_is_looked_up_from_those_few(ward: Ward, name: str) -> None:
    with ward.database.reading() as session:
        plan = _plan(ward, session, Wanted(DESK[name]))
    assert any(_FEW[name] in step for step in plan), plan


def _plan(ward: Ward, session: Session, wanted: Wanted) -> list[str]:
    """How the first part of a list would be found in a table too long to be walked through."""
    person = ward.person(session, "hoa")
    places = places_of(session, person=person, room=Room.DESK)
    asked = Asked.in_(Shape.of(person, places, wanted))
    part = next(parts_of(asked.wanted, person=asked.person, places=asked.places, at=asked.at))
    query = Prepared(ordered(part, wanted=asked.wanted).limit(PER_PAGE))
    ready = query._made_ready(ward.database.engine.dialect)
    for way in ("seqscan", "bitmapscan", "sort"):
        session.execute(text(f"SET LOCAL enable_{way} = off"))
    values = ready.parameters(values_of(person, places, ward.at, wanted))
    rows = session.connection().exec_driver_sql(f"EXPLAIN {ready.words}", values)
    return [row[0] for row in rows]
