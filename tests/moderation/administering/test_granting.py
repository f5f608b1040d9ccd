"""Roles: who may give which, where a second administrator is needed, and what is never possible."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from moderation.administering.confirming import confirm, decline, withdraw
from moderation.administering.granting import (
    AlreadyHeld,
    give_role,
    needs_second,
    take_role,
)
from moderation.administering.news import has_news
from moderation.administering.requesting import AlreadyAsked, NotForYou
from moderation.administering.scope import NotYours
from moderation.sessions import begin_session, find_session
from portal.models import Account, AccountRequest, Grant
from portal.models.administration import Outcome, RequestKind
from portal.vocabulary import OrganisationKind, Role, Status
from tests.moderation.conftest import MakeCase
from tests.moderation.ward import (
    CELL_2,
    CELL_7,
    COMMISSION,
    OTHER_WARD,
    PROVINCE,
    SINCE,
    WARD,
    Ward,
)

REASON = "Theo phân công của Đảng ủy"


def _give(
    session: Session, ward: Ward, by: str, to: str, role: Role, at: int
) -> Grant | AccountRequest:
    return give_role(
        session,
        office=ward.office,
        by=ward.person(session, by),
        account_id=ward.accounts[to],
        role=role,
        organisation_id=at,
        reason=REASON,
    )


def _ask(session: Session, ward: Ward, by: str = "an", to: str = "wife") -> AccountRequest:
    asked = _give(session, ward, by, to, Role.MODERATOR, WARD)
    assert isinstance(asked, AccountRequest)
    return asked


def _roles(session: Session, ward: Ward, login: str) -> set[tuple[Role, int]]:
    person = ward.person(session, login)
    return {(grant.role, grant.organisation_id) for grant in person.grants}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", OrganisationKind)
def test_power_over_cases_or_over_accounts_takes_two(role: Role, kind: OrganisationKind) -> None:
    alone = {Role.REGISTRAR, Role.AUDITOR} | (
        set() if kind is OrganisationKind.COMMISSION else {Role.COMMITTEE}
    )
    assert needs_second(role, kind) is (role not in alone)


def test_a_cells_committee_is_given_by_one_and_ends_the_sessions(ward: Ward) -> None:
    with ward.database.writing() as session:
        token = begin_session(session, account_id=ward.accounts["lua"], at=ward.at, hours=10)
        grant = _give(session, ward, "duyen", "lua", Role.COMMITTEE, CELL_2)
        assert isinstance(grant, Grant)
    with ward.database.reading() as session:
        assert (Role.COMMITTEE, CELL_2) in _roles(session, ward, "lua")
        assert find_session(session, token=token, at=ward.at) is None


@pytest.mark.parametrize(
    ("role", "at"),
    [
        (Role.MODERATOR, WARD),
        (Role.CUSTODIAN, WARD),
        (Role.ADMINISTRATOR, WARD),
        (Role.COMMITTEE, COMMISSION),
    ],
)
def test_what_needs_two_gives_nothing_until_the_second_confirms(
    ward: Ward, role: Role, at: int
) -> None:
    with ward.database.writing() as session:
        asked = _give(session, ward, "an", "lua", role, at)
        assert isinstance(asked, AccountRequest)
        assert (role, at) not in _roles(session, ward, "lua")
        confirm(session, office=ward.office, by=ward.person(session, "duyen"), request_id=asked.id)
        assert (role, at) in _roles(session, ward, "lua")
        grant = session.scalars(
            select(Grant)
            .where(Grant.account_id == ward.accounts["lua"], Grant.role == role)
            .order_by(Grant.id.desc())
        ).first()
        assert grant is not None
        assert grant.granted_by_id == ward.accounts["an"]
        assert grant.confirmed_by_id == ward.accounts["duyen"]


def test_nobody_confirms_what_they_asked_themselves(ward: Ward) -> None:
    with ward.database.writing() as session:
        asked, by = _ask(session, ward), ward.person(session, "an")
        for verb in (confirm, decline):
            with pytest.raises(NotForYou):
                verb(session, office=ward.office, by=by, request_id=asked.id)
        assert asked.outcome is None
        withdraw(session, office=ward.office, by=by, request_id=asked.id)
        assert asked.outcome is Outcome.WITHDRAWN


def test_nobody_takes_back_what_another_asked(ward: Ward) -> None:
    with ward.database.writing() as session:
        asked = _ask(session, ward)
        with pytest.raises(NotForYou):
            withdraw(
                session, office=ward.office, by=ward.person(session, "kien"), request_id=asked.id
            )


def test_nobody_gives_to_themselves_or_confirms_about_themselves(ward: Ward) -> None:
    with ward.database.writing() as session:
        with pytest.raises(NotYours):
            _give(session, ward, "an", "an", Role.REGISTRAR, WARD)
        asked = _give(session, ward, "an", "kien", Role.MODERATOR, WARD)
        assert isinstance(asked, AccountRequest)
        for verb in (confirm, decline, withdraw):
            with pytest.raises(NotYours):
                verb(
                    session,
                    office=ward.office,
                    by=ward.person(session, "kien"),
                    request_id=asked.id,
                )


@pytest.mark.parametrize("login", ["hoa", "auditor", "far"])
def test_whoever_is_no_administrator_gives_and_confirms_nothing(ward: Ward, login: str) -> None:
    with ward.database.writing() as session:
        with pytest.raises(NotYours):
            _give(session, ward, login, "lua", Role.REGISTRAR, WARD)
        asked = _ask(session, ward)
        with pytest.raises(NotYours):
            confirm(
                session, office=ward.office, by=ward.person(session, login), request_id=asked.id
            )


@pytest.mark.parametrize(
    ("to", "at"), [("lua", PROVINCE), ("lua", OTHER_WARD), ("far", WARD), ("lua", 10**9)]
)
def test_a_wards_administrator_reaches_no_further_than_the_ward(
    ward: Ward, to: str, at: int
) -> None:
    with ward.database.writing() as session, pytest.raises(NotYours):
        _give(session, ward, "duyen", to, Role.REGISTRAR, at)


def test_a_request_of_the_province_does_not_lie_before_the_wards_administrator(ward: Ward) -> None:
    with ward.database.writing() as session:
        asked = _give(session, ward, "an", "far", Role.MODERATOR, PROVINCE)
        assert isinstance(asked, AccountRequest)
        by = ward.person(session, "duyen")
        with pytest.raises(NotYours):
            confirm(session, office=ward.office, by=by, request_id=asked.id)


def test_the_same_is_neither_given_nor_asked_twice(ward: Ward) -> None:
    with ward.database.writing() as session:
        _ask(session, ward)
        with pytest.raises(AlreadyAsked):
            _ask(session, ward, by="kien")
        with pytest.raises(AlreadyHeld):
            _give(session, ward, "an", "thanh", Role.COMMITTEE, CELL_7)


def test_a_request_ends_by_itself_after_seven_days(ward: Ward) -> None:
    with ward.database.writing() as session:
        asked = _ask(session, ward)
        ward.later(days=7)
        by = ward.person(session, "kien")
        with pytest.raises(NotYours):
            confirm(session, office=ward.office, by=by, request_id=asked.id)
        again = _ask(session, ward)
        assert again.id != asked.id


def test_an_answered_request_is_not_answered_again(ward: Ward) -> None:
    with ward.database.writing() as session:
        asked, by = _ask(session, ward), ward.person(session, "kien")
        decline(session, office=ward.office, by=by, request_id=asked.id)
        with pytest.raises(NotYours):
            confirm(session, office=ward.office, by=by, request_id=asked.id)
        assert (Role.MODERATOR, WARD) not in _roles(session, ward, "wife")


def test_what_an_administrator_of_yesterday_asked_cannot_be_confirmed(ward: Ward) -> None:
    with ward.database.writing() as session:
        asked = _ask(session, ward)
        session.get_one(Account, ward.accounts["an"]).active = False
        session.flush()
        by = ward.person(session, "kien")
        with pytest.raises(NotYours):
            confirm(session, office=ward.office, by=by, request_id=asked.id)


def test_a_role_is_taken_away_at_once_and_what_it_held_goes_back(
    ward: Ward, make_case: MakeCase
) -> None:
    with ward.database.writing() as session:
        hoa = ward.accounts["hoa"]
        case = make_case(
            session,
            status=Status.SCREENING,
            claimant_id=hoa,
            lease_until=ward.at + timedelta(hours=1),
        )
        token = begin_session(session, account_id=hoa, at=ward.at, hours=10)
        grant = session.scalars(select(Grant).where(Grant.account_id == hoa)).one()
        take_role(
            session,
            office=ward.office,
            by=ward.person(session, "duyen"),
            account_id=hoa,
            grant_id=grant.id,
        )
        assert _roles(session, ward, "hoa") == set()
        assert case.claimant_id is None
        assert case.status is Status.RECEIVED
        assert grant.ended_by_id == ward.accounts["duyen"]
        assert find_session(session, token=token, at=ward.at) is None


def test_a_role_is_taken_only_from_its_own_account_and_never_from_oneself(ward: Ward) -> None:
    with ward.database.writing() as session:
        grants = {row[0]: row[1] for row in session.execute(select(Grant.account_id, Grant.id))}
        by, own = ward.person(session, "an"), ward.accounts["an"]
        for account, grant in (
            (own, grants[own]),
            (ward.accounts["hoa"], grants[ward.accounts["lam"]]),
            (ward.accounts["hoa"], 10**9),
        ):
            with pytest.raises(NotYours):
                take_role(session, office=ward.office, by=by, account_id=account, grant_id=grant)


def _row(ward: Ward, **changed: object) -> dict[str, object]:
    accounts = ward.accounts
    return {
        "account_id": accounts["lua"],
        "role": Role.MODERATOR,
        "organisation_id": WARD,
        "granted_by_id": accounts["an"],
        "confirmed_by_id": accounts["kien"],
        "valid_from": SINCE,
    } | {name: accounts[str(login)] for name, login in changed.items()}


@pytest.mark.parametrize(
    "changed", [{"granted_by_id": "lua"}, {"confirmed_by_id": "lua"}, {"confirmed_by_id": "an"}]
)
def test_the_database_itself_refuses_a_role_that_one_person_gave(
    ward: Ward, changed: dict[str, str]
) -> None:
    with ward.database.writing() as session:
        session.execute(insert(Grant).values(_row(ward)))
        with pytest.raises(IntegrityError):
            session.execute(insert(Grant).values(_row(ward, **changed)))


@pytest.mark.parametrize(
    ("asker", "decider"), [("an", "an"), ("lua", "an"), ("an", "lua"), ("an", None)]
)
def test_the_database_itself_refuses_a_request_that_one_person_settled(
    ward: Ward, asker: str, decider: str | None
) -> None:
    with ward.database.writing() as session, pytest.raises(IntegrityError):
        session.execute(
            insert(AccountRequest).values(
                kind=RequestKind.RESET_FACTOR,
                account_id=ward.accounts["lua"],
                reason=REASON,
                asked_by_id=ward.accounts[asker],
                asked_at=ward.at,
                expires_at=ward.at,
                outcome=Outcome.CONFIRMED,
                decided_by_id=ward.accounts[decider] if decider else None,
            )
        )


def test_an_owner_has_news_once_at_the_next_sign_in(ward: Ward) -> None:
    with ward.database.writing() as session:
        lua = ward.accounts["lua"]

        def told() -> bool:
            ward.later(minutes=1)
            token = begin_session(session, account_id=lua, at=ward.at, hours=10)
            session.flush()
            return has_news(session, account_id=lua, token=token)

        assert [told(), told()] == [False, False]
        ward.later(minutes=1)
        asked = _ask(session, ward, to="lua")
        assert [told(), told()] == [True, False]
        ward.later(minutes=1)
        decline(session, office=ward.office, by=ward.person(session, "kien"), request_id=asked.id)
        assert [told(), told()] == [True, False]
        _give(session, ward, "an", "lua", Role.AUDITOR, WARD)
        assert told()
