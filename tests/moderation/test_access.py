"""Who sees a case, and what each one is to it; a mark hides it like one that is not there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from moderation.access import NotVisible, Relation, find_case, relate, visible_to
from portal.models import Case, CasePart, Grant, Post
from portal.models.case import Part, Room
from portal.vocabulary import Role, Status
from tests.conftest import Watch
from tests.doors.course import Course
from tests.moderation.walking import set_out
from tests.moderation.ward import CELL_7, COMMISSION, WARD, Ward

EVERYBODY = (
    *("hoa", "lam", "thu", "tied", "thanh", "wife", "doan", "lua", "vinh", "ky", "both"),
    *("far", "province", "auditor"),
)


def sees(ward: Ward, session: Session, login: str, *rooms: Room) -> set[int]:
    person = ward.person(session, login)
    return set(session.scalars(visible_to(person, rooms) if rooms else visible_to(person)))


def who_sees(ward: Ward, session: Session, case: Case) -> set[str]:
    return {login for login in EVERYBODY if case.id in sees(ward, session, login)}


def relation(ward: Ward, session: Session, login: str, case: Case) -> Relation:
    return relate(session, person=ward.person(session, login), case=case)


def test_in_screening_only_its_desk_and_those_above_see_a_case(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.SCREENING, subjects=("bach",))
        assert who_sees(ward, session, case) == {"hoa", "lam", "both", "thu"}


def test_once_routed_the_committees_of_its_line_see_it_too(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.ROUTED, handler=CELL_7, subjects=("bach",))
        desk = {"hoa", "lam", "both", "thu"}
        assert who_sees(ward, session, case) == desk | {"thanh", "vinh", "province"}


def test_a_tie_hides_a_case_in_both_rooms(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.ROUTED, handler=CELL_7)
        assert {"tied", "wife"} <= who_sees(ward, session, case)
        hidden = ward.place(session, status=Status.ROUTED, handler=CELL_7, subjects=("bach",))
        assert not {"tied", "wife"} & who_sees(ward, session, hidden)


def test_a_case_that_is_not_prepared_is_on_no_desk(ward: Ward) -> None:
    walk = set_out(ward).until(Course.send)
    with walk.seen() as (session, case):
        assert case.prepared_at is None
        assert who_sees(ward, session, case) == set()
    walk.prepare()
    with walk.seen() as (session, case):
        assert "hoa" in who_sees(ward, session, case)


def test_each_room_is_entered_with_its_own_role(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.ROUTED, handler=CELL_7)
        assert case.id in sees(ward, session, "both", Room.DESK)
        assert case.id in sees(ward, session, "both", Room.COMMITTEE)
        assert case.id not in sees(ward, session, "thanh", Room.DESK)
        assert case.id not in sees(ward, session, "hoa", Room.COMMITTEE)


@pytest.mark.parametrize("login", ["tied", "far", "auditor", "thanh"])
def test_a_hidden_case_is_refused_like_one_that_is_not_there(
    ward: Ward, statements: Watch, login: str
) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.SCREENING, subjects=("bach",))
    asked = []
    for number in (case.id, case.id + 4_000):
        with ward.database.reading() as session:
            person = ward.person(session, login)
            with statements(ward.database) as seen, pytest.raises(NotVisible) as refused:
                find_case(session, person=person, case_id=number)
        asked.append((list(seen), refused.value.args))
    assert asked[0] == asked[1]
    assert len(asked[0][0]) == 1


def test_whoever_may_finds_the_case(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.SCREENING, subjects=("bach",))
        person = ward.person(session, "hoa")
        assert find_case(session, person=person, case_id=case.id) is case
        assert find_case(session, person=person, case_id=case.id, room=Room.DESK) is case
        with pytest.raises(NotVisible):
            find_case(session, person=person, case_id=case.id, room=Room.COMMITTEE)


def test_a_grant_that_has_ended_opens_nothing(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.SCREENING)
        ended = ward.office.today - timedelta(days=1)
        session.execute(
            update(Grant).where(Grant.account_id == ward.accounts["hoa"]).values(valid_to=ended)
        )
        assert not ward.person(session, "hoa").has(Role.MODERATOR)
        assert case.id not in sees(ward, session, "hoa")


def test_a_member_bears_the_marks_of_every_committee_they_ever_sat_on(ward: Ward) -> None:
    with ward.database.writing() as session:
        before = ward.person(session, "vinh").marks
        session.execute(
            update(Post)
            .where(Post.member_id == ward.members["vinh"])
            .values(valid_to=ward.office.today - timedelta(days=90))
        )
        assert ward.person(session, "vinh").marks == before


def test_a_relation_says_on_which_side_a_person_stands(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.IN_PROGRESS, handler=CELL_7)
        assert relation(ward, session, "hoa", case) == Relation(moderates=True)
        assert relation(ward, session, "thu", case).moderates
        assert relation(ward, session, "thanh", case) == Relation(handles=True)
        assert relation(ward, session, "vinh", case) == Relation()
        assert relation(ward, session, "doan", case) == Relation()
        assert relation(ward, session, "far", case) == Relation()


def test_only_a_commission_that_handles_a_case_inspects_it(ward: Ward) -> None:
    with ward.database.writing() as session:
        inspected = ward.place(session, status=Status.ROUTED, handler=COMMISSION)
        other = ward.place(session, status=Status.ROUTED, handler=WARD)
        assert relation(ward, session, "ky", inspected) == Relation(handles=True, inspects=True)
        assert not relation(ward, session, "ky", other).inspects
        assert not relation(ward, session, "vinh", other).inspects


def test_whoever_is_excluded_is_nothing_at_all_to_a_case(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.SCREENING, subjects=("bach",))
        case.claimant_id = ward.accounts["tied"]
        session.add(CasePart(case_id=case.id, account_id=ward.accounts["tied"], part=Part.PROPOSER))
        session.flush()
        assert relation(ward, session, "tied", case) == Relation()


def test_a_relation_remembers_what_a_person_did(ward: Ward) -> None:
    walk = set_out(ward).until(Course.propose)
    with walk.seen() as (session, case):
        proposer = relation(ward, session, "hoa", case)
        assert proposer.proposed
        assert proposer.holds_lease
        assert proposer.parts == {Part.PROPOSER}
        assert relation(ward, session, "lam", case).leased_by_other
    walk.confirm()
    with walk.seen() as (session, case):
        assert relation(ward, session, "lam", case).parts == {Part.CONFIRMER}


def test_a_person_is_gathered_in_three_statements_and_a_case_found_in_one(
    ward: Ward, statements: Watch
) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.SCREENING)
    with ward.database.reading() as session, statements(ward.database) as seen:
        person = ward.person(session, "hoa")
        assert len(seen) == 1 + 2, "the account itself, the grants and the ties"
        found = find_case(session, person=person, case_id=case.id)
        assert len(seen) == 4
        relate(session, person=person, case=found)
        assert len(seen) == 5
    with ward.database.reading() as session:
        assert session.scalars(select(Case.id)).all() == [case.id]
