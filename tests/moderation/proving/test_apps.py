"""One-time codes: taken once, in their time, and sealed where they lie."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyotp import TOTP, random_base32
from sqlalchemy import select

from moderation.proving import WrongCode, add_app, app_address, code_now, new_secret, take_code
from moderation.proving.apps import _step_of
from portal.models import SecondFactor
from portal.vault import CannotOpen
from tests import telephones
from tests.moderation.ward import NOON, Ward

_SECRET = random_base32()


@pytest.fixture
def account(ward: Ward) -> int:
    """Somebody with an app."""
    with ward.database.writing() as session:
        account_id = ward.accounts["hoa"]
        _add(session, ward, account_id, _code(ward.at - timedelta(minutes=5)), -5)
    return account_id


def _add(session: object, ward: Ward, account_id: int, code: str, minutes: int = 0) -> None:
    add_app(
        session,  # type: ignore[arg-type]
        search=ward.ring.search,
        account_id=account_id,
        secret=_SECRET,
        code=code,
        name="Điện thoại",
        at=ward.at + timedelta(minutes=minutes),
    )


def _code(at: datetime) -> str:
    return TOTP(_SECRET).at(at)


def _take(ward: Ward, account_id: int, code: str) -> bool:
    with ward.database.writing() as session:
        try:
            take_code(
                session, search=ward.ring.search, account_id=account_id, code=code, at=ward.at
            )
        except WrongCode:
            return False
        return True


def test_a_code_is_taken_once(ward: Ward, account: int) -> None:
    assert _take(ward, account, _code(ward.at))
    assert not _take(ward, account, _code(ward.at))
    ward.later(seconds=30)
    assert _take(ward, account, _code(ward.at))


def test_of_many_with_the_same_code_at_once_one_gets_in(ward: Ward, account: int) -> None:
    code = _code(ward.at)
    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(lambda _: _take(ward, account, code), range(6)))
    assert sorted(taken) == [False] * 5 + [True]


@pytest.mark.parametrize(("seconds", "right"), [(-30, True), (30, True), (-60, False), (60, False)])
def test_a_clock_may_be_one_step_ahead_or_behind(
    ward: Ward, account: int, seconds: int, right: bool
) -> None:
    assert _take(ward, account, _code(ward.at + timedelta(seconds=seconds))) is right


def test_no_code_is_taken_after_a_later_one(ward: Ward, account: int) -> None:
    assert _take(ward, account, _code(ward.at + timedelta(seconds=30)))
    assert not _take(ward, account, _code(ward.at))


@pytest.mark.parametrize("typed", ["{0} {1}", " {0}-{1} ", "{0}\u00a0{1}", "{0}.{1}"])
def test_spaces_and_dashes_in_a_code_do_not_matter(ward: Ward, account: int, typed: str) -> None:
    code = _code(ward.at)
    assert _take(ward, account, typed.format(code[:3], code[3:]))


def test_figures_of_a_wide_keyboard_are_figures(ward: Ward, account: int) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in _code(ward.at))
    assert _take(ward, account, wide)


@pytest.mark.parametrize("typed", ["", "x", "12345", "1234567", "\0", "0" * 10_000, "½½½½½½"])
def test_what_is_no_code_is_refused(ward: Ward, account: int, typed: str) -> None:
    assert not _take(ward, account, typed)


@given(st.text(max_size=40))
def test_no_text_breaks_the_check_of_a_code(typed: str) -> None:
    assert _step_of(_SECRET, typed, NOON) is None or len(typed) >= 6


def test_the_code_of_somebody_else_is_refused(ward: Ward, account: int) -> None:
    assert not _take(ward, ward.accounts["lam"], _code(ward.at))


def test_an_app_is_added_with_a_right_code_only_and_that_code_is_used(ward: Ward) -> None:
    account_id = ward.accounts["lam"]
    with ward.database.writing() as session, pytest.raises(WrongCode):
        _add(session, ward, account_id, "000000")
    with ward.database.writing() as session:
        _add(session, ward, account_id, _code(ward.at))
    assert not _take(ward, account_id, _code(ward.at))


def test_the_secret_is_sealed_and_opens_at_its_own_row_only(ward: Ward, account: int) -> None:
    telephones.hand_out(ward.database, ward.ring.search, at=ward.at)
    with ward.database.writing() as session:
        own = session.scalars(select(SecondFactor).where(SecondFactor.account_id == account)).one()
        other = session.scalars(
            select(SecondFactor).where(SecondFactor.account_id == ward.accounts["lam"])
        ).one()
        assert _SECRET.encode() not in (own.secret or b"")
        other.secret = own.secret
    with ward.database.reading() as session, pytest.raises(CannotOpen):
        code_now(session, search=ward.ring.search, account_id=ward.accounts["lam"], at=ward.at)


def test_every_browser_is_offered_a_secret_of_its_own() -> None:
    first, second = (
        new_secret(b"k" * 32, token=token, nonce=b"n" * 32) for token in ("one", "two")
    )
    assert first != second
    assert len(first) == 32
    address = unquote(app_address(first, login="hoa.luong"))
    assert address.startswith("otpauth://totp/Ý kiến nhân dân:hoa.luong?secret=" + first)
