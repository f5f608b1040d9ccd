"""Reading a sheet, as a program of its own that is thrown away, see ``portal.apart``.

It writes a line of JSON for everything that it finds: ``{"sheet": …}`` begins a sheet, ``[row,
cells]`` is a row as people count them, ``{"end": rows}`` ends it, ``{"fault": code, "row": …,
"column": …}`` is the last line where it cannot be read. A cell is a text, or a list of two: what it
is ("d" a date, "f" a formula, "e" an error of the sheet) and its value.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from moderation.importing import csv_rows, xlsx_rows
from moderation.importing.row_limits import Fault, Row
from portal.apart.confining import run

#: A sheet of as many rows as are taken needs half of it; whoever makes a bomb gets no more.
CPU_SECONDS = 240
#: So many rows are enough to find the head of a sheet, and to show what stands under it.
_LOOKED_AT = 40
_READERS = {"csv": csv_rows, "xlsx": xlsx_rows}


def look(given: BinaryIO, form: str) -> Iterator[Any]:
    """What sheets there are, their first rows, and about how many rows there may be."""
    for sheet in _READERS[form].sheets(given):
        yield {"sheet": sheet.name}
        for number, cells in sheet.rows(None, _LOOKED_AT):
            yield [number, cells]
        yield {"end": sheet.length}


def read(given: BinaryIO, form: str, sheet: int, head: int, places: Sequence[int]) -> Iterator[Any]:
    """The rows below the head of one sheet, and of each only what stands at these places."""
    found = next(each for at, each in enumerate(_READERS[form].sheets(given)) if at == sheet)
    found.check(head)
    for number, cells in found.rows(places, None):
        if number > head and any(cells):
            yield [number, cells]
    yield {"end": 0}


def write(found: Iterable[Row | dict[str, object] | list[Any]], made: BinaryIO) -> None:
    """Write what is found line by line, also why it goes no further."""
    try:
        for each in found:
            made.write(json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode())
            made.write(b"\n")
    except Fault as fault:
        told = {"fault": fault.code, "row": fault.row, "column": fault.column}
        made.write(json.dumps(told).encode() + b"\n")


def _work(given: BinaryIO, made: BinaryIO) -> None:
    """Do what the command line says."""
    task, form, *rest = sys.argv[3:]
    if task == "look":
        write(look(given, form), made)
        return
    sheet, head, *places = map(int, rest)
    write(read(given, form, sheet, head, places), made)


if __name__ == "__main__":
    csv_rows.prepare()
    xlsx_rows.prepare()
    run(_work, cpu_seconds=CPU_SECONDS)
