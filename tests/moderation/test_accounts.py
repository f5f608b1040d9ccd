"""Passwords of the staff, and how far an account has come."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from moderation.accounts import WrongPair, hash_password, prove, refresh_hash, states_of
from portal.models import Account, FactorKind, SecondFactor
from portal.vault import new_uid
from portal.vocabulary import AccountState
from tests.moderation.ward import Ward

#: What a process of its own keeps, in KiB, after eight threads have each hashed two passwords.
_MANY = """
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from moderation.accounts import hash_password

def kept():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty"))

before = kept()
with ThreadPoolExecutor(8) as threads:
    list(threads.map(hash_password, ["x"] * 16))
print(kept() - before)
"""

PASSWORD = "Suối Đồng Kỳ 1979"


def _with_password(ward: Ward, login: str = "hoa", password_hash: str | None = None) -> int:
    with ward.database.writing() as session:
        account = session.get_one(Account, ward.accounts[login])
        account.password_hash = password_hash or hash_password(PASSWORD)
        return account.id


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


@pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="the kernel tells no sizes"
)
def test_many_sign_ins_at_once_leave_no_memory_behind() -> None:
    told = subprocess.run([sys.executable, "-c", _MANY], capture_output=True, text=True, check=True)
    assert int(told.stdout) < 20_000


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
        refresh_hash(session, proven=prove(session, login="hoa", password=PASSWORD))
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
        refresh_hash(session, proven=proven)
    with ward.database.reading() as session:
        assert session.get_one(Account, account_id).password_hash == "$changed$"


def test_how_far_an_account_has_come_follows_from_what_it_has(ward: Ward) -> None:
    account_id = ward.accounts["hoa"]

    def state() -> AccountState:
        with ward.database.reading() as session:
            return states_of(session, account_ids=[account_id])[account_id]

    assert state() is AccountState.INVITED
    _with_password(ward)
    assert state() is AccountState.MUST_ENROL
    with ward.database.writing() as session:
        factor = SecondFactor(
            uid=new_uid(),
            account_id=account_id,
            kind=FactorKind.APP,
            name="Điện thoại",
            created_at=ward.at,
        )
        session.add(factor)
    assert state() is AccountState.ACTIVE
    with ward.database.writing() as session:
        session.get_one(Account, account_id).ended_at = ward.at
    assert state() is AccountState.ENDED
