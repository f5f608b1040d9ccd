"""Reading whole days out of a calendar file (iCal, RFC 5545). Pure.

Only the few properties that say a day are read, by hand: no library tells on which line something
stands, and an event that repeats or has hours is refused anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from moderation.calendar.rows import Fault, Found, Row
from portal.models.calendar import DayKind
from portal.text import fold, one_line

#: No holiday is longer.
_LONGEST = 31
_DAY = re.compile(r"\d{8}", re.ASCII)
_SPAN = re.compile(r"P(?:(\d{1,2})W|(\d{1,2})D)", re.ASCII)
_NEW_LINE, _ESCAPED = re.compile(r"\\[nN]"), re.compile(r"\\([,;\\])")
_REPEATING = ("RRULE", "RDATE", "EXRULE", "RECURRENCE-ID")
#: How a summary or a category begins where the day is worked.
_WORKED = ("lam bu", "di lam bu", "ngay lam viec", "working", "work day")


@dataclass
class _Event:
    """The properties of one event, each with the line on which it stands."""

    row: int
    told: dict[str, tuple[int, str, str]] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """The text of a property, as people read it."""
        _row, _parameters, value = self.told.get(name, (0, "", ""))
        return one_line(_ESCAPED.sub(r"\1", _NEW_LINE.sub(" ", value)))


def is_calendar(text: str) -> bool:
    """Whether a text begins as a calendar file does."""
    return text.lstrip()[:15].upper() == "BEGIN:VCALENDAR"


def read_events(text: str) -> Iterator[Found]:
    """Every day of every event, or what is wrong with it."""
    event, inside = None, list[str]()
    for row, line in _unfolded(text):
        name, parameters, value = _parts(line)
        if name == "BEGIN":
            inside.append(value.upper())
            event = _Event(row) if inside[-1] == "VEVENT" else event
        elif name == "END":
            if event is not None and value.upper() == "VEVENT":
                yield from _days(event)
                event = None
            inside = inside[:-1]
        elif event is not None and inside[-1:] == ["VEVENT"]:
            event.told.setdefault(name, (row, parameters, value))
    if event is not None or inside:
        yield Fault("cut_short", row=event.row if event else 0)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """The logical lines with the row on which each begins: a line that begins blank goes on."""
    begun, row = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if line[:1] in {" ", "\t"}:
            begun += line[1:]
            continue
        if begun:
            yield row, begun
        begun, row = line, number
    if begun:
        yield row, begun


def _parts(line: str) -> tuple[str, str, str]:
    """Name, parameters and value of a line."""
    head, _colon, value = line.partition(":")
    name, _semicolon, parameters = head.partition(";")
    return name.strip().upper(), parameters.upper(), value.strip()


def _days(event: _Event) -> Iterator[Found]:
    """The days of one event."""
    if event.value("STATUS").upper() == "CANCELLED":
        return
    for name in _REPEATING:
        if name in event.told:
            yield Fault("repeated", event.told[name][0], name)
            return
    if "DTSTART" not in event.told:
        yield Fault("no_day", event.row, "DTSTART")
        return
    row = event.told["DTSTART"][0]
    first = _day_of(event, "DTSTART")
    if isinstance(first, Fault):
        yield first
        return
    count = _length(event, first)
    if isinstance(count, Fault):
        yield count
        return
    note = event.value("SUMMARY")
    words = fold(note), fold(event.value("CATEGORIES"))
    worked = any(word.startswith(_WORKED) for word in words)
    for after in range(count):
        kind = DayKind.WORKING if worked else DayKind.OFF
        yield Row(row, first + timedelta(days=after), kind, note)


def _length(event: _Event, first: date) -> int | Fault:
    """How many days an event has: to the day before its end, or as its duration says."""
    if "DURATION" in event.told:
        row, _parameters, value = event.told["DURATION"]
        span = _SPAN.fullmatch(value)
        if span is None:
            return Fault("has_hours", row, "DURATION", value)
        count = int(span[1] or 0) * 7 + int(span[2] or 0)
    elif "DTEND" in event.told:
        row, last = event.told["DTEND"][0], _day_of(event, "DTEND")
        if isinstance(last, Fault):
            return last
        count = (last - first).days
    else:
        return 1
    if not 1 <= count <= _LONGEST:
        return Fault("too_long", row, "DTEND")
    return count


def _day_of(event: _Event, name: str) -> date | Fault:
    """The whole day that a property names."""
    row, _parameters, value = event.told[name]
    if "T" in value:
        return Fault("has_hours", row, name, value)
    try:
        if _DAY.fullmatch(value):
            return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        pass
    return Fault("bad_day", row, name, value)
