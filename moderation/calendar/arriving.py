"""A file with days on its way in: what it is, every row of it, and all that is wrong at once. Pure.

It is taken as a whole or not at all.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from moderation.calendar.changing import NewDay
from moderation.calendar.ical import is_calendar, read_events
from moderation.calendar.rows import Fault, Found, Row
from moderation.calendar.sheets import read_rows

#: Larger is no list of days off.
FILE_BYTES = 1024 * 1024
MOST_ROWS = 1_000
_NOTE_MOST = 300
#: How many years from this one: what is older moves nothing, what is later nobody has announced.
_BACK, _AHEAD = 2, 5
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Arrived:
    """What a file brings: its rows that can be taken, and what is wrong with the others."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def days(self) -> list[NewDay]:
        """The days, to be drafted."""
        return [NewDay(row.on, row.kind, row.note) for row in self.rows]


def read_file(data: bytes, *, today: date) -> Arrived:
    """Read a file to its end. Without a single day that is a fault too."""
    if len(data) > FILE_BYTES:
        return Arrived(faults=(Fault("too_large"),))
    text = _decoded(data)
    if isinstance(text, Fault):
        return Arrived(faults=(text,))
    found = read_events(text) if is_calendar(text) else read_rows(text)
    return _sorted_out(_checked(found, today))


def _decoded(data: bytes) -> str | Fault:
    """The text of a file: UTF-8, or what Excel calls Unicode text."""
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        row = before.count(b"\n") + 1
        return Fault("encoding", row, str(error.start - (before.rfind(b"\n") + 1) + 1))
    if not text.strip():
        return Fault("empty")
    if "\0" in text:
        return Fault("encoding", text[: text.index("\0")].count("\n") + 1)
    return text


def _checked(found: Iterable[Found], today: date) -> Iterator[Found]:
    """What was read, with what else can be wrong: too far, too long, or one day twice."""
    seen: dict[date, Row] = {}
    for count, one in enumerate(found):
        if count >= MOST_ROWS:
            yield Fault("too_many", one.row)
            return
        yield one if isinstance(one, Fault) else _fault_of(one, seen, today) or one


def _fault_of(row: Row, seen: dict[date, Row], today: date) -> Fault | None:
    """What is wrong with a row that could be read."""
    if not today.year - _BACK <= row.on.year <= today.year + _AHEAD:
        return Fault("too_far", row.row, value=str(row.on.year))
    if len(row.note) > _NOTE_MOST:
        return Fault("long_note", row.row)
    first = seen.setdefault(row.on, row)
    if first is not row:
        code = "twice" if first.kind is row.kind else "both"
        return Fault(code, row.row, value=str(first.row))
    return None


def _sorted_out(found: Iterable[Found]) -> Arrived:
    """The rows and the faults apart."""
    rows, faults = list[Row](), list[Fault]()
    for one in found:
        if isinstance(one, Fault):
            faults.append(one)
        else:
            rows.append(one)
    if not rows and not faults:
        faults.append(Fault("empty"))
    return Arrived(tuple(rows), tuple(faults))
