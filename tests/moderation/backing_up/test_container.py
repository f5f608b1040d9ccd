"""The outside of a backup: whoever holds it reads nothing, and whatever is done to it is found."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderation.backing_up import container
from moderation.backing_up.container import HEAD_BYTES, SealedReader, SealedWriter, check_outside
from moderation.backing_up.faults import Damaged, WrongKey

PRIVATE = X25519PrivateKey.generate()
AT = datetime(2026, 11, 30, tzinfo=UTC)
CHUNK, SEALED = 64, 64 + 16
PLAIN = bytes(range(200)) + b"feedback_case"


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a short text be several chunks."""
    monkeypatch.setattr(container, "CHUNK_BYTES", CHUNK)


def seal(path: Path, plain: bytes = PLAIN) -> bytes:
    """A backup of these bytes; what lies there."""
    with path.open("wb") as file:
        out = SealedWriter(file, PRIVATE.public_key(), made_at=AT)
        for start in range(0, len(plain), 50):
            out.write(plain[start : start + 50])
        out.close()
    return path.read_bytes()


def opened(path: Path, private: X25519PrivateKey = PRIVATE) -> bytes:
    """All of it, to the end."""
    found = bytearray()
    with path.open("rb") as file:
        reader = SealedReader(file, private)
        while some := reader.read(33):
            found += some
    return bytes(found)


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 200])
def test_what_was_sealed_comes_back(tmp_path: Path, length: int) -> None:
    seal(tmp_path / "b", PLAIN[:length])
    assert opened(tmp_path / "b") == PLAIN[:length]
    with (tmp_path / "b").open("rb") as file:
        assert check_outside(file).made_at == AT


def test_another_recovery_key_opens_nothing(tmp_path: Path) -> None:
    seal(tmp_path / "b")
    with pytest.raises(WrongKey):
        opened(tmp_path / "b", X25519PrivateKey.generate())


def refused(path: Path, raw: bytes, *, outside: bool = True) -> None:
    """These bytes are opened by nobody, and ``outside`` is whether that is seen without a key."""
    path.write_bytes(raw)
    with pytest.raises((Damaged, WrongKey)):
        opened(path)
    if outside:
        with path.open("rb") as file, pytest.raises(Damaged):
            check_outside(file)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_bit_anywhere_is_found(tmp_path: Path, data: st.DataObject) -> None:
    raw = bytearray(seal(tmp_path / "b"))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= 1 << data.draw(st.integers(0, 7))
    refused(tmp_path / "b", bytes(raw))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_end_that_was_cut_off_or_added_is_found(tmp_path: Path, data: st.DataObject) -> None:
    raw = seal(tmp_path / "b")
    refused(tmp_path / "b", raw[: data.draw(st.integers(0, len(raw) - 1))])
    refused(tmp_path / "b", raw + b"x")


def _swap(raw: bytes, _other: bytes) -> bytes:
    return _chunk(raw, 1) + _chunk(raw, 0) + raw[HEAD_BYTES + 2 * SEALED : -32]


def _leave_out(raw: bytes, _other: bytes) -> bytes:
    return raw[HEAD_BYTES + SEALED : -32]


def _leave_last_out(raw: bytes, _other: bytes) -> bytes:
    return raw[HEAD_BYTES : HEAD_BYTES + 3 * SEALED]


def _double(raw: bytes, _other: bytes) -> bytes:
    return _chunk(raw, 0) + raw[HEAD_BYTES:-32]


def _take_another(raw: bytes, other: bytes) -> bytes:
    return _chunk(other, 0) + raw[HEAD_BYTES + SEALED : -32]


def _chunk(raw: bytes, number: int) -> bytes:
    start = HEAD_BYTES + number * SEALED
    return raw[start : start + SEALED]


@pytest.mark.parametrize("change", [_swap, _leave_out, _leave_last_out, _double, _take_another])
def test_chunks_keep_their_place_whoever_mends_the_checksum(
    tmp_path: Path, change: Callable[[bytes, bytes], bytes]
) -> None:
    raw, other = seal(tmp_path / "b"), seal(tmp_path / "c")
    changed = raw[:HEAD_BYTES] + change(raw, other)
    digest = hashlib.sha256(changed).digest()
    refused(tmp_path / "b", changed + digest, outside=False)


def test_a_head_of_another_backup_opens_nothing(tmp_path: Path) -> None:
    raw, other = seal(tmp_path / "b"), seal(tmp_path / "c")
    changed = other[:HEAD_BYTES] + raw[HEAD_BYTES:-32]
    digest = hashlib.sha256(changed).digest()
    refused(tmp_path / "b", changed + digest, outside=False)


def test_nothing_of_it_can_be_read(tmp_path: Path) -> None:
    raw = seal(tmp_path / "b")
    assert b"feedback_case" not in raw
    assert PLAIN[:8] not in raw
