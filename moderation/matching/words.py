"""The words of a text: cut at everything that is no letter or digit, clause by clause. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from portal.text import canonical, clean, fold

#: No field holds more; what is longer is read up to here.
LONGEST_TEXT = 5_000

_CLAUSE = re.compile('[,;:!?()\\[\\]{}"“”\n…|]|(?<=[^\\W\\d_]{2})\\.(?=\\s|$)|\\s[-–—]\\s')
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_PART = re.compile(r"\d+|\D+")
#: Beginnings that people of the province often write one for the other.
_HEARD = (
    ("tr", "ch"),
    ("gi", "d"),
    ("x", "s"),
    ("r", "d"),
    ("ng", "ng"),
    ("nh", "nh"),
    ("n", "l"),
    ("k", "c"),
    ("q", "c"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed (lower case, one tone placement), folded, and where it stands."""

    exact: str
    folded: str
    capital: bool
    clause: int

    @property
    def bare(self) -> bool:
        """Whether it was typed without a diacritic."""
        return self.exact == self.folded


def sound(folded: str) -> str:
    """A folded word as it is said in the north, where some letters are heard alike."""
    last = folded[-2:-1]
    if folded.endswith("y") and (last not in "aeou" or folded.startswith("qu")):
        folded = folded[:-1] + "i"
    for written, heard in _HEARD:
        if folded.startswith(written):
            return heard + folded[len(written) :]
    return folded


def split_words(raw: str) -> list[Word]:
    """The words of a text, clause by clause; letters and digits that touch are kept apart."""
    found: list[Word] = []
    for number, clause in enumerate(_CLAUSE.split(clean(raw[: 4 * LONGEST_TEXT])[:LONGEST_TEXT])):
        exact = canonical(clause).split()
        typed = _WORD.findall(unicodedata.normalize("NFKC", clause))
        known = len(typed) == len(exact)
        for place, word in enumerate(exact):
            capital = known and typed[place][0].isupper()
            for part in _PART.findall(word):
                found += [Word(part, folded, capital, number) for folded in fold(part).split()]
    return found
