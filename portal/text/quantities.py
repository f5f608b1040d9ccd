"""Quantities: digits that tell when or how much, and so identify nobody. They are never masked."""

from __future__ import annotations

import re
from datetime import date

from portal.text.keywords import UNIT_FOLLOWS
from portal.text.runs import Group, Run

_YEAR = re.compile(r"(?:19|20)\d\d")
#: Longer chains of thousands are no amount.
_MOST_THOUSANDS = 6


def quantity_length(run: Run, first: int, *, announced: bool = False) -> int:
    """How many groups from ``first`` on are a date, a span of years or an amount; 0 for none.

    After a word that announces a number ("tài khoản 190.356.789"), an amount must be sure: with
    its unit, or round.
    """
    if length := _date_length(run, first):
        return length
    length = _thousands_length(run, first)
    if length and announced and not _is_sure(run, run.groups[first + length - 1]):
        return 0
    return length


def _is_sure(run: Run, last: Group) -> bool:
    return last.digits == "000" or UNIT_FOLLOWS.match(run.text, last.end) is not None


def _date_length(run: Run, first: int) -> int:
    """Of ``12.03.2026``, ``12-03-26``, ``2026-03-12``, ``03-2026``, ``2019-2024``."""
    digits = [group.digits for group in run.groups[first : first + 3]]
    even = len(digits) == 3 and run.gap(first + 1) == run.gap(first + 2)
    if even and (_is_day(*digits) or _is_day(*reversed(digits))):
        return 3
    if first + len(digits) < len(run.groups):
        return 0
    if even and len(digits[2]) == 2 and run.gap(first + 1) in ".-":
        return 3 if _is_day(digits[0], digits[1], "20" + digits[2]) else 0
    if len(digits) == 2 and _YEAR.fullmatch(digits[1]):
        return 2 if _YEAR.fullmatch(digits[0]) or _is_day("1", *digits) else 0
    return 0


def _is_day(day: str, month: str, year: str) -> bool:
    if not _YEAR.fullmatch(year) or len(day) > 2 or len(month) > 2:
        return False
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _thousands_length(run: Run, first: int) -> int:
    """Of ``1.500.000``: three digits after each point, no zero in front, nothing further."""
    groups = run.groups[first : first + _MOST_THOUSANDS + 1]
    if len(groups[0].digits) > 3 or groups[0].digits.startswith("0"):
        return 0
    length = 1
    while length < len(groups) and run.gap(first + length) == ".":
        if len(groups[length].digits) != 3:
            return 0
        length += 1
    return length if 1 < length <= _MOST_THOUSANDS else 0
