"""Sealing in pieces: every change, loss or move of a piece is told, and nothing lies open."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.sealing import PIECE_BYTES, opened_pieces, sealed_pieces
from portal.files.storing import CannotStore, FileStore, Gone
from portal.vault import CannotOpen, new_key, new_uid

KEY, OTHER, UID = new_key(), new_key(), new_uid()
#: Around the ends of pieces, where a mistake would hide.
SIZES = [1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, 2 * PIECE_BYTES + 7]


def seal(size: int) -> list[bytes]:
    """The pieces of a file of this size."""
    return list(sealed_pieces(KEY, UID, io.BytesIO(bytes(size))))


def unseal(*pieces: bytes, key: bytes = KEY, uid: bytes = UID) -> bytes:
    """What these pieces open to."""
    return b"".join(opened_pieces(key, uid, pieces))


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_opens_however_it_is_handed_on(size: int) -> None:
    stored = b"".join(seal(size))
    assert unseal(stored) == bytes(size)
    parts = (stored[at : at + 99_991] for at in range(0, len(stored), 99_991))
    assert unseal(*parts) == bytes(size)


def test_pieces_that_were_lost_moved_or_doubled_do_not_open() -> None:
    first, second, last = seal(2 * PIECE_BYTES + 7)
    for broken in (
        (),
        (first,),
        (first, second),
        (second, last),
        (first, last),
        (second, first, last),
        (first, first, second, last),
        (first, second, last, last),
        (last,),
    ):
        with pytest.raises(CannotOpen):
            unseal(*broken)


def test_a_file_opens_with_its_own_key_and_under_its_own_name_only() -> None:
    pieces = seal(9)
    for wrong in ({"key": OTHER}, {"uid": new_uid()}):
        with pytest.raises(CannotOpen):
            unseal(*pieces, **wrong)


@given(at=st.integers(0, 36), bit=st.integers(0, 7))
def test_no_bit_can_be_changed(at: int, bit: int) -> None:
    changed = bytearray(seal(9)[0])
    changed[at] ^= 1 << bit
    with pytest.raises(CannotOpen):
        unseal(bytes(changed))


def test_a_store_keeps_a_file_whole_or_not_at_all(tmp_path: Path) -> None:
    store = FileStore(str(tmp_path / "files"))

    def cut_short() -> Iterator[bytes]:
        yield bytes(3_000_000)
        raise CannotOpen

    store.put("a", [bytes(3_000_000), b"end"])
    assert b"".join(store.get("a")) == bytes(3_000_000) + b"end"
    with pytest.raises(CannotOpen):
        store.put("b", cut_short())
    assert [path.name for path in (tmp_path / "files").iterdir()] == ["a"]
    assert (tmp_path / "files").stat().st_mode & 0o077 == 0
    store.drop(["a", "a", "never"])
    with pytest.raises(Gone):
        list(store.get("a"))


def test_a_store_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotStore):
        FileStore(str(tmp_path / "file" / "below")).put("a", [b"x"])


def test_a_store_of_objects_is_chosen_by_its_address() -> None:
    store = FileStore("memory:///")
    store.put("a", [b"one", b"two"])
    assert b"".join(store.get("a")) == b"onetwo"
