"""What every reader of a sheet shares: how far it reads, and how it says that it cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

#: More rows than members of any province (design rule); a sheet of a million is refused.
MOST_ROWS = 200_000
#: No cell of a register is longer, and no sheet of one is wider.
MOST_SIGNS = 4_000
MOST_COLUMNS = 200

Row = tuple[int, list[Any]]


class Fault(Exception):
    """The sheet cannot be read: a code, the row as people count them, and the column from 1."""

    def __init__(self, code: str, row: int = 0, column: int = 0) -> None:
        """Keep where it is."""
        super().__init__(code)
        self.code, self.row, self.column = code, row, column


def picked(cells: Sequence[Any], places: Sequence[int] | None) -> list[Any]:
    """The cells at these places, or all of them as far as a sheet may be wide."""
    if places is None:
        return list(cells[:MOST_COLUMNS])
    return [cells[place] if place < len(cells) else "" for place in places]


def bounded(rows: Iterator[Row], most: int | None, places: Sequence[int] | None) -> Iterator[Row]:
    """Rows as far as they are wanted. Raises Fault where there are too many or a cell is too long.

    Empty rows count for nothing.
    """
    filled = 0
    for number, cells in rows:
        if not any(cells):
            continue
        filled += 1
        if most is not None and filled > most:
            return
        if filled > MOST_ROWS:
            raise Fault("too_many", number)
        for at, cell in enumerate(cells):
            if isinstance(cell, str) and len(cell) > MOST_SIGNS:
                raise Fault("long_cell", number, (places[at] if places else at) + 1)
        yield number, cells
