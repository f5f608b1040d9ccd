"""Passwords that would be guessed are refused, in Vietnamese too, and none is too odd."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.accounts import LONGEST_PASSWORD, prove
from moderation.passwords import (
    SHORTEST_PASSWORD,
    WeakPassword,
    check_password,
    choose_password,
    set_password,
)
from tests.moderation.ward import Ward

_GOOD = "nắng chiều gõ phím cối đá"


def _check(password: str) -> None:
    check_password(password, login="hoa.luong", name="Lương Thị Hòa")


@pytest.mark.parametrize(
    "password",
    [
        *("", "ngắn", "x" * (SHORTEST_PASSWORD - 1), "x" * 200, "matkhau12345", "Mật khẩu 2026"),
        *("Đảng Cộng sản", "dangcongsan2026", "Lương Thị Hòa", "luongthihoa1990", "hoa.luong2026"),
        *("123456789012", "qwertyuiop123", "anhyeuem123456", "aaaaaaaaaaaaaaaa", "langson@2026"),
        "x" * (LONGEST_PASSWORD + 1),
    ],
)
def test_what_others_would_try_first_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        _check(password)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    "password", [_GOOD, "hZ4!vq9_Lw2#tB", "sông " + _GOOD * 4, "Suối Đồng Kỳ gõ trống 1979"]
)
def test_a_good_one_is_taken_however_long(password: str) -> None:
    _check(password)


@given(st.text(max_size=120))
def test_no_password_breaks_the_check(password: str) -> None:
    with suppress(WeakPassword):
        _check(password)


def test_the_new_password_signs_in_and_is_stored_as_a_hash(ward: Ward) -> None:
    with ward.database.writing() as session:
        chosen = choose_password(_GOOD, login="hoa.luong", name="Lương Thị Hòa")
        set_password(session, account_id=ward.accounts["hoa"], password=chosen)
    with ward.database.reading() as session:
        assert prove(session, login="hoa", password=_GOOD).account_id == ward.accounts["hoa"]
