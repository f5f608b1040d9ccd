"""Recognising numbers: which run of digits identifies a person, and which is a date or an amount.

One rule runs through all of it: nothing that counts or measures starts with a zero. When in doubt
about a long number, it is taken for a person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from portal.text.keywords import (
    AMOUNT_BEFORE,
    ANNOUNCED,
    ANNOUNCING,
    BANK_FOLLOWS,
    UNIT_FOLLOWS,
    Announced,
)
from portal.text.quantities import quantity_length
from portal.text.runs import Group, Run

_ANNOUNCED = {row.kind: row for row in ANNOUNCED}
#: How much text before a number is searched for the word that announces it.
_LOOK_BACK = 60
#: Between that word and the number no sentence ends.
_SAME_SENTENCE = re.compile(r"\.?[^.!?;]*")
_CARD, _SHORTEST, _TOO_LONG_FOR_MONEY = 16, 6, 12
#: Such a number is a sum: of a hundred thousand people's one ends like this, and where the word
#: before it says that it is a person's it is masked all the same.
_ROUND = "00000"
#: Nobody counts money after the name of these papers.
_PAPERS = frozenset({"cccd", "cmnd", "passport"})
#: These are told apart by their digits better than by the word before them ("CMND/CCCD").
_CERTAIN = {
    "cccd": frozenset({"cccd", "cmnd", "phone"}),
    "cmnd": frozenset({"cccd", "cmnd", "phone"}),
    "phone": frozenset({"cccd", "phone"}),
}
#: Papers whose number starts with letters.
_LETTERED = frozenset({"passport", "insurance"})
_SERIES = re.compile(r"(?<![^\W_])[A-Z]{1,2}$")


@dataclass(frozen=True)
class Found:
    """A number to mask: its kind, and where it starts and ends."""

    kind: str
    start: int
    end: int


#: A kind and the groups that make up the number; no groups mean nothing was found.
_Hit = tuple[str, tuple[Group, ...]]
_NOTHING: _Hit = ("", ())


@dataclass(frozen=True)
class _Shape:
    """A number known by its looks: its digits, and its groups with one space for any gap."""

    kind: str
    digits: re.Pattern[str]
    grouped: re.Pattern[str]


def _shape(kind: str, digits: str, grouped: str = "[0-9 ]+") -> _Shape:
    return _Shape(kind, re.compile(digits), re.compile(grouped))


#: In order. Personal numbers have 12 digits, older ones 9; mobiles 10, land lines 10 or 11, abroad
#: written with 84; cards 16. Anything else that is long and unbroken is masked as a number.
_SHAPES = (
    _shape(
        "cccd",
        r"0\d{11}",
        r"\d{12}|(?:\d{3} ){3}\d{3}|(?:\d{4} ){2}\d{4}|\d{6} \d{6}|\d{3} \d{9}|\d{3} \d{3} \d{6}"
        r"|\d{3} \d \d\d \d{6}|\d{3} \d{3} \d\d \d{4}|(?:\d ){11}\d",
    ),
    _shape("phone", r"(?:0|84|0084|840)(?:[35789]\d{8}|2\d{8,9}|1[2689]\d{8})"),
    _shape("cccd", r"0\d{11}", r"\d{3,}(?: \d+)*"),
    _shape("cmnd", r"\d{9}", r"\d{9}|0\d\d \d{3} \d{3}"),
    _shape("bank", r"\d{16}", r"(?!(?:(?:19|20)\d\d ?){4})\d{4} \d{4} \d{4} \d{4}"),
    _shape("number", r"\d{9,}", r"\d+"),
    _shape("number", r"0[1-9]\d{7,9}", r"\d{3,}(?: \d+)*"),
)


def numbers_of_people(run: Run) -> Iterator[Found]:
    """The numbers in a run of digits that must not be shown, from left to right.

    Dates, years, amounts and short numbers are never among them. Each start looks at a bounded
    number of groups, so the work grows with the text only.
    """
    announced = _announced(run.lead)
    index = 0
    while index < len(run.groups):
        row = announced if index == 0 else None
        if quantity := quantity_length(run, index, announced=row is not None):
            index += quantity
            continue
        kind, window = (row and _announced_number(run, row)) or _shaped_number(run, index)
        if window:
            yield _found(run, kind, window)
        index += len(window) or 1


def _announced(lead: str) -> Announced | None:
    """What the nearest word before a number says that the number is."""
    near = lead[-_LOOK_BACK:]
    row, end = None, 0
    for match in ANNOUNCING.finditer(near):
        row, end = _ANNOUNCED[str(match.lastgroup)], match.end()
    if row is None or len(near) - end > row.reach:
        return None
    return row if _SAME_SENTENCE.fullmatch(near, end) else None


def _announced_number(run: Run, row: Announced) -> _Hit | None:
    """As many groups as such a number may have; ``None`` when they are too few."""
    window = _announced_groups(run, row)
    if row.kind not in _PAPERS:
        while window and UNIT_FOLLOWS.match(run.text, window[-1].end):
            window = window[:-1]
    if sum(len(group.digits) for group in window) < row.least:
        return None
    certain = _CERTAIN.get(row.kind, frozenset())
    shaped = _shaped_number(run, 0) if certain else _NOTHING
    return shaped if shaped[0] in certain else (row.kind, window)


def _announced_groups(run: Run, row: Announced) -> tuple[Group, ...]:
    window: tuple[Group, ...] = ()
    for window in run.windows(0, row.most):
        following = len(window)
        if following == len(run.groups):
            break
        gap = run.gap(following)
        if ". " in gap or (gap != "." and quantity_length(run, following)):
            break
    return window


def _shaped_number(run: Run, first: int) -> _Hit:
    """The number that starts at a group and is known by its looks, or nothing."""
    candidates = _candidates(run, first)
    for shape, (window, digits, grouped) in product(_SHAPES, candidates):
        if shape.digits.fullmatch(digits) and shape.grouped.fullmatch(grouped):
            return _NOTHING if _is_amount(run, window) else (shape.kind, window)
    for window, _, _ in candidates:
        if BANK_FOLLOWS.match(run.text, window[-1].end) and not _is_amount(run, window):
            return "bank", window
    return _NOTHING


def _candidates(run: Run, first: int) -> list[tuple[tuple[Group, ...], str, str]]:
    """Each window that may be a number, with its digits, and its groups with spaces between.

    Several groups are a number only if they start as a telephone or a paper does, or by fours.
    """
    head = run.groups[first].digits
    several = head[0] in "08" or len(head) == len("9704")
    return [
        (window, grouped.replace(" ", ""), grouped)
        for window in run.windows(first, _CARD if several else 0)
        if len(grouped := " ".join([group.digits for group in window])) >= _SHORTEST
    ]


def _is_amount(run: Run, window: tuple[Group, ...]) -> bool:
    start, digits = window[0].start, window[0].digits
    unbroken = len(window) == 1
    if digits.startswith("0") or run.text.endswith("+", 0, start):
        return False
    if unbroken and len(digits) >= _TOO_LONG_FOR_MONEY:
        return False
    if UNIT_FOLLOWS.match(run.text, window[-1].end):
        return True
    if unbroken and digits.endswith(_ROUND):
        return True
    before = run.text[max(0, start - _LOOK_BACK) : start]
    return unbroken and digits.endswith("000") and bool(AMOUNT_BEFORE.search(before))


def _found(run: Run, kind: str, window: tuple[Group, ...]) -> Found:
    """The number with what belongs to it: a plus, a bracket it opened, the letters of a paper."""
    text, start, end = run.text, window[0].start, window[-1].end
    if kind in _LETTERED and (letters := _SERIES.search(text, max(0, start - 3), start)):
        start = letters.start()
    if text.endswith("+", 0, start):
        start -= 1
    if text.endswith("(", 0, start) and ")" in text[start:end]:
        start -= 1
    return Found(kind, start, end)
