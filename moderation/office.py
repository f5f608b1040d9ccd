"""What staff work needs beside the session: the keys, the calendar and the time.

It is made once per request or per unit of work, so that every verb sees one moment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from portal.clock import local_date
from portal.deadlines import TARGETS, Calendar, Targets
from portal.text import USUAL, Lexicon, Masked, for_readers
from portal.vault import Ring


@dataclass(frozen=True, repr=False)
class Office:
    """The keys of a staff process, the working calendar, this moment (aware, UTC), how many
    working days each stage may take, and which words are masked as abuse.
    """

    ring: Ring
    calendar: Calendar
    at: datetime
    targets: Targets = field(default_factory=lambda: TARGETS)
    lexicon: Lexicon = USUAL

    @property
    def today(self) -> date:
        """The day in Vietnam."""
        return local_date(self.at)

    def for_readers(self, text: str) -> Masked:
        """The text as every reader but its writer sees it: personal data masked, then abuse."""
        return for_readers(text, self.lexicon)
