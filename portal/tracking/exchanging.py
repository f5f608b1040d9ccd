"""Exchanging a code that somebody of the staff knows for one that only its holder knows.

Such a code opens nothing else: not the letter, not its course, not a single act. The new one works
at once; the worker puts it where codes lie, and writes down that the exchange happened.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select

from portal.db import RowSession, queue_for
from portal.models import CodeExchange, Slip, Submission
from portal.models.submission import reference_of
from portal.prepared import Prepared
from portal.receiving import RECEIPT_LASTS
from portal.vault import CannotOpen, Code, Ring, code_from_token, decrypt, encrypt

#: To which cell the submission key is bound in every box for a code, wherever the box lies.
_CELL = ("seal", "code")

_slip, _exchange = Slip.__table__.c, CodeExchange.__table__.c
_SLIP = Prepared(
    select(
        _slip.submission_id,
        _slip.box,
        _slip.exchanged_at,
        _exchange.at.label("exchanging_at"),
    )
    .join_from(
        Slip.__table__,
        CodeExchange.__table__,
        _exchange.submission_id == _slip.submission_id,
        isouter=True,
    )
    .where(_slip.lookup == bindparam("lookup"))
)


class AlreadyExchanged(Exception):
    """The code was exchanged before, by whoever had it first."""


class Slipped(NamedTuple):
    """A code of a slip, and when it was exchanged, if it was. The key opens the submission."""

    submission_id: int
    exchanged_at: datetime | None
    key: bytes

    def __repr__(self) -> str:
        """Hide the key from logs and tracebacks."""
        return f"Slipped({self.reference})"

    @property
    def reference(self) -> str:
        """The number people quote."""
        return reference_of(self.submission_id)


def find_slip(session: RowSession, *, ring: Ring, code: Code) -> Slipped | None:
    """The slip that this code stands on, or nothing."""
    for pepper in ring.peppers.values():
        for row in _SLIP.rows(session, lookup=code.lookup(pepper)):
            found = _opened(row, code.key(pepper))
            if found is not None:
                return found
    return None


def exchange(session: RowSession, *, ring: Ring, slip: Slipped, token: str, at: datetime) -> Code:
    """Exchange the code of a slip, once, and return the new code.

    The same token gives the same code again for 30 minutes, so that a lost response loses nothing.
    Raises AlreadyExchanged.
    """
    queue_for(session, f"acts of {slip.submission_id}".encode())
    new = code_from_token(token, ring.pepper)
    lookup = new.lookup(ring.pepper)
    before = _exchanged(session, slip.submission_id)
    if before is not None:
        if lookup not in before[:2] or at - before[2] > RECEIPT_LASTS:
            raise AlreadyExchanged
        return new
    number = slip.submission_id
    box = encrypt(new.key(ring.pepper), slip.key, _CELL[0], number, _CELL[1])
    session.execute(
        insert(CodeExchange).values(
            submission_id=number,
            lookup=lookup,
            box=box,
            key_version=ring.pepper_version,
            at=at,
            proof=encrypt(slip.key, lookup + box, "code_exchange", number, "proof"),
        )
    )
    return new


def is_proven(key: bytes, row: CodeExchange) -> bool:
    """Whether the holder of the slip's code made this exchange: nobody else has its key."""
    number = row.submission_id
    try:
        return decrypt(key, row.proof, "code_exchange", number, "proof") == row.lookup + row.box
    except CannotOpen:
        return False


def _exchanged(session: RowSession, number: int) -> tuple[bytes | None, bytes, datetime] | None:
    """The look-up ids of the new code, as the worker has moved it or not yet, and when it came."""
    row = session.execute(
        select(
            CodeExchange.lookup.label("fresh"),
            Submission.lookup,
            CodeExchange.at,
            Slip.exchanged_at,
        )
        .select_from(Slip)
        .join(Submission, Submission.id == Slip.submission_id)
        .outerjoin(CodeExchange, CodeExchange.submission_id == Slip.submission_id)
        .where(Slip.submission_id == number)
    ).one()
    moment = row.at or row.exchanged_at
    return (row.fresh, row.lookup, moment) if moment is not None else None


def _opened(row: Any, code_key: bytes) -> Slipped | None:
    """What a slip holds; of one that was exchanged nothing is left to open."""
    exchanged_at = row.exchanging_at or row.exchanged_at
    if row.box is None:
        return Slipped(row.submission_id, exchanged_at, b"")
    try:
        key = decrypt(code_key, row.box, _CELL[0], row.submission_id, _CELL[1])
    except CannotOpen:
        return None
    return Slipped(row.submission_id, exchanged_at, key)
