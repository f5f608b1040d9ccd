"""The roster of custodians: to whose keys identities are sealed, signed by the worker.

Whoever can write to the database could otherwise put a key of their own in a custodian's place and
read what is sealed from then on. The signature is checked by the process that seals.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from sqlalchemy import select

from portal.db import RowSession
from portal.models import CustodianRoster

#: Fewer custodians than this, and no identity is taken (design rule).
LEAST = 2
#: The first line of every signed roster; it keeps one apart from a head of the log.
_TITLE = "nguoi-giu-khoa v1"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Roster:
    """One roster: its number, and each custodian's id with the raw bytes of their public key."""

    number: int
    members: tuple[tuple[int, bytes], ...]

    @property
    def takes_identities(self) -> bool:
        """Whether there are enough people to divide a secret among."""
        return len(self.members) >= LEAST

    @property
    def keys(self) -> dict[int, X25519PublicKey]:
        """The key of each custodian by their id."""
        return {
            custodian_id: X25519PublicKey.from_public_bytes(raw)
            for custodian_id, raw in self.members
        }

    @property
    def body(self) -> str:
        """What is signed."""
        lines = [_TITLE, f"number {self.number}"]
        return "\n".join([*lines, *(f"{each} {raw.hex()}" for each, raw in self.members), ""])

    @classmethod
    def from_body(cls, body: str) -> Roster:
        """Read what was signed. Raises ValueError for another text."""
        title, number, *rows = body.splitlines()
        if title != _TITLE or not number.startswith("number "):
            raise ValueError("not a roster")
        pairs = (row.split(" ") for row in rows)
        return cls(
            int(number.removeprefix("number ")),
            tuple((int(custodian_id), bytes.fromhex(raw)) for custodian_id, raw in pairs),
        )


def sign_roster(
    key: Ed25519PrivateKey,
    *,
    version: int,
    number: int,
    members: Iterable[tuple[int, bytes]],
    at: datetime,
) -> CustodianRoster:
    """A roster as a row, signed with the key that signs the heads of the public log."""
    body = Roster(number, tuple(members)).body
    return CustodianRoster(
        id=number, at=at, body=body, key_version=version, signature=key.sign(body.encode())
    )


def read_roster(session: RowSession, *, keys: Mapping[int, Ed25519PublicKey]) -> Roster | None:
    """The newest roster, if the worker signed it; nothing for one that somebody else made."""
    table = CustodianRoster.__table__
    row = session.execute(select(table).order_by(table.c.id.desc()).limit(1)).first()
    if row is None:
        return None
    try:
        keys[row.key_version].verify(row.signature, row.body.encode())
        roster = Roster.from_body(row.body)
    except (InvalidSignature, KeyError, ValueError):
        _log.error("the roster of custodians is not signed by the worker: no identity is taken")
        return None
    return roster if roster.number == row.id else None
