"""Numbers in words, years of birth and ages, as far as a text tells them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_DIGITS: Final = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
    "nam": 5,
    "lam": 5,
    "nham": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
}
#: A younger person is no member yet, and a number above is no age.
_AGES: Final = range(18, 111)
_YEARS: Final = range(1915, 2012)
_EXACT: Final = 2
_ABOUT: Final = 5
_DECADE: Final = 8
_ABOUT_WORDS: Final = frozenset({"khoang", "chung", "do", "tam", "co", "gan", "doi"})
_MORE_WORDS: Final = frozenset({"hon", "ngoai", "tren", "qua"})
_BIRTH: Final = (("sinh", "nam"), ("nam", "sinh"), ("sinh",), ("sn",))
#: A year right after one of these is the year of something else.
_OTHER_YEARS: Final = {
    (word,) for word in ("nam", "thang", "tu", "den", "dang", "ngu", "so", "gan")
}


@dataclass(frozen=True, slots=True)
class Born:
    """The years in which somebody may have been born; ``told`` when a year itself was written."""

    first: int
    last: int
    told: bool

    def distance(self, year: int) -> int:
        """How many years a year lies outside."""
        return max(self.first - year, year - self.last, 0)


def numeral(words: Sequence[str], start: int) -> tuple[int, int]:
    """The number written at a place and how many words it takes; (0, 0) when there is none.

    Digits, or the words from one to ninety-nine, folded: "bay", "muoi hai", "sau muoi lam".
    """
    here = list(words[start : start + 3])
    if not here:
        return 0, 0
    if here[0].isdecimal():
        return (int(here[0]), 1) if len(here[0]) <= 4 else (0, 0)
    tens, used = (1, 1) if here[0] == "muoi" else (_DIGITS.get(here[0], 0), 1)
    if tens == 0:
        return 0, 0
    if here[0] != "muoi":
        if len(here) < 2 or here[1] not in {"muoi", "chuc"}:
            return tens, 1
        used = 2
    ones = _DIGITS.get(here[used], 0) if len(here) > used else 0
    return tens * 10 + ones, used + bool(ones)


def born(words: Sequence[str], clauses: Sequence[int], year: int) -> Born | None:
    """When the person was born, as the folded words of a text tell it in the given year."""
    return _birth_year(words, clauses) or _age(words, year)


def _birth_year(words: Sequence[str], clauses: Sequence[int]) -> Born | None:
    """A year after "sinh năm", or four digits at the end of a clause: "Hùng 1968", "(1968)"."""
    for place, word in enumerate(words):
        if not word.isdecimal() or len(word) not in (2, 4):
            continue
        before = tuple(words[max(place - 2, 0) : place])
        led = any(before[-len(lead) :] == lead for lead in _BIRTH)
        last = clauses[place + 1 : place + 2] != clauses[place : place + 1]
        alone = len(word) == 4 and last and before[-1:] not in _OTHER_YEARS
        value = int(word) if len(word) == 4 else 1900 + int(word)
        value += 100 if value < _YEARS.start and len(word) == 2 else 0
        if (led or alone) and value in _YEARS:
            return Born(value, value, told=True)
    return None


def _age(words: Sequence[str], year: int) -> Born | None:
    """An age before "tuổi" or after it; people count it from birth or from conception."""
    for place, word in enumerate(words):
        if word != "tuoi":
            continue
        for start in (place - 3, place - 2, place - 1, place + 1):
            value, used = numeral(words, start) if start >= 0 else (0, 0)
            if value in _AGES and (start > place or start + used == place):
                return _years(value, set(words[max(start - 2, 0) : start]), year)
    return None


def _years(age: int, before: set[str], year: int) -> Born:
    """The years of birth that fit an age and what was said before it."""
    if before & _MORE_WORDS:
        return Born(year - age - _DECADE, year - age + 1, told=False)
    slack = _ABOUT if before & _ABOUT_WORDS else _EXACT
    return Born(year - age - slack, year - age + slack, told=False)
