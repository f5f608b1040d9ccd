"""Where a page of rows goes on: the id of one row, written into an address.

Nothing is trusted: what cannot be read is no cursor, and the rows then begin at their first page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_WRITTEN = re.compile(r"(?P<way>[ab])(?P<row>\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Cursor:
    """The row after which a page begins or, going ``back``, before which it ends."""

    row_id: int
    back: bool = False

    def __str__(self) -> str:
        """As it stands in an address."""
        return f"{'b' if self.back else 'a'}{self.row_id}"

    @classmethod
    def read(cls, written: str) -> Self | None:
        """The cursor in an address, or none for anything that is not one."""
        found = _WRITTEN.fullmatch(written)
        return cls(int(found["row"]), found["way"] == "b") if found else None
