"""No regular expression of ours can be fed a text that keeps it busy for long.

Every pattern is taken apart. A repetition without an end may hold another one only when each
round of the outer one begins with a sign that the inner one cannot take: then there is one way
to read a text, and nothing to try again. Nothing is timed.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import ModuleType
from typing import Any

import pytest

import moderation
import portal

_constants: Any = importlib.import_module("re._constants")
_parser: Any = importlib.import_module("re._parser")
REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT}
#: Signs enough to tell kinds apart: letters of every sort, digits, spaces, marks, and others.
SIGNS = [chr(number) for number in range(0x20, 0x7F)] + list("\n\t\u00a0đĐàéộ\u0301\u0323…–“”•👍")
#: More rounds than this are as good as without an end.
MANY = 60


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """A package and everything below it, imported; what starts by itself is left out."""
    yield package
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """Every pattern that a value holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth > 4:
        return
    elif isinstance(value, dict):
        for inner in value.values():
            yield from patterns_in(inner, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from patterns_in(inner, depth + 1)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from patterns_in(getattr(value, field.name, None), depth + 1)


def all_patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern of both rooms."""
    return {
        pattern.pattern: pattern
        for package in (portal, moderation)
        for module in modules(package)
        for value in vars(module).values()
        for pattern in patterns_in(value)
    }


def faults(pattern: re.Pattern[str]) -> list[str]:
    """What could keep a pattern busy."""
    return list(_faults(_parser.parse(pattern.pattern, pattern.flags), inside=False))


def _faults(parts: Any, *, inside: bool) -> Iterator[str]:
    """Look for a repetition in a repetition that leaves more than one way to read a text."""
    for kind, told in parts:
        if kind in REPEATS:
            low, high, body = told
            endless = high is _constants.MAXREPEAT or high > MANY
            if endless and not _one_way(body):
                yield f"{kind} {low} of {body}"
            yield from _faults(body, inside=inside or endless)
        else:
            for inner in _within(kind, told):
                yield from _faults(inner, inside=inside)


def _within(kind: Any, told: Any) -> list[Any]:
    """The parts that a part is made of."""
    if kind is _constants.SUBPATTERN:
        return [told[-1]]
    if kind is _constants.BRANCH:
        return list(told[1])
    if kind in {_constants.ASSERT, _constants.ASSERT_NOT}:
        return [told[1]]
    if kind is _constants.ATOMIC_GROUP:
        return [told]
    return []


def _one_way(body: Any) -> bool:
    """Whether the end of one round and the begin of the next can never be taken for each other."""
    if not _has_endless(body):
        return True
    taken = set().union(*(_signs_of_endless(part) for part in body))
    return not _first_signs(body) & taken or not _last_signs(body) & taken


def _has_endless(parts: Any) -> bool:
    """Whether there is a repetition without an end in it."""
    for kind, told in parts:
        if kind in REPEATS and (told[1] is _constants.MAXREPEAT or told[1] > MANY):
            return True
        inner = [told[2]] if kind in REPEATS else _within(kind, told)
        if any(_has_endless(part) for part in inner):
            return True
    return False


def _signs_of_endless(part: Any) -> set[str]:
    """The signs that an endless repetition in a part may take."""
    kind, told = part
    if kind in REPEATS and (told[1] is _constants.MAXREPEAT or told[1] > MANY):
        return {sign for inner in told[2] for sign in _signs(inner)}
    inner_parts = [told[2]] if kind in REPEATS else _within(kind, told)
    return {sign for inner in inner_parts for one in inner for sign in _signs_of_endless(one)}


def _first_signs(body: Any) -> set[str]:
    """The signs that a round can begin with."""
    found: set[str] = set()
    for part in body:
        found |= _signs(part)
        if not _may_be_empty(part):
            break
    return found


def _last_signs(body: Any) -> set[str]:
    """The signs that a round can end with."""
    found: set[str] = set()
    for part in reversed(list(body)):
        found |= _signs(part)
        if not _may_be_empty(part):
            break
    return found


def _may_be_empty(part: Any) -> bool:
    """Whether a part can be read without reading a sign."""
    kind, told = part
    if kind in REPEATS:
        return told[0] == 0 or all(_may_be_empty(one) for one in told[2])
    if kind is _constants.BRANCH:
        return any(all(_may_be_empty(one) for one in each) for each in told[1])
    if kind in {_constants.SUBPATTERN, _constants.ATOMIC_GROUP}:
        return all(_may_be_empty(one) for each in _within(kind, told) for one in each)
    return kind in {_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT}


def _signs(part: Any) -> set[str]:
    """The signs that a part may take, out of those that tell kinds apart."""
    kind, told = part
    if kind in {_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY}:
        matcher = re.compile(_written(kind, told), re.IGNORECASE)
        return {sign for sign in SIGNS if matcher.fullmatch(sign)}
    if kind in REPEATS:
        return {sign for one in told[2] for sign in _signs(one)}
    if kind in {_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT}:
        return set()
    if kind is _constants.GROUPREF:
        return set(SIGNS)
    return {sign for each in _within(kind, told) for one in each for sign in _signs(one)}


_CATEGORIES = {
    _constants.CATEGORY_DIGIT: r"\d",
    _constants.CATEGORY_NOT_DIGIT: r"\D",
    _constants.CATEGORY_SPACE: r"\s",
    _constants.CATEGORY_NOT_SPACE: r"\S",
    _constants.CATEGORY_WORD: r"\w",
    _constants.CATEGORY_NOT_WORD: r"\W",
}


def _written(kind: Any, told: Any) -> str:
    """A set of signs as a pattern of its own."""
    if kind is _constants.ANY:
        return r"[\s\S]"
    if kind is _constants.LITERAL:
        return re.escape(chr(told))
    if kind is _constants.NOT_LITERAL:
        return f"[^{re.escape(chr(told))}]"
    written = "["
    for inner, value in told:
        if inner is _constants.NEGATE:
            written += "^"
        elif inner is _constants.LITERAL:
            written += re.escape(chr(value))
        elif inner is _constants.RANGE:
            written += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        else:
            written += _CATEGORIES[value]
    return written + "]"


def test_no_pattern_can_be_kept_busy() -> None:
    found = all_patterns()
    assert len(found) > 30
    assert {text: faults(pattern) for text, pattern in found.items() if faults(pattern)} == {}


@pytest.mark.parametrize("bad", [r"(a+)+$", r"(?:\w+\s?)*!", r"(\d*)*x", r"(?:a|a+b?)+c"])
def test_a_pattern_that_could_be_is_seen(bad: str) -> None:
    assert faults(re.compile(bad))


@pytest.mark.parametrize("good", [r"(?:\w+ )*!", r"a+b+", r"(?:,\d{3})+", r"[a-z]+@[a-z]+"])
def test_a_pattern_with_one_way_is_let_be(good: str) -> None:
    assert not faults(re.compile(good))
