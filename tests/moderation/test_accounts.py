"""Signing in and out: passwords, and the rows that stand for signed-in browsers."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.accounts import (
    WrongPair,
    end_sessions,
    find_session,
    hash_password,
    prove,
    sign_in,
    sign_out,
)
from portal.models import Account, StaffSession
from tests.moderation.ward import Ward

PASSWORD = "Suối Đồng Kỳ 1979"


def _with_password(ward: Ward, login: str = "hoa", password_hash: str | None = None) -> int:
    with ward.database.writing() as session:
        account = session.get_one(Account, ward.accounts[login])
        account.password_hash = password_hash or hash_password(PASSWORD)
        return account.id


def _sign_in(ward: Ward, session: Session) -> str:
    proven = prove(session, login="hoa", password=PASSWORD)
    return sign_in(session, proven=proven, at=ward.at, hours=10)


def test_the_right_pair_is_proven_and_what_is_stored_is_argon2id(ward: Ward) -> None:
    account_id = _with_password(ward)
    with ward.database.reading() as session:
        proven = prove(session, login="hoa", password=PASSWORD)
        stored = session.get_one(Account, account_id).password_hash
    assert proven.account_id == account_id
    assert proven.fresh_hash is None
    assert stored.startswith("$argon2id$")


@pytest.mark.parametrize("login", ["  HOA ", "Hoa", "hoa\n", "hoa\u200b"])
def test_a_login_is_the_same_in_capitals_and_with_spaces_around_it(ward: Ward, login: str) -> None:
    account_id = _with_password(ward)
    with ward.database.reading() as session:
        assert prove(session, login=login, password=PASSWORD).account_id == account_id


def test_a_password_is_the_same_however_the_keyboard_composes_its_letters(ward: Ward) -> None:
    _with_password(ward)
    decomposed = unicodedata.normalize("NFD", PASSWORD)
    assert decomposed != PASSWORD
    with ward.database.reading() as session:
        prove(session, login="hoa", password=decomposed)


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("hoa", PASSWORD + " "),
        ("hoa", ""),
        ("hoa", "x" * 100_000),
        ("hoa", "\0"),
        ("nobody", PASSWORD),
        ("", ""),
        ("x" * 10_000, PASSWORD),
        ("' or 1=1 --", PASSWORD),
    ],
)
def test_a_wrong_pair_is_refused_without_saying_which_half(
    ward: Ward, login: str, password: str
) -> None:
    _with_password(ward)
    with ward.database.reading() as session, pytest.raises(WrongPair) as refused:
        prove(session, login=login, password=password)
    assert str(refused.value) == ""


def test_an_account_without_a_password_lets_nobody_in(ward: Ward) -> None:
    with ward.database.reading() as session, pytest.raises(WrongPair):
        prove(session, login="hoa", password="")


def test_an_inactive_account_is_refused_with_its_right_password(ward: Ward) -> None:
    account_id = _with_password(ward)
    with ward.database.writing() as session:
        session.get_one(Account, account_id).active = False
    with ward.database.reading() as session, pytest.raises(WrongPair):
        prove(session, login="hoa", password=PASSWORD)


def test_a_hash_made_by_older_rules_is_renewed_when_its_owner_signs_in(ward: Ward) -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=1_024, parallelism=1).hash(PASSWORD)
    account_id = _with_password(ward, password_hash=weaker)
    with ward.database.writing() as session:
        _sign_in(ward, session)
    with ward.database.reading() as session:
        stored = session.get_one(Account, account_id).password_hash
        assert prove(session, login="hoa", password=PASSWORD).fresh_hash is None
    assert stored != weaker


def test_a_hash_changed_in_the_meantime_is_not_overwritten(ward: Ward) -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=1_024, parallelism=1).hash(PASSWORD)
    account_id = _with_password(ward, password_hash=weaker)
    with ward.database.reading() as session:
        proven = prove(session, login="hoa", password=PASSWORD)
    _with_password(ward, password_hash="$changed$")
    with ward.database.writing() as session:
        sign_in(session, proven=proven, at=ward.at, hours=10)
    with ward.database.reading() as session:
        assert session.get_one(Account, account_id).password_hash == "$changed$"


def test_only_the_hash_of_a_token_is_stored_and_every_sign_in_has_its_own(ward: Ward) -> None:
    _with_password(ward)
    with ward.database.writing() as session:
        tokens = [_sign_in(ward, session) for _ in range(2)]
    with ward.database.reading() as session:
        stored = set(session.scalars(select(StaffSession.token_hash)))
    assert stored == {hashlib.sha256(token.encode()).digest() for token in tokens}
    assert len(stored) == 2


def test_a_token_opens_its_account_until_its_hours_are_over(ward: Ward) -> None:
    account_id = _with_password(ward)
    with ward.database.writing() as session:
        token = _sign_in(ward, session)
    with ward.database.reading() as session:
        last = ward.at + timedelta(hours=10) - timedelta(microseconds=1)
        found = find_session(session, token=token, at=last)
        assert found is not None
        assert found.id == account_id
        assert find_session(session, token=token, at=ward.at + timedelta(hours=10)) is None
        assert find_session(session, token=token + "x", at=ward.at) is None
        assert find_session(session, token="", at=ward.at) is None


def test_signing_out_ends_one_browser_at_once_and_leaves_the_other(ward: Ward) -> None:
    _with_password(ward)
    with ward.database.writing() as session:
        here, elsewhere = (_sign_in(ward, session) for _ in range(2))
    with ward.database.writing() as session:
        sign_out(session, token=here, at=ward.at)
    with ward.database.reading() as session:
        assert find_session(session, token=here, at=ward.at) is None
        assert find_session(session, token=elsewhere, at=ward.at) is not None


def test_ending_the_sessions_of_an_account_ends_all_its_browsers_and_no_others(ward: Ward) -> None:
    account_id = _with_password(ward)
    _with_password(ward, "lam")
    with ward.database.writing() as session:
        tokens = [_sign_in(ward, session) for _ in range(2)]
        other = prove(session, login="lam", password=PASSWORD)
        kept = sign_in(session, proven=other, at=ward.at, hours=10)
        end_sessions(session, account_id=account_id, at=ward.at)
    with ward.database.reading() as session:
        assert [find_session(session, token=token, at=ward.at) for token in tokens] == [None, None]
        assert find_session(session, token=kept, at=ward.at) is not None


def test_nothing_works_any_more_once_an_account_is_inactive(ward: Ward) -> None:
    account_id = _with_password(ward)
    with ward.database.writing() as session:
        token = _sign_in(ward, session)
        session.get_one(Account, account_id).active = False
    with ward.database.reading() as session:
        assert find_session(session, token=token, at=ward.at) is None
