"""Sealed bytes open in one place, for one key, unaltered."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from portal.vault import (
    Agreement,
    CannotOpen,
    commitment,
    decrypt,
    encrypt,
    mark,
    new_key,
    new_uid,
    open_box,
    seal_box,
)

KEY = bytes(range(32))
PRIVATE = X25519PrivateKey.from_private_bytes(KEY)
tables = st.sampled_from(["submission", "event", "seal"])
rows = st.integers(1, 2**60) | st.binary(min_size=16, max_size=16)
columns = st.sampled_from(["words", "public_note", "code"])


@given(st.binary(), tables, rows, columns)
def test_what_is_sealed_opens_in_its_own_place(
    plain: bytes, table: str, row: int | bytes, column: str
) -> None:
    box = encrypt(KEY, plain, table, row, column)
    assert decrypt(KEY, box, table, row, column) == plain
    assert plain not in box or len(plain) < 3


@given(tables, tables, rows, rows, columns, columns)
def test_what_is_moved_does_not_open(
    table: str,
    other_table: str,
    row: int | bytes,
    other_row: int | bytes,
    column: str,
    other_column: str,
) -> None:
    box = encrypt(KEY, b"words", table, row, column)
    moved = (other_table, other_row, other_column)
    if moved == (table, row, column):
        return
    with pytest.raises(CannotOpen):
        decrypt(KEY, box, *moved)


@given(st.binary(min_size=1), st.data())
def test_one_altered_byte_does_not_open(plain: bytes, data: st.DataObject) -> None:
    box = encrypt(KEY, plain, "submission", 1, "words")
    at = data.draw(st.integers(0, len(box) - 1))
    altered = box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :]
    with pytest.raises(CannotOpen):
        decrypt(KEY, altered, "submission", 1, "words")


@pytest.mark.parametrize("box", [b"", b"short", bytes(12), bytes(100)])
def test_what_is_no_box_does_not_open(box: bytes) -> None:
    with pytest.raises(CannotOpen):
        decrypt(KEY, box, "submission", 1, "words")
    with pytest.raises(CannotOpen):
        open_box(PRIVATE, box, "submission", 1)


def test_another_key_does_not_open() -> None:
    box = encrypt(KEY, b"words", "submission", 1, "words")
    with pytest.raises(CannotOpen):
        decrypt(new_key(), box, "submission", 1, "words")


def test_the_same_words_never_look_the_same_twice() -> None:
    boxes = {encrypt(KEY, b"words", "submission", 1, "words") for _ in range(50)}
    sealed = {seal_box(PRIVATE.public_key(), b"key", "submission", 1) for _ in range(50)}
    assert len(boxes) == len(sealed) == 50


@given(st.binary(), tables, rows)
def test_a_sealed_box_opens_for_the_private_half_alone(
    plain: bytes, table: str, row: int | bytes
) -> None:
    box = seal_box(PRIVATE.public_key(), plain, table, row)
    assert open_box(PRIVATE, box, table, row) == plain
    with pytest.raises(CannotOpen):
        open_box(X25519PrivateKey.generate(), box, table, row)
    with pytest.raises(CannotOpen):
        open_box(PRIVATE, box, table + "x", row)


def test_a_mark_stands_for_one_name_under_one_key() -> None:
    assert mark(KEY, "member") == mark(KEY, "member")
    assert mark(KEY, "member") != mark(KEY, "another")
    assert mark(KEY, "member") != mark(new_key(), "member")


def test_a_commitment_binds_words_key_and_event() -> None:
    uid = new_uid()
    made = commitment(KEY, uid, b"words")
    assert made == commitment(KEY, uid, b"words")
    assert made != commitment(KEY, uid, b"other words")
    assert made != commitment(KEY, new_uid(), b"words")
    assert made != commitment(new_key(), uid, b"words")


def test_an_agreement_is_good_for_one_box() -> None:
    agreement = Agreement(PRIVATE.public_key())
    assert open_box(PRIVATE, agreement.seal(b"key", "submission", 1), "submission", 1) == b"key"
    with pytest.raises(ValueError, match="key"):
        agreement.seal(b"other", "submission", 2)
