"""Dividing a secret: any two parts lead to it, one says nothing, and a wrong one is told."""

from __future__ import annotations

from itertools import combinations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from portal.identity import (
    Particulars,
    Share,
    open_address,
    open_particulars,
    open_share,
    seal_address,
    seal_particulars,
)
from portal.vault import CannotOpen, new_key

NUMBER = 20260000017
TEXT = st.text(max_size=100)
PEOPLE = st.builds(Particulars, name=TEXT, telephone=TEXT, address=TEXT)


def shares(
    keys: dict[int, X25519PrivateKey], told: Particulars, own: bytes
) -> tuple[bytes, dict[int, Share]]:
    """An identity, sealed to these custodians, and each of its shares, opened."""
    public = {each: key.public_key() for each, key in keys.items()}
    sealed = seal_particulars(told, number=NUMBER, own=own, keys=public)
    opened = {
        each: open_share(keys[each], box, place=place, number=NUMBER, custodian_id=each)
        for each, (place, box) in sealed.shares.items()
    }
    return sealed.box, opened


def custodians(count: int) -> dict[int, X25519PrivateKey]:
    return {each: X25519PrivateKey.generate() for each in range(11, 11 + count)}


@given(told=PEOPLE, count=st.integers(2, 7))
def test_any_two_open_it_and_nobody_opens_it_alone(told: Particulars, count: int) -> None:
    own = new_key()
    box, parts = shares(custodians(count), told, own)
    for first, second in combinations(parts.values(), 2):
        assert open_particulars(first, second, box, number=NUMBER, own=own) == told
    for one in parts.values():
        with pytest.raises(CannotOpen):
            open_particulars(one, one, box, number=NUMBER, own=own)
        guessed = Share(one.place % count + 1, bytes(16))
        with pytest.raises(CannotOpen):
            open_particulars(one, guessed, box, number=NUMBER, own=own)


@given(wrong=st.binary(min_size=16, max_size=16), place=st.integers(1, 7))
def test_a_wrong_share_is_told(wrong: bytes, place: int) -> None:
    own = new_key()
    box, parts = shares(custodians(3), Particulars(name="Vi Thị Mận"), own)
    right = parts[11]
    if Share(place, wrong) not in parts.values():
        with pytest.raises(CannotOpen):
            open_particulars(right, Share(place, wrong), box, number=NUMBER, own=own)


def test_two_custodians_open_nothing_without_the_key_of_the_letter() -> None:
    box, parts = shares(custodians(2), Particulars(name="Vi Thị Mận"), new_key())
    with pytest.raises(CannotOpen):
        open_particulars(parts[11], parts[12], box, number=NUMBER, own=new_key())


def test_a_box_opens_in_its_own_row_alone() -> None:
    keys, own = custodians(2), new_key()
    box, parts = shares(keys, Particulars(name="Vi Thị Mận"), own)
    with pytest.raises(CannotOpen):
        open_particulars(parts[11], parts[12], box, number=NUMBER + 1, own=own)
    sealed = seal_particulars(
        Particulars(name="Vi Thị Mận"),
        number=NUMBER,
        own=own,
        keys={each: key.public_key() for each, key in keys.items()},
    )
    place, share = sealed.shares[11]
    for number, custodian_id in ((NUMBER + 1, 11), (NUMBER, 12)):
        with pytest.raises(CannotOpen):
            open_share(keys[11], share, place=place, number=number, custodian_id=custodian_id)
    with pytest.raises(CannotOpen):
        open_share(keys[12], share, place=place, number=NUMBER, custodian_id=11)


def test_a_secret_is_never_divided_for_one_alone() -> None:
    only = {11: X25519PrivateKey.generate().public_key()}
    with pytest.raises(ValueError, match="two people"):
        seal_particulars(Particulars(name="A"), number=1, own=new_key(), keys=only)


@given(told=PEOPLE)
def test_what_was_told_comes_back_and_its_length_says_nothing(told: Particulars) -> None:
    assert Particulars.from_bytes(told.to_bytes()) == told
    assert len(told.to_bytes()) % 2_048 == 0


def test_the_longest_that_anybody_may_write_in_vietnamese_fills_one_block() -> None:
    longest = Particulars("Ằ" * 100, "0" * 30, "ậ" * 200)
    assert len(longest.to_bytes()) == len(Particulars(name="Vi").to_bytes()) == 2_048


@given(st.binary(max_size=20))
def test_what_is_no_share_is_refused(raw: bytes) -> None:
    if len(raw) == 17 and raw[0]:
        assert Share.from_bytes(raw).to_bytes() == raw
    else:
        with pytest.raises(CannotOpen):
            Share.from_bytes(raw)


def test_an_address_for_notices_opens_with_the_workers_key_and_the_letters() -> None:
    private, own = X25519PrivateKey.generate(), new_key()
    box = seal_address(private.public_key(), "yen@thu.vi.du", number=NUMBER, own=own)
    assert open_address(private, box, number=NUMBER, own=own) == "yen@thu.vi.du"
    for key, number in ((new_key(), NUMBER), (own, NUMBER + 1)):
        with pytest.raises(CannotOpen):
            open_address(private, box, number=number, own=key)
