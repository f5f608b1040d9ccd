"""No regular expression of ours can be fed a text that keeps it busy for long.

Every pattern is taken apart. A repetition without an end may hold another one only when each
round of the outer one begins with a sign that the inner one cannot take: then there is one way
to read a text, and nothing to try again. Then each is fed the worst that its parts suggest, and
its steps are counted: four times the text may take four times the steps. Nothing is timed.
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
from hypothesis import given
from hypothesis import strategies as st

import moderation
import portal
from tests.house.source import ROOMS, ROOT
from tests.security.stepping import (
    LOOKS,
    REPEATS,
    SINGLE,
    constants,
    parts_of,
    span,
    steps,
    within,
    written,
)

#: Signs enough to tell kinds apart: letters of every sort, digits, spaces, marks, and others.
SIGNS = [chr(number) for number in range(0x20, 0x7F)] + list("\n\t\u00a0đĐàéộ\u0301\u0323…–“”•👍")
#: More rounds than this are as good as without an end.
MANY = 60
#: So many kinds of signs, and so many repetitions, of one pattern are tried.
KINDS, WAYS = 6, 8
#: Four times the text may cost a little more than four times, where a bounded piece fills up.
FEW, FAR_MORE = 200, 6.5


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


def worst_of(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """What could cost a pattern most, as a beginning and what follows it again and again.

    Signs of each kind that it tells apart, pairs of them, and what leads into a repetition.
    """
    parts = parts_of(pattern)
    sets = [re.compile(each, pattern.flags & re.IGNORECASE) for each in sorted(_sets(parts))]
    kinds = {tuple(bool(one.fullmatch(sign)) for one in sets): sign for sign in reversed(SIGNS)}
    signs = list(kinds.values())[-KINDS:]
    found = {("", one + other) for one in signs for other in ("", *signs)}
    for before, once in sorted(set(_endless(parts)), key=lambda way: (len(way[0]), way))[:WAYS]:
        found |= {(before, once), ("", before + once), ("", before)}
        found |= {(before, sign) for sign in signs} | {("", before + sign) for sign in signs}
    return {way for way in found if way[1]}


def _sets(parts: Any) -> Iterator[str]:
    """Every set of signs in a pattern."""
    for kind, told in parts:
        if kind in SINGLE:
            yield written(kind, told)
        for inner in [told[2]] if kind in REPEATS else within(kind, told):
            yield from _sets(inner)


def _endless(parts: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """For each repetition without an end: a text that leads to it, and one round of it."""
    for kind, told in parts:
        if kind in REPEATS and (told[1] is constants.MAXREPEAT or told[1] > MANY):
            yield before, _example(told[2])
        for inner in [told[2]] if kind in REPEATS else within(kind, told):
            yield from _endless(inner, before)
        before += _example([(kind, told)])


def _example(parts: Any) -> str:
    """A short text that fits these parts; what only looks around is left out."""
    text = ""
    for kind, told in parts:
        if kind in SINGLE:
            text += _a_sign(kind, told)
        elif kind in REPEATS:
            text += _example(told[2]) * told[0]
        elif kind not in LOOKS:
            text += min((_example(inner) for inner in within(kind, told)), key=len, default="")
    return text


def _a_sign(kind: Any, told: Any) -> str:
    """A sign out of a set, a plain one where there is one."""
    if kind is constants.LITERAL:
        return chr(told)
    signs = re.compile(written(kind, told))
    inside = told if isinstance(told, list) else []
    own = [chr(value) for inner, value in inside if inner is constants.LITERAL]
    tried = ["a", "0", " ", ".", *SIGNS, *own]
    return next(sign for sign in tried if signs.fullmatch(sign))


def grows(pattern: re.Pattern[str], *, anchored: bool = False) -> list[str]:
    """The texts of which four times as much costs far more than four times the steps."""
    return [
        f"{before!r}, then {again!r}, takes {few} and {many} steps"
        for before, again in worst_of(pattern)
        for end in ("", "\x00a")
        for few, many in [
            tuple(
                steps(pattern, before + again * rounds + end, anchored=anchored)
                for rounds in (8, 32)
            )
        ]
        if many > FEW and many > FAR_MORE * few
    ]


def only_anchored() -> set[str]:
    """The names of patterns that are only ever asked for at the beginning of a text."""
    text = "\n".join(path.read_text() for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    uses = re.findall(r"\b([A-Z_]{3,})\.(match|fullmatch|search|sub|subn|split|find\w+)\(", text)
    named = {name: {how for each, how in uses if each == name} for name, _how in uses}
    return {name for name, ways in named.items() if ways <= {"match", "fullmatch"}}


def faults(pattern: re.Pattern[str]) -> list[str]:
    """What could keep a pattern busy."""
    return list(_faults(parts_of(pattern), inside=False))


def _faults(parts: Any, *, inside: bool) -> Iterator[str]:
    """Look for a repetition in a repetition that leaves more than one way to read a text."""
    for kind, told in parts:
        if kind in REPEATS:
            low, high, body = told
            endless = high is constants.MAXREPEAT or high > MANY
            if endless and not _one_way(body):
                yield f"{kind} {low} of {body}"
            yield from _faults(body, inside=inside or endless)
        else:
            for inner in within(kind, told):
                yield from _faults(inner, inside=inside)


def _one_way(body: Any) -> bool:
    """Whether the end of one round and the begin of the next can never be taken for each other."""
    if not _has_endless(body):
        return True
    taken = set().union(*(_signs_of_endless(part) for part in body))
    return not _first_signs(body) & taken or not _last_signs(body) & taken


def _has_endless(parts: Any) -> bool:
    """Whether there is a repetition without an end in it."""
    for kind, told in parts:
        if kind in REPEATS and (told[1] is constants.MAXREPEAT or told[1] > MANY):
            return True
        inner = [told[2]] if kind in REPEATS else within(kind, told)
        if any(_has_endless(part) for part in inner):
            return True
    return False


def _signs_of_endless(part: Any) -> set[str]:
    """The signs that an endless repetition in a part may take."""
    kind, told = part
    if kind in REPEATS and (told[1] is constants.MAXREPEAT or told[1] > MANY):
        return {sign for inner in told[2] for sign in _signs(inner)}
    inner_parts = [told[2]] if kind in REPEATS else within(kind, told)
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
    if kind is constants.BRANCH:
        return any(all(_may_be_empty(one) for one in each) for each in told[1])
    if kind in {constants.SUBPATTERN, constants.ATOMIC_GROUP}:
        return all(_may_be_empty(one) for each in within(kind, told) for one in each)
    return kind in {constants.AT, constants.ASSERT, constants.ASSERT_NOT}


def _signs(part: Any) -> set[str]:
    """The signs that a part may take, out of those that tell kinds apart."""
    kind, told = part
    if kind in {constants.LITERAL, constants.NOT_LITERAL, constants.IN, constants.ANY}:
        matcher = re.compile(written(kind, told), re.IGNORECASE)
        return {sign for sign in SIGNS if matcher.fullmatch(sign)}
    if kind in REPEATS:
        return {sign for one in told[2] for sign in _signs(one)}
    if kind in {constants.AT, constants.ASSERT, constants.ASSERT_NOT}:
        return set()
    if kind is constants.GROUPREF:
        return set(SIGNS)
    return {sign for each in within(kind, told) for one in each for sign in _signs(one)}


def test_every_pattern_is_one_that_is_looked_at() -> None:
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            loose = re.findall(r"\bre\.(?!compile|escape|[A-Z])\w+\(", path.read_text())
            assert loose == [], path


def test_four_times_the_text_takes_four_times_the_steps() -> None:
    names = only_anchored()
    anchored = {
        value.pattern
        for package in (portal, moderation)
        for module in modules(package)
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern) and name in names
    }
    found = {
        text: slow
        for text, pattern in all_patterns().items()
        if any(_endless(parts_of(pattern)))
        if (slow := grows(pattern, anchored=text in anchored))
    }
    assert found == {}


@pytest.mark.parametrize("bad", [r"\W*$", r"a*a*b", r"(?:a|b)*c", r"x(?=.*y)", r"\s+$", r"a.*b"])
def test_a_pattern_that_takes_too_many_steps_is_seen(bad: str) -> None:
    assert grows(re.compile(bad))


@pytest.mark.parametrize("good", [r"\w+", r"(?<!a)a++b", r"https://\S+", r"\d{3,}(?: \d+)*"])
def test_a_pattern_that_takes_few_steps_is_let_be(good: str) -> None:
    assert not grows(re.compile(good))


@pytest.mark.parametrize(
    "pattern", [r"(?:ab|a)+?b", r"(?<=a)b*\b", r"(?>a|ab)c|\d++-", r"[^\W_]{2,3}(?!x)", r"a*$"]
)
@given(text=st.text("abcx 1-", max_size=12))
def test_the_steps_are_those_of_the_library(pattern: str, text: str) -> None:
    by_library = re.search(pattern, text)
    assert span(re.compile(pattern), text) == (by_library.span() if by_library else None)


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
