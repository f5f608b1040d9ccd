"""Reading days out of a sheet (CSV), and writing them into one. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from moderation.calendar.rows import Fault, Found, Row
from portal.models.calendar import DayKind
from portal.spreadsheet import FORMULA, MARK, write_row
from portal.text import fold, one_line

#: What the columns are called; the first name is the one that is told and written.
COLUMNS = {
    "on": ("ngày", "ngay", "date", "day", "on"),
    "kind": ("loại", "loai", "kind", "type"),
    "note": ("ghi chú", "ghi chu", "note", "noi dung", "ten", "summary"),
}
KINDS = {
    DayKind.OFF: ("nghỉ", "nghi", "ngay nghi", "nghi le", "off", "holiday"),
    DayKind.WORKING: ("làm bù", "lam bu", "di lam", "di lam bu", "working", "work"),
}
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_WORDS = {fold(word): kind for kind, words in KINDS.items() for word in words}
_NAMES = {fold(word): name for name, words in COLUMNS.items() for word in words}


def read_rows(text: str) -> Iterator[Found]:
    """Every row of a sheet, or what is wrong with it. Commas, semicolons or tabs stand between."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_between(text), strict=True)
    places: dict[str, int] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if places is None:
                places = _places(cells)
                if missing := [name for name in ("on", "kind") if name not in places]:
                    yield Fault("no_column", reader.line_num, COLUMNS[missing[0]][0])
                    return
                if parse_day(cells[places["on"]]) is None:
                    continue
            yield _row(cells, places, reader.line_num)
    except csv.Error:
        yield Fault("broken", reader.line_num)


def write_rows(rows: Iterable[tuple[date, DayKind, str]]) -> Iterator[bytes]:
    """The lines of a sheet that can be read back. The mark at its beginning says that it is UTF-8;
    what looks like a formula is a text.
    """
    yield MARK + write_row(names[0] for names in COLUMNS.values())
    for on, kind, note in rows:
        yield write_row((on.isoformat(), KINDS[kind][0], note))


def parse_day(text: str) -> date | None:
    """A day as 2026-02-17 or 17/02/2026, or nothing."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _between(text: str) -> str:
    """What stands between the cells of the first line that has any."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _places(cells: Sequence[str]) -> dict[str, int]:
    """In which column everything stands; without a heading in the usual order."""
    if parse_day(cells[0]) is not None:
        return {"on": 0, "kind": 1, "note": 2}
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = _NAMES.get(fold(cell.strip()))
        if name is not None:
            found.setdefault(name, place)
    return found


def _row(cells: Sequence[str], places: dict[str, int], number: int) -> Found:
    """One row."""
    told = {name: _cell(cells, place) for name, place in places.items()}
    on, word = parse_day(told["on"]), told["kind"]
    if on is None:
        return Fault("bad_day", number, COLUMNS["on"][0], told["on"])
    kind = _WORDS.get(fold(word))
    if kind is None:
        return Fault("bad_kind", number, COLUMNS["kind"][0], word)
    note = told.get("note", "")
    return Row(number, on, kind, note[1:] if note[:1] == "'" and note[1:2] in FORMULA else note)


def _cell(cells: Sequence[str], place: int) -> str:
    """One cell, or nothing where a row is too short."""
    return one_line(cells[place]) if place < len(cells) else ""
