"""A matcher that counts its steps: it reads patterns as the library does, one way after another.

It goes back wherever the library would, so what takes it many steps takes the library long. It is
slow, knows what our patterns use, and says so loudly of anything else.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

constants: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")

SINGLE = {constants.LITERAL, constants.NOT_LITERAL, constants.IN, constants.ANY}
REPEATS = {constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT}
LOOKS = {constants.ASSERT, constants.ASSERT_NOT}
_CATEGORIES = {
    constants.CATEGORY_DIGIT: r"\d",
    constants.CATEGORY_NOT_DIGIT: r"\D",
    constants.CATEGORY_SPACE: r"\s",
    constants.CATEGORY_NOT_SPACE: r"\S",
    constants.CATEGORY_WORD: r"\w",
    constants.CATEGORY_NOT_WORD: r"\W",
}


def steps(pattern: re.Pattern[str], text: str, *, anchored: bool = False) -> int:
    """How many steps it takes to look for a pattern in a text, or ``anchored`` at its beginning."""
    matcher = _Matcher(text, pattern.flags)
    found(matcher, parts_of(pattern), anchored=anchored)
    return matcher.steps


def found(matcher: _Matcher, parts: list[Any], *, anchored: bool = False) -> tuple[int, int] | None:
    """Where the first match begins and ends."""
    for start in range(1 if anchored else len(matcher.text) + 1):
        for end in matcher.row(parts, start):
            return start, end
    return None


def span(pattern: re.Pattern[str], text: str) -> tuple[int, int] | None:
    """Where the library would find a pattern first; to compare the two."""
    return found(_Matcher(text, pattern.flags), parts_of(pattern))


@cache
def parts_of(pattern: re.Pattern[str]) -> list[Any]:
    """A pattern taken apart, once: that costs far more than to read a text by it."""
    return list(parser.parse(pattern.pattern, pattern.flags))


def within(kind: Any, told: Any) -> list[Any]:
    """The parts that a part is made of, other than a repetition."""
    if kind is constants.SUBPATTERN:
        return [told[-1]]
    if kind is constants.BRANCH:
        return list(told[1])
    if kind in LOOKS:
        return [told[1]]
    return [told] if kind is constants.ATOMIC_GROUP else []


def written(kind: Any, told: Any) -> str:
    """A set of signs as a pattern of its own."""
    if kind is constants.ANY:
        return r"[\s\S]"
    if kind is constants.LITERAL:
        return re.escape(chr(told))
    if kind is constants.NOT_LITERAL:
        return f"[^{re.escape(chr(told))}]"
    return f"[{''.join(_one_of(inner, value) for inner, value in told)}]"


def _one_of(kind: Any, told: Any) -> str:
    """One piece of a set of signs."""
    if kind is constants.NEGATE:
        return "^"
    if kind is constants.LITERAL:
        return re.escape(chr(told))
    if kind is constants.RANGE:
        return f"{re.escape(chr(told[0]))}-{re.escape(chr(told[1]))}"
    return _CATEGORIES[told]


@cache
def _fits(signs: str, flags: int, sign: str) -> bool:
    return re.fullmatch(signs, sign, flags & re.IGNORECASE) is not None


@dataclass
class _Matcher:
    """One text that is looked through."""

    text: str
    flags: int
    steps: int = 0
    _signs: dict[tuple[Any, int], str] = field(default_factory=dict)

    def row(self, parts: list[Any], at: int) -> Iterator[int]:
        """Every end of these parts, one behind the other, from a place on."""
        if not parts:
            yield at
            return
        for end in self._part(parts[0], at):
            yield from self.row(parts[1:], end)

    def _part(self, part: Any, at: int) -> Iterator[int]:
        kind, told = part
        self.steps += 1
        if kind in SINGLE:
            if self._takes(kind, told, at):
                yield at + 1
        elif kind in REPEATS:
            yield from self._repeat(kind, told, at)
        elif kind is constants.SUBPATTERN or kind is constants.BRANCH:
            for inner in within(kind, told):
                yield from self.row(list(inner), at)
        elif kind is constants.ATOMIC_GROUP:
            yield from self._first(self.row(list(told), at))
        elif kind in LOOKS:
            if self._looks(told, at) is (kind is constants.ASSERT):
                yield at
        elif kind is constants.AT:
            if self._stands(told, at):
                yield at
        else:
            raise ValueError(f"this matcher does not know the part {kind}")

    def _takes(self, kind: Any, told: Any, at: int) -> bool:
        if at >= len(self.text):
            return False
        key = (kind, id(told))
        if key not in self._signs:
            self._signs[key] = written(kind, told)
        signs = self._signs[key]
        return _fits(signs, self.flags, self.text[at])

    def _repeat(self, kind: Any, told: Any, at: int) -> Iterator[int]:
        low, high, body = told
        high = len(self.text) + 1 if high is constants.MAXREPEAT else high
        ends = self._rounds(kind, low, high, list(body), at)
        yield from self._first(ends) if kind is constants.POSSESSIVE_REPEAT else ends

    def _rounds(self, kind: Any, low: int, high: int, body: list[Any], at: int) -> Iterator[int]:
        """The ends after as many rounds as can be had; a lazy repetition begins with the fewest."""
        if kind is constants.MIN_REPEAT and low <= 0:
            yield at
        if high > 0:
            for end in self.row(body, at):
                if end > at or low > 0:
                    yield from self._rounds(kind, low - 1, high - 1, body, end)
        if kind is not constants.MIN_REPEAT and low <= 0:
            yield at

    def _looks(self, told: Any, at: int) -> bool:
        direction, body = told
        if direction > 0:
            return any(True for _ in self._first(self.row(list(body), at)))
        low, high = body.getwidth()
        return any(
            at in self.row(list(body), at - width) for width in range(low, min(high, at) + 1)
        )

    def _stands(self, where: Any, at: int) -> bool:
        if where in {constants.AT_BEGINNING, constants.AT_BEGINNING_STRING}:
            return at == 0
        if where in {constants.AT_END, constants.AT_END_STRING}:
            return at == len(self.text)
        if where is constants.AT_BOUNDARY:
            return self._letter(at - 1) is not self._letter(at)
        raise ValueError(f"this matcher does not know the place {where}")

    def _letter(self, at: int) -> bool:
        return 0 <= at < len(self.text) and _fits(r"\w", self.flags, self.text[at])

    @staticmethod
    def _first(ends: Iterator[int]) -> Iterator[int]:
        for end in ends:
            yield end
            return
