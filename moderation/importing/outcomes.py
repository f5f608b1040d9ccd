"""A member as the register has them, and what would come of one row of a file. Data only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from moderation.importing.member_rows import Fault, MemberRow
from moderation.registering.checks import ENDS, Spell
from portal.text import canonical
from portal.vocabulary import MembershipKind

#: What is written, by table; a plus is a new row, a tilde new days of one that is there.
CELL = "membership"


STANDING = "standing"


POST = "post"


class Kept(NamedTuple):
    """One row of the register with its days."""

    id: int
    what: Any
    since: date
    until: date | None


@dataclass
class Known:
    """A member as the register has them."""

    id: UUID
    name: str
    birth_year: int
    managed_by: int | None
    version: int
    cells: dict[MembershipKind, list[Kept]] = field(default_factory=dict)
    standings: list[Kept] = field(default_factory=list)
    posts: list[Kept] = field(default_factory=list)
    #: Whether a key of another system stands for them, and whether it is the row's.
    has_key: bool = False
    has_this_key: bool = False

    @property
    def home(self) -> int:
        """The home cell of now, or the last one there was; 0 without any."""
        rows = [row for row in self.cells.get(MembershipKind.HOME, []) if not is_struck(row)]
        return max(rows, key=lambda row: (row.since, row.id)).what if rows else 0

    @property
    def gone(self) -> bool:
        """Whether the membership has ended."""
        return any(row.what in ENDS and not is_struck(row) for row in self.standings)


class Step(NamedTuple):
    """One row that would be written: the table, the row's number where it is there, and what."""

    table: str
    row_id: int | None
    what: Any
    since: date
    until: date | None


@dataclass
class Outcome:
    """What would come of one row."""

    row: MemberRow
    known: Known | None = None
    #: Of each change the column, what was, and what would be.
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def changes_something(self) -> bool:
        """Whether anything would be written."""
        return bool(self.changes or self.steps)


def is_struck(row: Kept) -> bool:
    """Whether a row was a wrong entry, which holds on no day."""
    return row.until is not None and row.until < row.since


def holds(row: Kept, on: date) -> bool:
    return row.since <= on and (row.until is None or row.until >= on)


def same_post(one: Any, other: Any) -> bool:
    """Whether two rows are about the same thing; words of posts are compared as names are."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one[:2] == other[:2] and canonical(one[2] or "") == canonical(other[2] or "")
    return bool(one == other)


def spells_of(rows: Iterable[Kept]) -> list[Spell]:
    """What rows say, as the checks of the register read it."""
    return [Spell(row.what, row.since, row.until) for row in rows]
