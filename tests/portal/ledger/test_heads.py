"""A head says one thing, and only the key that it names can have said it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.ledger import is_signed, sign_head

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
HEAD = sign_head(KEY, version=1, size=17, root=b"\xab" * 32, at=NOON)


def test_the_signed_text_can_be_read_and_never_changes() -> None:
    assert HEAD.text.decode() == (
        f"so-cai-y-kien-nhan-dan v1\nsize 17\nroot {'ab' * 32}\ntime 2026-11-24T05:00Z\n"
    )
    assert HEAD.mark == "abab abab abab abab"
    # Computed once and kept: a head signed today must be checked by every later program.
    assert HEAD.signature.hex()[:32] == "2168e71af60bba9f1f6e5133b808417f"


def test_a_head_holds_under_its_own_key_alone() -> None:
    keys = {1: KEY.public_key(), 2: OTHER.public_key()}
    assert is_signed(HEAD, keys)
    for altered in (
        replace(HEAD, size=18),
        replace(HEAD, root=b"\xac" * 32),
        replace(HEAD, at=NOON + timedelta(minutes=1)),
        replace(HEAD, key_version=2),
        replace(HEAD, key_version=3),
        replace(HEAD, signature=bytes(64)),
        replace(HEAD, signature=b""),
    ):
        assert not is_signed(altered, keys)
