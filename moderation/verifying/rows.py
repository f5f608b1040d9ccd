"""Reading rows that may have been altered to something that no row of ours can be.

Whoever writes nonsense into one row must not keep the others from being checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from portal.ledger import Head
from portal.models import LogHead
from portal.proving import HEADS

#: What comes of a word, a moment, a number or a text in a place where none such can be.
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)


@dataclass(frozen=True)
class Unreadable:
    """A row in whose place stands something that is none; only its numbers are known."""

    id: int
    case_id: int = 0
    leaf: int | None = None
    chain: bytes = b""


def read_rows(session: Session, wanted: Select[*tuple[Any, ...]], *numbers: Any) -> list[Any]:
    """The rows that are wanted; in place of one that cannot be read, an Unreadable.

    ``numbers`` are the columns that it is told by, named as there, the id first.
    """
    try:
        return list(session.execute(wanted))
    except UNREADABLE:
        known = session.execute(wanted.with_only_columns(*numbers)).all()
        return [_one(session, wanted, numbers[0], row) for row in known]


def read_heads(session: Session) -> tuple[list[Head], list[str]]:
    """The heads of the log, the oldest first, and what is wrong with those that cannot be read."""
    found = read_rows(
        session, HEADS.order_by(None).order_by(LogHead.size), LogHead.size.label("id")
    )
    heads = [Head(*row) for row in found if not isinstance(row, Unreadable)]
    whole = [head for head in heads if is_bytes(head.root) and is_bytes(head.signature)]
    lost = [row.id for row in found if isinstance(row, Unreadable)]
    lost += [head.size for head in heads if head not in whole]
    return whole, [f"The head of size {size} was altered: it cannot be read." for size in lost]


def is_bytes(value: object) -> bool:
    """Whether a column of bytes holds bytes: SQLite takes anything in their place."""
    return isinstance(value, bytes)


def _one(session: Session, wanted: Select[*tuple[Any, ...]], number: Any, known: Any) -> Any:
    """One row by itself."""
    try:
        return session.execute(wanted.where(number == known[0])).one()
    except UNREADABLE:
        return Unreadable(**known._mapping)
