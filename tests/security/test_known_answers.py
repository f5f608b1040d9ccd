"""The cryptography gives the answers that its standards publish, and ours is made of it."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from portal.vault import CannotOpen, decrypt, encrypt, mark, new_key, open_box, seal_box
from portal.vault.sealing import derive

_PLACES = [("submission", 8, "words"), ("submission", 7, "word"), ("submissio", 7, "words")]
_PRIVATE = X25519PrivateKey.generate()


@pytest.mark.parametrize(
    ("key", "nonce", "plain", "beside", "box"),
    [
        # The GCM specification submitted to NIST, test cases 14 and 16.
        (
            "00" * 32,
            "00" * 12,
            "00" * 16,
            "",
            "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
        ),
        (
            "feffe9928665731c6d6a8f9467308308" * 2,
            "cafebabefacedbaddecaf888",
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
            "76fc6ece0f4e1768cddf8853bb2d551b",
        ),
    ],
)
def test_aes_gcm(key: str, nonce: str, plain: str, beside: str, box: str) -> None:
    made = AESGCM(bytes.fromhex(key)).encrypt(*map(bytes.fromhex, (nonce, plain, beside)))
    assert made.hex() == box


def test_hkdf_by_rfc_5869() -> None:
    salt, info = bytes(range(13)), bytes(range(0xF0, 0xFA))
    made = HKDF(SHA256(), 42, salt, info).derive(b"\x0b" * 22)
    assert made.hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def test_x25519_by_rfc_7748() -> None:
    scalar = "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"
    point = "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"
    private = X25519PrivateKey.from_private_bytes(bytes.fromhex(scalar))
    shared = private.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(point)))
    assert shared.hex() == "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"


def test_hmac_by_rfc_4231() -> None:
    made = hmac.new(b"Jefe", b"what do ya want for nothing?", hashlib.sha256)
    assert made.hexdigest() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def test_ed25519_by_rfc_8032() -> None:
    secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    assert private.sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
        "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )


@given(key=st.binary(min_size=32, max_size=32), salt=st.binary(max_size=40))
def test_a_derived_key_is_hkdf_and_a_mark_is_hmac_and_nothing_else(key: bytes, salt: bytes) -> None:
    first = hmac.new(salt or bytes(32), key, hashlib.sha256).digest()
    second = hmac.new(first, b"portal|code\x01", hashlib.sha256).digest()
    assert derive(key, "code", salt) == second
    assert mark(key, "a") == hmac.new(key, b"mark|a", hashlib.sha256).digest()


@given(plain=st.binary(max_size=300), data=st.data())
def test_what_is_sealed_opens_whole_in_its_place_or_not_at_all(
    plain: bytes, data: st.DataObject
) -> None:
    key = new_key()
    box = encrypt(key, plain, "submission", 7, "words")
    sealed = seal_box(_PRIVATE.public_key(), plain, "submission", 7)
    assert decrypt(key, box, "submission", 7, "words") == plain
    assert open_box(_PRIVATE, sealed, "submission", 7) == plain
    for table, row, column in _PLACES:
        with pytest.raises(CannotOpen):
            decrypt(key, box, table, row, column)
    with pytest.raises(CannotOpen):
        decrypt(new_key(), box, "submission", 7, "words")
    with pytest.raises(CannotOpen):
        open_box(_PRIVATE, sealed, "submission", 8)
    with pytest.raises(CannotOpen):
        decrypt(key, _flipped(box, data), "submission", 7, "words")
    with pytest.raises(CannotOpen):
        open_box(_PRIVATE, _flipped(sealed, data), "submission", 7)


def _flipped(box: bytes, data: st.DataObject) -> bytes:
    """The same bytes with one bit turned round."""
    at = data.draw(st.integers(0, 8 * len(box) - 1))
    changed = bytearray(box)
    changed[at // 8] ^= 1 << (at % 8)
    return bytes(changed)
