"""Runs of digits: how a long number lies in a text, with the gaps people leave in it.

Only says where the digits are; what they mean is told elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = re.compile(r"\d+")
#: What people put between the parts of one number: spaces, dots, dashes, round brackets.
_GAP = re.compile(r"[ .\-–—()]{1,3}")
#: Even spelled digit by digit, a personal number has twelve.
_MOST_GROUPS = 12


@dataclass(frozen=True, slots=True)
class Group:
    """Digits without a gap: where they stand, and which they are (as 0 to 9 in any script)."""

    start: int
    end: int
    digits: str


@dataclass(frozen=True, slots=True)
class Run:
    """Groups that may be one number, and the text they stand in."""

    text: str
    before: int
    groups: tuple[Group, ...]

    @property
    def lead(self) -> str:
        """What stands between the number before this run, or the start, and this run."""
        return self.text[self.before : self.groups[0].start]

    def gap(self, index: int) -> str:
        """What stands between the group of this index and the one before."""
        return self.text[self.groups[index - 1].end : self.groups[index].start]

    def windows(self, first: int, most: int) -> Iterator[tuple[Group, ...]]:
        """The groups from ``first`` on: one, two, up to twelve, of ``most`` digits together.

        A single group comes whatever its length.
        """
        total = 0
        for count, group in enumerate(self.groups[first : first + _MOST_GROUPS], start=1):
            total += len(group.digits)
            if total > most and count > 1:
                return
            yield self.groups[first : first + count]


def digit_runs(text: str) -> Iterator[Run]:
    """Every run of digits in the text, in order, in one pass."""
    run: list[Group] = []
    before = 0
    for match in _DIGITS.finditer(text):
        if run and not _GAP.fullmatch(text, run[-1].end, match.start()):
            yield Run(text, before, tuple(run))
            run, before = [], run[-1].end
        run.append(Group(match.start(), match.end(), _plain(match[0])))
    if run:
        yield Run(text, before, tuple(run))


def _plain(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(unicodedata.digit(c)) for c in digits)
