"""Ending an account: everything it holds goes back, and what is told of it betrays no case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.accounts import states_of
from moderation.administering.confirming import confirm
from moderation.administering.ending import Owned, belongings, end_account
from moderation.administering.forgetting import kinds_of_factors
from moderation.administering.requesting import Wish, ask
from moderation.administering.scope import NotYours
from moderation.administering.succeeding import heirs_of
from moderation.carrying_out import let_go
from moderation.excluding import marks_of, write_marks
from moderation.sessions import begin_session, find_session
from portal.models import Account, AccountRequest, Case, CasePart, Grant
from portal.models.administration import Outcome, RequestKind
from portal.models.case import Part
from portal.models.submission import reference_of
from portal.vocabulary import AccountState, Role, Status
from tests import telephones
from tests.doors.course import Course
from tests.moderation.conftest import MakeCase
from tests.moderation.ward import CELL_7, PROVINCE, SINCE, WARD, Ward
from tests.security.test_promise_3_those_concerned_see_nothing import ABOUT_BACH


def _end(session: Session, ward: Ward, login: str = "hoa", by: str = "duyen") -> Account:
    return end_account(
        session,
        office=ward.office,
        by=ward.person(session, by),
        account_id=ward.accounts[login],
    )


def _told(session: Session, ward: Ward, by: str, login: str = "hoa") -> dict[Owned, object]:
    account = session.get_one(Account, ward.accounts[login])
    found = belongings(session, by=ward.person(session, by), account=account)
    return {each.owned: (each.references, each.others) for each in found}


@pytest.fixture
def owning(ward: Ward, make_case: MakeCase) -> tuple[int, int, int]:
    """Cases that an account claimed, proposed on, and handles."""
    with ward.database.writing() as session:
        hoa = ward.accounts["hoa"]
        claimed = make_case(
            session,
            status=Status.SCREENING,
            subjects=["bach"],
            claimant_id=hoa,
            lease_until=ward.at + timedelta(hours=1),
        )
        proposed = make_case(
            session, status=Status.SCREENING, proposal="verify", proposer_id=hoa, claimant_id=hoa
        )
        handled = make_case(session, status=Status.IN_PROGRESS, handler=CELL_7)
        session.add(CasePart(case_id=handled.id, account_id=hoa, part=Part.HANDLER))
        return claimed.id, proposed.id, handled.id


def test_an_ended_account_holds_nothing_any_more(ward: Ward, owning: tuple[int, int, int]) -> None:
    with ward.database.writing() as session:
        hoa = ward.accounts["hoa"]
        token = begin_session(session, account_id=hoa, at=ward.at, hours=10)
        account = _end(session, ward)
        assert states_of(session, account_ids=[hoa]) == {hoa: AccountState.ENDED}
        assert account.ended_at == ward.at
        assert find_session(session, token=token, at=ward.at) is None
        assert ward.person(session, "hoa").grants == ()
        assert session.scalars(select(Case.id).where(Case.claimant_id == hoa)).all() == []
        claimed, proposed = (session.get_one(Case, number) for number in owning[:2])
        assert claimed.status is Status.RECEIVED
        assert (proposed.status, proposed.proposal) == (Status.SCREENING, "verify")


def test_an_administrator_reads_how_many_and_no_number(
    ward: Ward, owning: tuple[int, int, int]
) -> None:
    with ward.database.reading() as session:
        assert _told(session, ward, "duyen") == {
            Owned.CLAIMED: ((), 2),
            Owned.PROPOSED: ((), 1),
            Owned.HANDLED: ((), 1),
        }


def test_who_sees_the_case_by_another_role_reads_its_number(
    ward: Ward, owning: tuple[int, int, int]
) -> None:
    with ward.database.writing() as session:
        session.add(
            Grant(
                account_id=ward.accounts["duyen"],
                role=Role.MODERATOR,
                organisation_id=WARD,
                valid_from=SINCE,
            )
        )
        session.flush()
        told = _told(session, ward, "duyen")
        assert told[Owned.PROPOSED] == ((reference_of(owning[1]),), 0)


def test_an_administrator_who_is_concerned_does_not_even_count_the_case(
    ward: Ward, owning: tuple[int, int, int]
) -> None:
    with ward.database.writing() as session:
        session.get_one(Account, ward.accounts["duyen"]).member_id = ward.members["bach"]
        session.flush()
        told = _told(session, ward, "duyen")
        assert told[Owned.CLAIMED] == ((), 1)
        case = session.get_one(Case, owning[1])
        marks = marks_of(session, office=ward.office, case=case, members=[ward.members["bach"]])
        write_marks(session, case=case, marks=marks)
        told = _told(session, ward, "duyen")
        assert told[Owned.CLAIMED] == told[Owned.PROPOSED] == ((), 0)


def test_what_was_let_go_is_told_until_somebody_takes_it_over(ward: Ward) -> None:
    course = Course(ward, "bach", ABOUT_BACH, {"unit_id": WARD}, CELL_7, "thanh")
    for step in (Course.send, Course.prepare, Course.claim):
        step(course)
    with ward.database.writing() as session:
        holder = session.get_one(Case, course.number).claimant_id
        login = next(name for name, number in ward.accounts.items() if number == holder)
        _end(session, ward, login)
        assert _told(session, ward, "duyen", login)[Owned.CLAIMED] == ((), 1)
        case = session.get_one(Case, course.number)
        case.claimant_id = ward.accounts["lam"]
        session.flush()
        assert _told(session, ward, "duyen", login)[Owned.CLAIMED] == ((), 0)


def test_what_had_gone_back_by_itself_was_not_left_behind(ward: Ward) -> None:
    course = Course(ward, "bach", ABOUT_BACH, {"unit_id": WARD}, CELL_7, "thanh")
    for step in (Course.send, Course.prepare, Course.claim):
        step(course)
    with ward.database.writing() as session:
        case = session.get_one(Case, course.number)
        login = next(name for name, number in ward.accounts.items() if number == case.claimant_id)
        let_go(session, office=ward.office, case=case)
    ward.later(minutes=1)
    with ward.database.writing() as session:
        _end(session, ward, login)
        assert _told(session, ward, "duyen", login)[Owned.CLAIMED] == ((), 0)


def test_by_what_somebody_came_in_is_forgotten_when_the_account_ends(ward: Ward) -> None:
    telephones.hand_out(ward.database, ward.ring.search, at=ward.at)
    with ward.database.writing() as session:
        _end(session, ward)
        assert kinds_of_factors(session, account_id=ward.accounts["hoa"]) == []
        assert kinds_of_factors(session, account_id=ward.accounts["lam"]) != []


def test_an_ended_account_is_ended_once_and_never_ones_own(ward: Ward) -> None:
    with ward.database.writing() as session:
        _end(session, ward)
        for login in ("hoa", "duyen", "far", "an"):
            with pytest.raises(NotYours):
                _end(session, ward, login)


def test_who_holds_a_role_elsewhere_is_not_ended_from_below(ward: Ward) -> None:
    with ward.database.writing() as session:
        session.add(
            Grant(
                account_id=ward.accounts["hoa"],
                role=Role.AUDITOR,
                organisation_id=PROVINCE,
                valid_from=SINCE,
            )
        )
        session.flush()
        with pytest.raises(NotYours):
            _end(session, ward)
        _end(session, ward, by="an")


def test_requests_about_an_ended_account_and_of_its_owner_end_with_it(ward: Ward) -> None:
    with ward.database.writing() as session:
        wish = Wish(kind=RequestKind.RESET_FACTOR, reason="Mất điện thoại")
        asked: list[AccountRequest] = []
        for by, about in (("an", "hoa"), ("duyen", "lam"), ("duyen", "hoa")):
            account = session.get_one(Account, ward.accounts[about])
            if by == "duyen" and about == "hoa":
                wish = Wish(kind=RequestKind.GRANT, reason="", role=Role.AUDITOR)
            office, person = ward.office, ward.person(session, by)
            asked.append(ask(session, office=office, by=person, account=account, wish=wish))
        _end(session, ward, by="an")
        _end(session, ward, "duyen", by="kien")
        assert [each.outcome for each in asked] == [Outcome.WITHDRAWN] * 3
        person = ward.person(session, "kien")
        with pytest.raises(NotYours):
            confirm(session, office=ward.office, by=person, request_id=asked[0].id)


def test_whoever_goes_on_with_the_work_is_named(ward: Ward) -> None:
    with ward.database.writing() as session:

        def heirs(login: str, by: str = "an") -> list[tuple[str, int, str]]:
            account = session.get_one(Account, ward.accounts[login])
            person, today = ward.person(session, by), ward.office.today
            found = heirs_of(session, by=person, account=account, today=today)
            return [(each.place, len(each.names), each.above) for each in found]

        here, cell = "Đảng bộ phường Đông Kinh", "Chi bộ khối 7"
        assert heirs("far") == [("Đảng bộ phường Kỳ Lừa", 0, "Đảng bộ tỉnh")]
        assert heirs("far", by="duyen") == []
        before = heirs("hoa")
        assert [row[0] for row in before] == [here]
        assert before[0][1] > 1
        assert next(row for row in heirs("thanh") if row[0] == cell)[1] > 0
        for login in ("lam", "tied", "both"):
            session.get_one(Account, ward.accounts[login]).active = False
        session.flush()
        _end(session, ward)
        assert heirs("hoa") == [(here, 0, "Đảng bộ tỉnh")]
