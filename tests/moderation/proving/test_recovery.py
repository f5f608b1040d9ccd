"""Recovery codes: each opens once, the old set opens nothing, and the rows give none away."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation.proving import (
    WrongCode,
    last_recovery,
    new_recovery_codes,
    recovery_left,
    take_recovery_code,
)
from portal.models import RecoveryCode
from tests.moderation.ward import Ward


def _make(ward: Ward) -> list[str]:
    with ward.database.writing() as session:
        return new_recovery_codes(
            session, search=ward.ring.search, account_id=ward.accounts["hoa"], at=ward.at
        )


def _take(ward: Ward, code: str, login: str = "hoa") -> bool:
    with ward.database.writing() as session:
        try:
            take_recovery_code(
                session,
                search=ward.ring.search,
                account_id=ward.accounts[login],
                code=code,
                at=ward.at,
            )
        except WrongCode:
            return False
        return True


def test_each_of_ten_codes_opens_once(ward: Ward) -> None:
    codes = _make(ward)
    assert len(set(codes)) == 10
    for count, code in enumerate(codes, start=1):
        assert _take(ward, code)
        assert not _take(ward, code)
        with ward.database.reading() as session:
            assert recovery_left(session, account_id=ward.accounts["hoa"]) == 10 - count
            assert last_recovery(session, account_id=ward.accounts["hoa"]) == ward.at


def test_a_code_may_be_typed_as_people_type(ward: Ward) -> None:
    code = _make(ward)[0]
    assert _take(ward, f"  {code.upper().replace('-', ' ')} ")


@pytest.mark.parametrize("typed", ["", "-", "aaaaa-aaaaa", "\0", "x" * 10_000])
def test_what_is_no_code_is_refused(ward: Ward, typed: str) -> None:
    _make(ward)
    assert not _take(ward, typed)


def test_a_code_opens_only_its_own_account(ward: Ward) -> None:
    assert not _take(ward, _make(ward)[0], "lam")


def test_a_new_set_ends_the_old_one(ward: Ward) -> None:
    old, new = _make(ward), _make(ward)
    assert not _take(ward, old[0])
    assert _take(ward, new[0])


def test_no_code_lies_in_the_database(ward: Ward) -> None:
    codes = _make(ward)
    with ward.database.reading() as session:
        stored = b"".join(session.scalars(select(RecoveryCode.code_hash)))
    for code in codes:
        assert code.encode() not in stored
        assert code.replace("-", "").encode() not in stored
