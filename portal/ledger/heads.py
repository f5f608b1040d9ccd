"""Heads: the log at one size, in a text that anybody can read and check. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

#: The first line of every signed text; it keeps a head apart from anything else ever signed.
TITLE = "so-cai-y-kien-nhan-dan v1"


@dataclass(frozen=True)
class Head:
    """How many leaves the log has, the root over them, and who says so since when."""

    size: int
    root: bytes
    at: datetime
    key_version: int
    signature: bytes

    @property
    def text(self) -> bytes:
        """What was signed."""
        return head_text(self.size, self.root, self.at)

    @property
    def mark(self) -> str:
        """The beginning of the root, short enough to be read aloud and compared."""
        return " ".join(self.root.hex()[at : at + 4] for at in range(0, 16, 4))


def head_text(size: int, root: bytes, at: datetime) -> bytes:
    """The canonical text of a head; ``at`` is cut to the minute."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    return f"{TITLE}\nsize {size}\nroot {root.hex()}\ntime {moment}\n".encode()


def sign_head(
    key: Ed25519PrivateKey, *, version: int, size: int, root: bytes, at: datetime
) -> Head:
    """A head, signed."""
    return Head(size, root, at, version, key.sign(head_text(size, root, at)))


def is_signed(head: Head, keys: dict[int, Ed25519PublicKey]) -> bool:
    """Whether the head carries the signature of the key that it names."""
    try:
        keys[head.key_version].verify(head.signature, head.text)
    except (InvalidSignature, KeyError):
        return False
    return True
