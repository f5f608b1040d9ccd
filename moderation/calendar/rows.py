"""A row of a file that brings days, as it was read, and what can be wrong with it. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.models.calendar import DayKind


@dataclass(frozen=True)
class Fault:
    """What is wrong: a code, the row and the column where it stands, and what stands there.

    Row 0 is the file as a whole; ``column`` is the name of a column, or the number of a sign.
    """

    code: str
    row: int = 0
    column: str = ""
    value: str = ""


@dataclass(frozen=True)
class Row:
    """One day that a file names, on the row where it stands."""

    row: int
    on: date
    kind: DayKind
    note: str


Found = Row | Fault
