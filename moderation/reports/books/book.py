"""What stands in a workbook: texts and numbers only, leaf after leaf. Pure but for the drawing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from portal.printing.starting import draw_apart

PROGRAM = "moderation.reports.books.drawing"

#: A number is a number, and a blank an empty cell.
Cell = str | int | float | None


@dataclass(frozen=True)
class Leaf:
    """One sheet: its name, what stands above the table, the headings, and the rows.

    ``depths`` says how deep each row stands below the first one. Of the columns the last ``shares``
    are parts of one. Without headings the rows are lines of text.
    """

    name: str
    above: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    depths: tuple[int, ...] = ()
    shares: int = 0


@dataclass(frozen=True)
class Book:
    """A workbook under its title."""

    title: str
    leaves: tuple[Leaf, ...]

    def to_bytes(self) -> bytes:
        """The book for the process that draws it."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> Book:
        """Read what ``to_bytes`` wrote."""
        told: dict[str, Any] = json.loads(raw)
        return cls(told["title"], tuple(map(_leaf, told["leaves"])))


def print_book(book: Book) -> bytes:
    """The book as a file (XLSX). Raises NotPrinted."""
    return draw_apart(PROGRAM, book.to_bytes())


def _leaf(told: dict[str, Any]) -> Leaf:
    """One sheet out of what was written."""
    lists = {name: tuple(told[name]) for name in ("above", "headings", "depths")}
    return Leaf(**told | lists | {"rows": tuple(map(tuple, told["rows"]))})
