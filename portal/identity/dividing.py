"""Dividing the secret of one identity among custodians, and putting two parts together. Pure.

Shamir's division: the parts lie on a line of which two points are needed. A wrong part leads to a
wrong secret in silence, so it is the seal of the box that tells.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import NamedTuple

# The check takes PyCryptodome for the library of the same name that nobody keeps any more.
from Crypto.Protocol.SecretSharing import Shamir  # nosec B413
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from portal.identity.particulars import Particulars
from portal.vault import CannotOpen, decrypt, derive, encrypt, open_box, seal_box

#: How many parts lead to the secret (design rule: two people, never one).
NEEDED = 2
SECRET_BYTES = 16


class Share(NamedTuple):
    """One part of a secret: where on the line it lies, and its value."""

    place: int
    value: bytes

    def to_bytes(self) -> bytes:
        """The place, then the value."""
        return bytes([self.place]) + self.value

    @classmethod
    def from_bytes(cls, raw: bytes) -> Share:
        """Read what ``to_bytes`` wrote. Raises CannotOpen for what is no share."""
        if len(raw) != 1 + SECRET_BYTES or not raw[0]:
            raise CannotOpen("identity share")
        return cls(raw[0], raw[1:])


class Sealed(NamedTuple):
    """One identity: the box, and for each custodian's id the place and the box of their share."""

    box: bytes
    shares: dict[int, tuple[int, bytes]]


def seal_particulars(
    particulars: Particulars, *, number: int, own: bytes, keys: Mapping[int, X25519PublicKey]
) -> Sealed:
    """Seal who wrote submission ``number`` under a fresh secret, divided among these custodians.

    ``own`` is the key of the submission: what is sealed without it does not open beside its words.
    Raises ValueError for fewer than two custodians.
    """
    if len(keys) < NEEDED:
        raise ValueError("a secret is divided between two people at least")
    secret = secrets.token_bytes(SECRET_BYTES)
    box = encrypt(_key(secret, own), particulars.to_bytes(), "identity", number, "box")
    parts = Shamir.split(NEEDED, len(keys), secret, ssss=False)
    shares = {
        custodian_id: (place, seal_box(public, value, "identity_share", _row(number, custodian_id)))
        for (custodian_id, public), (place, value) in zip(keys.items(), parts, strict=True)
    }
    return Sealed(box, shares)


def open_share(
    private: X25519PrivateKey, box: bytes, *, place: int, number: int, custodian_id: int
) -> Share:
    """Open one custodian's share with their key. Raises CannotOpen."""
    return Share(place, open_box(private, box, "identity_share", _row(number, custodian_id)))


def open_particulars(
    first: Share, second: Share, box: bytes, *, number: int, own: bytes
) -> Particulars:
    """Open who wrote with two shares. Raises CannotOpen for shares that do not belong together."""
    if first.place == second.place:
        raise CannotOpen("identity box")
    secret = Shamir.combine([first, second], ssss=False)
    return Particulars.from_bytes(decrypt(_key(secret, own), box, "identity", number, "box"))


def _key(secret: bytes, own: bytes) -> bytes:
    """The key of a box, made from the secret and the submission's own key."""
    return derive(secret, "identity", own)


def _row(number: int, custodian_id: int) -> bytes:
    """The name of the row in which a share lies."""
    return f"{number}.{custodian_id}".encode()
