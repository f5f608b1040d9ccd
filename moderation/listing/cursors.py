"""Where a page of a list goes on: the place of one row, written into an address.

Nothing is trusted: what cannot be read is no cursor, and a list then begins at its first page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

#: So many digits of microseconds end before the year 5139, which every database can hold.
_WRITTEN = re.compile(r"(?P<way>[ab])(?P<moment>\d{1,17})-(?P<case>\d{1,18})", re.ASCII)
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Cursor:
    """The row after which a page begins or, going ``back``, before which it ends."""

    due_at: datetime
    case_id: int
    back: bool = False

    def __str__(self) -> str:
        """As it stands in an address."""
        moment = (self.due_at - _BEGINNING) // _MICROSECOND
        return f"{'b' if self.back else 'a'}{moment}-{self.case_id}"

    @classmethod
    def read(cls, written: str) -> Self | None:
        """The cursor in an address, or none for anything that is not one."""
        found = _WRITTEN.fullmatch(written)
        if found is None:
            return None
        moment = _BEGINNING + int(found["moment"]) * _MICROSECOND
        return cls(due_at=moment, case_id=int(found["case"]), back=found["way"] == "b")
