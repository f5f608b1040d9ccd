"""A clock that stands still until a test moves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

#: A Monday, ten in the morning in Vietnam.
START = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@dataclass
class StandingClock:
    """Call it for the moment; move it with ``forward``."""

    moment: datetime = field(default=START)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **amount: float) -> datetime:
        """Move on by so many seconds, minutes, hours or days, and tell the moment."""
        self.moment += timedelta(**amount)
        return self.moment
