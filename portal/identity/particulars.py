"""What somebody told of themselves, as bytes that do not tell how much it was. Never a row."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from portal.vault import decrypt, encrypt, open_box, seal_box

#: Whatever is told fills whole blocks of this many bytes: the form lets nobody write more than one
#: in Vietnamese, so that the length of a box says nothing of a name.
BLOCK_BYTES = 2_048
#: The same for an address for notices.
ADDRESS_BYTES = 320


@dataclass(frozen=True, repr=False)
class Particulars:
    """Name, telephone and address of a writer; each may be empty."""

    name: str = ""
    telephone: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        """Whether anything was told."""
        return any(vars(self).values())

    def to_bytes(self) -> bytes:
        """One JSON text, filled up with spaces."""
        plain = json.dumps(vars(self), ensure_ascii=False, separators=(",", ":")).encode()
        return _filled(plain, BLOCK_BYTES)

    @classmethod
    def from_bytes(cls, raw: bytes) -> Particulars:
        """Read what ``to_bytes`` wrote."""
        found = json.loads(raw)
        return cls(**{field.name: found.get(field.name, "") for field in fields(cls)})


def seal_address(public: X25519PublicKey, address: str, *, number: int, own: bytes) -> bytes:
    """Seal where a resident wants to be told of news.

    ``own`` is the key of submission ``number``: whoever holds only the public half cannot put an
    address of their own beside the letter of somebody else.
    """
    inner = encrypt(own, address_bytes(address), "notice_address", number, "inner")
    return seal_box(public, inner, "notice_address", number)


def open_address(private: X25519PrivateKey, box: bytes, *, number: int, own: bytes) -> str:
    """Open what ``seal_address`` made. Raises CannotOpen."""
    inner = open_box(private, box, "notice_address", number)
    return decrypt(own, inner, "notice_address", number, "inner").decode().rstrip()


def address_bytes(address: str) -> bytes:
    """An address for notices, filled up with spaces."""
    return _filled(address.encode(), ADDRESS_BYTES)


def _filled(plain: bytes, block: int) -> bytes:
    """These bytes with spaces behind them, up to the end of a block."""
    return plain + b" " * (-len(plain) % block)
