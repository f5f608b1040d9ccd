"""Sealing and opening bytes. Every ciphertext is bound to the place where it lies.

AES-256-GCM carries table, row and column as associated data, so a ciphertext moved to
another row or column does not open. A box is sealed to an X25519 public key: an ephemeral
key agreement, HKDF-SHA-256, then AES-256-GCM.
"""

from __future__ import annotations

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
UID_BYTES = 16
_RAW_KEY = 32


class CannotOpen(Exception):
    """The key does not fit, or the bytes were altered or moved."""


def new_key() -> bytes:
    """A fresh random 256-bit key."""
    return secrets.token_bytes(KEY_BYTES)


def new_uid() -> bytes:
    """A fresh random 128-bit name for a row, known before the row is written."""
    return secrets.token_bytes(UID_BYTES)


def place(table: str, row: int | bytes, column: str) -> bytes:
    """The associated data of one cell of one table."""
    name = row.hex() if isinstance(row, bytes) else str(row)
    return f"{table}|{name}|{column}".encode()


def encrypt(key: bytes, plain: bytes, table: str, row: int | bytes, column: str) -> bytes:
    """Encrypt ``plain`` for one cell; the random nonce stands before the ciphertext."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place(table, row, column))


def decrypt(key: bytes, box: bytes, table: str, row: int | bytes, column: str) -> bytes:
    """Open what ``encrypt`` made for the same cell; raises CannotOpen."""
    try:
        return AESGCM(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], place(table, row, column))
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(f"{table}.{column}") from error


class Agreement:
    """A key agreed on with whoever holds a private key, for one box and never for two.

    Agreeing takes longer than everything else about a box, and needs nothing that is known only
    while a database is locked.
    """

    def __init__(self, public: X25519PublicKey) -> None:
        """Agree on a key."""
        ephemeral = X25519PrivateKey.generate()
        self._shown = ephemeral.public_key().public_bytes_raw()
        self._key = _agreed(ephemeral.exchange(public), self._shown, public.public_bytes_raw())

    def seal(self, plain: bytes, table: str, row: int | bytes) -> bytes:
        """Seal ``plain``; raises ValueError the second time."""
        key, self._key = self._key, b""
        return self._shown + AESGCM(key).encrypt(
            bytes(NONCE_BYTES), plain, place(table, row, "box")
        )


def seal_box(public: X25519PublicKey, plain: bytes, table: str, row: int | bytes) -> bytes:
    """Seal ``plain`` to a public key: only the holder of the private half opens it."""
    return Agreement(public).seal(plain, table, row)


def open_box(private: X25519PrivateKey, box: bytes, table: str, row: int | bytes) -> bytes:
    """Open what ``seal_box`` made for the same row; raises CannotOpen."""
    shown, sealed = box[:_RAW_KEY], box[_RAW_KEY:]
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(shown))
        key = _agreed(shared, shown, private.public_key().public_bytes_raw())
        return AESGCM(key).decrypt(bytes(NONCE_BYTES), sealed, place(table, row, "box"))
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(f"{table} box") from error


def derive(key: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """A 256-bit key for one purpose, from another key (HKDF-SHA-256)."""
    return HKDF(SHA256(), KEY_BYTES, salt or None, b"portal|" + purpose.encode()).derive(key)


def mark(search_key: bytes, name: str) -> bytes:
    """A keyed hash that stands for a member or a committee where names must not lie."""
    return hmac.digest(search_key, b"mark|" + name.encode(), "sha256")


def commitment(key: bytes, uid: bytes, canonical: bytes) -> bytes:
    """What an event commits to: HMAC under a key that only this event has.

    It tells nothing without the submission's or the case's key, and cannot be changed later
    without being noticed by whoever holds that key.
    """
    return hmac.digest(event_key(key, uid), canonical, "sha256")


def event_key(key: bytes, uid: bytes) -> bytes:
    """The key of one event's commitment. It opens nothing and leads to no other key."""
    return derive(key, "event", uid)


def _agreed(shared: bytes, shown: bytes, recipient: bytes) -> bytes:
    """The box key of one agreement, bound to both public halves."""
    return HKDF(SHA256(), KEY_BYTES, None, b"portal|box|" + shown + recipient).derive(shared)
