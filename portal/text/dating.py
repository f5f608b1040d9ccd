"""Days as people type them: read, or refused with the reason. Never chooses between readings.

The day always comes before the month. A year is always four digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from portal.text.cleaning import one_line

#: No case reaches further back than this (design rule).
EARLIEST = date(1945, 1, 1)

Reason = Literal["format", "no_such_day", "future", "too_old"]

_DAY = re.compile(
    r"(?:ngày )?(?P<day>\d{1,2})(?: ?[/.\-] ?| tháng )(?P<month>\d{1,2})"
    r"(?: ?[/.\-] ?| năm )(?P<year>\d{4})"
)
_ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
_MONTH = re.compile(r"(?:tháng )?(?P<month>\d{1,2})(?: ?[/.\-] ?| năm )(?P<year>\d{4})")
_YEAR = re.compile(r"(?:năm )?(?P<year>\d{4})")
#: With these begins when something was; the name of a feast is none of them.
_TIMES = (
    *("từ", "khoảng", "ngày", "tháng", "năm", "tuần", "đầu", "giữa", "cuối", "vào", "lúc", "trong"),
    *("hôm", "sáng", "trưa", "chiều", "tối", "đêm"),
)


class BadDate(ValueError):
    """What was typed is no day the portal can take; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True)
class When:
    """A day, a month or a year: its first and last day, and how it is written (``11/2026``)."""

    start: date
    end: date
    text: str


def parse_date(raw: str, today: date) -> When | None:
    """When something happened: a day, a month or a year; ``None`` when nothing was typed.

    Takes ``23/11/2026`` (also with points or dashes), ``11/2026``, ``tháng 9/2026``, ``2026`` and
    the same in words. Raises ``BadDate``: ``format`` when unreadable, ``no_such_day`` when no
    calendar has it, ``future`` when it starts after ``today``, ``too_old`` before 1945.
    """
    text = one_line(raw).lower().rstrip(".")
    if not text:
        return None
    when = _read(text)
    if when.start > today:
        raise BadDate("future")
    if when.start < EARLIEST:
        raise BadDate("too_old")
    return when


def parse_day(raw: str, today: date, *, past_only: bool = True) -> date:
    """One whole day, as staff forms ask for it; days to come only if ``past_only`` is false.

    Raises ``BadDate`` with the reasons of ``parse_date``; nothing typed is ``format``.
    """
    text = one_line(raw).lower().rstrip(".")
    day = _read_day(text)
    if past_only and day > today:
        raise BadDate("future")
    if day < EARLIEST:
        raise BadDate("too_old")
    return day


def _read(text: str) -> When:
    if found := _MONTH.fullmatch(text):
        year, month = int(found["year"]), int(found["month"])
        return When(*_month_bounds(year, month), f"{month:02}/{year:04}")
    if found := _YEAR.fullmatch(text):
        year = int(found["year"])
        return When(_day(year, 1, 1), _day(year, 12, 31), f"{year:04}")
    day = _read_day(text)
    return When(day, day, f"{day.day:02}/{day.month:02}/{day.year:04}")


def _read_day(text: str) -> date:
    found = _DAY.fullmatch(text) or _ISO_DAY.fullmatch(text)
    if found is None:
        raise BadDate("format")
    return _day(int(found["year"]), int(found["month"]), int(found["day"]))


def _month_bounds(year: int, month: int) -> tuple[date, date]:
    start = _day(year, month, 1)
    if (year, month) == (9999, 12):
        return start, date.max
    after = date(year + month // 12, month % 12 + 1, 1)
    return start, after - timedelta(days=1)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadDate("no_such_day") from error


def continued(when: str) -> str:
    """A time as it is written behind something else: it begins small, unless with a name."""
    first = when.partition(" ")[0].lower()
    return first + when[len(first) :] if first in _TIMES else when
