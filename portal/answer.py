"""A published answer as it lies in one sealed note: the finding, then the words."""

from __future__ import annotations

from dataclasses import dataclass

from portal.vocabulary import Finding

_BY_VALUE = {finding.value: finding for finding in Finding}


@dataclass(frozen=True)
class Answer:
    """What the resident is told: a finding and a text."""

    finding: Finding
    text: str

    def to_note(self) -> str:
        """The note that is sealed: the finding's value on the first line."""
        return f"{self.finding.value}\n{self.text}"

    @classmethod
    def from_note(cls, note: str) -> Answer:
        """Read what ``to_note`` wrote."""
        value, _line, text = note.partition("\n")
        return cls(_BY_VALUE[value], text)
