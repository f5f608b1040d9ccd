"""Which cases a list has, for whom, and along which index they are found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from moderation.listing import (
    Holder,
    List,
    Tallies,
    Wanted,
    places_of,
)
from moderation.listing.choosing import ordered, parts_of
from moderation.listing.finding import PER_PAGE
from portal.models.case import Room
from portal.models.submission import identity_of
from portal.vocabulary import Kind, Status, Topic
from tests.conftest import Watch
from tests.moderation.conftest import MakeCase
from tests.moderation.listing.looking import DESK, ids_of, in_hours, page_for, tallies_for
from tests.moderation.ward import OTHER_WARD, WARD, Ward

S = Status


def test_a_moderator_sees_their_own_ward_only_and_the_province_sees_all(
    ward: Ward, make_case: MakeCase
) -> None:
    with ward.database.writing() as session:
        here = make_case(session).id
        there = make_case(session, desk_id=OTHER_WARD).id
    with ward.database.reading() as session:
        assert ids_of(page_for(ward, session, "hoa", DESK["todo"])) == [here]
        assert ids_of(page_for(ward, session, "far", DESK["todo"])) == [there]
        assert set(ids_of(page_for(ward, session, "thu", DESK["todo"]))) == {here, there}
        assert tallies_for(ward, session, "hoa").lists["todo"] == 1
        assert tallies_for(ward, session, "thu").lists["todo"] == 2


def test_somebody_without_the_role_sees_no_row_and_no_number(
    ward: Ward, make_case: MakeCase
) -> None:
    with ward.database.writing() as session:
        make_case(session)
    with ward.database.reading() as session:
        for login in ("auditor", "thanh"):
            assert ids_of(page_for(ward, session, login, DESK["todo"])) == []
            assert tallies_for(ward, session, login) == Tallies()


def test_whoever_is_excluded_sees_neither_row_nor_number(ward: Ward, make_case: MakeCase) -> None:
    """ "tied" has a declared tie to the possible subject of one of the two cases."""
    with ward.database.writing() as session:
        hidden = make_case(session, subjects=["bach"], due_at=in_hours(ward, -1)).id
        shown = make_case(session, due_at=in_hours(ward, -1)).id
    reference = Wanted(List(()), reference=hidden)
    with ward.database.reading() as session:
        assert ids_of(page_for(ward, session, "hoa", DESK["todo"])) == [hidden, shown]
        assert ids_of(page_for(ward, session, "hoa", reference)) == [hidden]
        assert ids_of(page_for(ward, session, "tied", DESK["todo"])) == [shown]
        assert ids_of(page_for(ward, session, "tied", DESK["overdue"])) == [shown]
        assert ids_of(page_for(ward, session, "tied", reference)) == []
        assert tallies_for(ward, session, "hoa").lists["todo"] == 2
        tallies = tallies_for(ward, session, "tied")
    assert (tallies.lists["todo"], tallies.lists["overdue"]) == (1, 1)
    assert tallies.statuses[S.RECEIVED] == 1


def test_a_hidden_case_costs_the_same_statements_as_one_that_is_not_there(
    ward: Ward, make_case: MakeCase, statements: Watch
) -> None:
    with ward.database.writing() as session:
        hidden = make_case(session, subjects=["bach"]).id
    seen: list[list[str]] = []
    for number in (hidden, identity_of(2026, 999_999)):
        with ward.database.reading() as session, statements(ward.database) as asked:
            wanted = Wanted(List(()), reference=number)
            assert ids_of(page_for(ward, session, "tied", wanted)) == []
            seen.append(list(asked))
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("narrowed", "facts"),
    [
        ({"kind": Kind.PRAISE}, {"kind": Kind.PRAISE}),
        ({"topic": Topic.FAMILY}, {"topic": Topic.FAMILY}),
        ({"unit_id": WARD}, {"unit_id": WARD}),
        ({"status": S.SCREENING}, {"status": S.SCREENING}),
        ({"holder": Holder.ME}, {"claimant_id": "hoa"}),
        (
            {"kind": Kind.REPORT, "topic": Topic.OTHER, "unit_id": WARD},
            {"kind": Kind.REPORT, "topic": Topic.OTHER, "unit_id": WARD, "due_at": 5},
        ),
    ],
)
def test_a_list_can_be_narrowed(
    ward: Ward, make_case: MakeCase, narrowed: dict[str, object], facts: dict[str, object]
) -> None:
    with ward.database.writing() as session:
        others = {"kind": Kind.SUGGESTION, "topic": Topic.PARTY_LIFE, "claimant_id": "lam"}
        make_case(session, **_facts(ward, others | {"due_at": 80}))
        wanted = make_case(session, **_facts(ward, {"due_at": 70} | facts)).id
    with ward.database.reading() as session:
        page = page_for(ward, session, "hoa", Wanted(DESK["todo"], **narrowed))  # type: ignore[arg-type]
    assert ids_of(page) == [wanted]


def _facts(ward: Ward, facts: dict[str, object]) -> dict[str, object]:
    found = dict(facts)
    if isinstance(hours := found.get("due_at"), int):
        found["due_at"] = in_hours(ward, hours)
    if isinstance(login := found.get("claimant_id"), str):
        found["claimant_id"] = ward.accounts[login]
    return found


def test_what_nobody_holds_can_be_told_from_what_is_mine(ward: Ward, make_case: MakeCase) -> None:
    with ward.database.writing() as session:
        free = make_case(session).id
        mine = make_case(session, status=S.SCREENING, claimant_id=ward.accounts["hoa"]).id
        make_case(session, status=S.SCREENING, claimant_id=ward.accounts["lam"])
    with ward.database.reading() as session:
        nobody = page_for(ward, session, "hoa", Wanted(DESK["todo"], holder=Holder.NOBODY))
        own = page_for(ward, session, "hoa", DESK["mine"])
        tallies = tallies_for(ward, session, "hoa")
    assert (ids_of(nobody), ids_of(own)) == ([free], [mine])
    assert [row.mine for row in own.rows] == [True]
    assert own.rows[0].holders == ("Lương Thị Hòa",)
    assert (tallies.lists["todo"], tallies.lists["mine"]) == (3, 1)


def test_a_proposal_waits_for_everybody_but_its_proposer(ward: Ward, make_case: MakeCase) -> None:
    with ward.database.writing() as session:
        case_id = make_case(
            session, status=S.SCREENING, proposal="verify", proposer_id=ward.accounts["hoa"]
        ).id
    with ward.database.reading() as session:
        assert ids_of(page_for(ward, session, "hoa", DESK["confirm"])) == []
        other = page_for(ward, session, "lam", DESK["confirm"])
        own = page_for(ward, session, "hoa", DESK["todo"])
        assert tallies_for(ward, session, "lam").lists["confirm"] == 1
        assert tallies_for(ward, session, "hoa").lists["confirm"] == 0
    assert ids_of(other) == [case_id]
    assert [(row.proposed, row.proposed_by_me) for row in (*other.rows, *own.rows)] == [
        (True, False),
        (True, True),
    ]


def test_a_reference_number_is_found_in_any_list(ward: Ward, make_case: MakeCase) -> None:
    with ward.database.writing() as session:
        made = [make_case(session, status=status).id for status in (S.RECEIVED, S.DECLINED)]
    with ward.database.reading() as session:
        for case_id in made:
            page = page_for(ward, session, "hoa", Wanted(List(()), reference=case_id))
            assert ids_of(page) == [case_id]


_NARROWINGS: dict[str, dict[str, object]] = {
    "list": {},
    "status": {"status": S.RECEIVED},
    "kind": {"kind": Kind.REPORT},
    "topic": {"topic": Topic.FAMILY},
    "unit": {"unit_id": WARD},
}


@pytest.mark.parametrize("index", list(_NARROWINGS))
def test_every_way_to_narrow_a_list_is_one_range_of_its_own_index(ward: Ward, index: str) -> None:
    wanted = Wanted(DESK["todo"], **_NARROWINGS[index])  # type: ignore[arg-type]
    with ward.database.reading() as session:
        plan = _plan(ward, session, wanted)
    assert any(f"INDEX ix_case_scope_{index} (" in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan


@pytest.mark.parametrize(
    ("name", "index"),
    [("mine", "ix_feedback_case_claimant"), ("confirm", "ix_feedback_case_proposer")],
)
def test_what_few_cases_have_is_looked_up_from_those_few(ward: Ward, name: str, index: str) -> None:
    with ward.database.reading() as session:
        plan = _plan(ward, session, Wanted(DESK[name]))
    assert any(index in step for step in plan), plan


def _plan(ward: Ward, session: Session, wanted: Wanted) -> list[str]:
    # Marks are bytes, which no statement can be written out with.
    person = replace(ward.person(session, "hoa"), marks=frozenset())
    places = places_of(session, person=person, room=Room.DESK)
    part = next(parts_of(wanted, person=person, places=places, at=ward.at))
    query = ordered(part, wanted=wanted).limit(PER_PAGE)
    dialect = ward.database.engine.dialect
    written = query.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    return [row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {written}"))]
