"""Invitations: one link, once, for three days; a closed account counts nowhere before."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.accounts import WrongPair, prove, states_of
from moderation.administering.ending import end_account
from moderation.administering.inviting import (
    InvitationOver,
    Link,
    LoginTaken,
    Newcomer,
    accept,
    invite,
    invited_account,
    renew_link,
)
from moderation.administering.scope import NotYours
from moderation.administering.tying import NoSuchMember
from moderation.passwords import choose_password
from moderation.register import accounts_at
from moderation.sessions import begin_session, find_session
from portal.models import Account, Grant, Invitation
from portal.text import name_order
from portal.vocabulary import AccountState, Role
from tests.moderation.ward import CELL_7, OTHER_WARD, SINCE, WARD, Ward

PASSWORD = "suối trâu bảng cửa sổ 61"
NAME = "Lê Thị Mới"
CHOSEN = choose_password(PASSWORD, login="moi.le", name=NAME)


def _invite(
    session: Session, ward: Ward, by: str = "duyen", login: str = "moi.le", home: int = WARD
) -> Link:
    newcomer = Newcomer(login=login, name=NAME, home_id=home)
    return invite(session, office=ward.office, by=ward.person(session, by), newcomer=newcomer)


def _accept(session: Session, ward: Ward, token: str) -> Account:
    search = ward.ring.search
    return accept(session, search=search, token=token, name=NAME, password=CHOSEN, at=ward.at)


def _state(session: Session, account_id: int) -> AccountState:
    return states_of(session, account_ids=[account_id])[account_id]


def test_only_the_hash_of_the_token_is_kept(ward: Ward) -> None:
    with ward.database.writing() as session:
        link = _invite(session, ward)
        row = session.scalars(select(Invitation)).one()
        assert row.token_hash == hashlib.sha256(link.token.encode()).digest()
        assert row.expires_at == ward.at + timedelta(hours=72)
        assert row.invited_by_id == ward.accounts["duyen"]


def test_an_invited_account_lets_nobody_in_and_is_nobody_on_duty(ward: Ward) -> None:
    with ward.database.writing() as session:
        account = _invite(session, ward).account
        session.add(
            Grant(
                account_id=account.id, role=Role.COMMITTEE, organisation_id=CELL_7, valid_from=SINCE
            )
        )
        session.flush()
        on_duty = accounts_at(
            session, organisation_ids=[CELL_7], role=Role.COMMITTEE, on=ward.office.today
        )
        assert account not in on_duty
        assert _state(session, account.id) is AccountState.INVITED
        with pytest.raises(WrongPair):
            prove(session, login="moi.le", password="")


def test_a_link_opens_its_account_once_with_a_password_of_ones_own(ward: Ward) -> None:
    with ward.database.writing() as session:
        link = _invite(session, ward)
        assert invited_account(session, token=f" {link.token}\n", at=ward.at).id == link.account.id
        account = accept(
            session,
            search=ward.ring.search,
            token=link.token,
            name="Lê Thị Mận",
            password=CHOSEN,
            at=ward.at,
        )
        assert (account.name, account.folded) == ("Lê Thị Mận", "le thi man")
        assert account.placed == name_order("Lê Thị Mận")
        assert _state(session, account.id) is AccountState.MUST_ENROL
        with pytest.raises(InvitationOver):
            _accept(session, ward, link.token)
    with ward.database.reading() as session:
        assert prove(session, login="moi.le", password=PASSWORD).account_id == link.account.id


def test_a_link_is_good_for_three_days(ward: Ward) -> None:
    with ward.database.writing() as session:
        link = _invite(session, ward)
        ward.later(hours=72)
        with pytest.raises(InvitationOver):
            _accept(session, ward, link.token)


@pytest.mark.parametrize("token", ["", "x", "x" * 5_000, "\0", "' or 1=1 --"])
def test_a_code_that_is_none_of_ours_opens_nothing(ward: Ward, token: str) -> None:
    with ward.database.writing() as session:
        _invite(session, ward)
        with pytest.raises(InvitationOver):
            invited_account(session, token=token, at=ward.at)


def test_a_newer_link_makes_the_older_one_useless(ward: Ward) -> None:
    with ward.database.writing() as session:
        old = _invite(session, ward)
        new = renew_link(
            session,
            office=ward.office,
            by=ward.person(session, "duyen"),
            account_id=old.account.id,
        )
        with pytest.raises(InvitationOver):
            _accept(session, ward, old.token)
        assert _accept(session, ward, new.token).id == old.account.id


def test_a_new_link_for_an_account_in_use_ends_its_sessions_only_when_it_is_used(
    ward: Ward,
) -> None:
    with ward.database.writing() as session:
        hoa = ward.accounts["hoa"]
        token = begin_session(session, account_id=hoa, at=ward.at, hours=10)
        link = renew_link(
            session, office=ward.office, by=ward.person(session, "an"), account_id=hoa
        )
        assert find_session(session, token=token, at=ward.at) is not None
        _accept(session, ward, link.token)
        assert find_session(session, token=token, at=ward.at) is None


def test_the_link_of_an_ended_account_opens_nothing(ward: Ward) -> None:
    with ward.database.writing() as session:
        link, by = _invite(session, ward), ward.person(session, "duyen")
        end_account(session, office=ward.office, by=by, account_id=link.account.id)
        with pytest.raises(InvitationOver):
            _accept(session, ward, link.token)
        with pytest.raises(InvitationOver):
            renew_link(session, office=ward.office, by=by, account_id=link.account.id)


def test_a_login_is_given_once_whatever_its_capitals(ward: Ward) -> None:
    with ward.database.writing() as session, pytest.raises(LoginTaken):
        _invite(session, ward, login=" HOA ")


def test_nobody_is_invited_to_what_lies_elsewhere(ward: Ward) -> None:
    with ward.database.writing() as session:
        for home in (OTHER_WARD, 10**9):
            with pytest.raises(NotYours):
                _invite(session, ward, home=home)
        with pytest.raises(NotYours):
            _invite(session, ward, by="hoa")


def test_nobody_is_invited_as_a_member_who_is_not_there(ward: Ward) -> None:
    unknown = Newcomer(
        login="moi.le", name=NAME, home_id=WARD, member_id=ward.members["bach"].__class__(int=7)
    )
    with ward.database.writing() as session, pytest.raises(NoSuchMember):
        invite(session, office=ward.office, by=ward.person(session, "an"), newcomer=unknown)


@pytest.mark.parametrize("login", ["duyen", "province", "far"])
def test_no_link_is_made_for_oneself_or_for_an_account_elsewhere(ward: Ward, login: str) -> None:
    with ward.database.writing() as session, pytest.raises(NotYours):
        renew_link(
            session,
            office=ward.office,
            by=ward.person(session, "duyen"),
            account_id=ward.accounts[login],
        )
