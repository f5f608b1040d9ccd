"""Starting the process that reads a sheet, and taking over its rows one by one.

They come through a pipe, so that the process waits while the rows before are compared, and neither
it nor this one ever holds all of them.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from moderation.importing.row_limits import Fault, Row
from portal.apart.confining import DONE, TOO_LARGE
from portal.apart.starting import run_apart
from portal.models.register_import import SheetFormat

PROGRAM = "moderation.importing.sheets"
#: By the clock on the wall: whoever waits for the page, and for the rows between two batches.
LOOK_SECONDS, READ_SECONDS = 60, 3600
#: How long one waits for the sheets of others to be looked at.
WAIT_SECONDS = 20
_ENDS_WITHIN = 10

_turn = threading.BoundedSemaphore(1)


class Busy(Exception):
    """Others are looking at their sheets, and one's turn did not come in time."""


@dataclass(frozen=True)
class Glimpse:
    """The first rows of one sheet, and about how many rows it has."""

    name: str
    rows: tuple[Row, ...]
    length: int


def look_into(given: BinaryIO, form: SheetFormat) -> list[Glimpse]:
    """The sheets of a file. Raises Fault where it cannot be read, and Busy."""
    if not _turn.acquire(timeout=WAIT_SECONDS):
        raise Busy
    try:
        with _lines(given, ("look", form.value), LOOK_SECONDS) as lines:
            return list(_glimpses(lines))
    finally:
        _turn.release()


@contextmanager
def reading(
    given: BinaryIO, form: SheetFormat, *, sheet: int, head: int, places: Sequence[int]
) -> Iterator[Iterator[Row]]:
    """The rows below the head of a sheet, of each what stands at these places.

    Raises Fault on the way, with the row where it is.
    """
    words = ("read", form.value, str(sheet), str(head), *map(str, places))
    with _lines(given, words, READ_SECONDS) as lines:
        yield ((line[0], line[1]) for line in lines if isinstance(line, list))


def _glimpses(lines: Iterator[Any]) -> Iterator[Glimpse]:
    """Put lines together to sheets."""
    name, rows = "", list[Row]()
    for line in lines:
        if isinstance(line, list):
            rows.append((line[0], line[1]))
        elif "sheet" in line:
            name, rows = str(line["sheet"]), []
        else:
            yield Glimpse(name, tuple(rows), int(line["end"]))


@contextmanager
def _lines(given: BinaryIO, words: Sequence[str], seconds: int) -> Iterator[Iterator[Any]]:
    """What the process says while it runs."""
    out, made = os.pipe()
    ended: list[int] = []
    into = os.fdopen(made, "wb")

    def start() -> None:
        with into:
            ended.append(run_apart(PROGRAM, given, into, *words, seconds=seconds))

    thread = threading.Thread(target=start, name="sheet", daemon=True)
    with os.fdopen(out, "rb") as told:
        thread.start()
        with closing(_told(told, thread, ended)) as lines:
            yield lines
    # Nobody reads any more: a process that still writes ends by that.
    thread.join(_ENDS_WITHIN)
    # It has moved on in the file that both hold open, of which what is read here knows nothing.
    given.seek(0, os.SEEK_END)
    given.seek(0)


def _told(told: BinaryIO, thread: threading.Thread, ended: list[int]) -> Generator[Any, None, None]:
    """Each line. Raises Fault for one that tells a fault, and where the process did not finish."""
    last = None
    for raw in told:
        last = json.loads(raw)
        if isinstance(last, dict) and "fault" in last:
            raise Fault(str(last["fault"]), int(last["row"]), int(last["column"]))
        yield last
    thread.join(_ENDS_WITHIN)
    row = last[0] if isinstance(last, list) else 0
    if ended != [DONE]:
        raise Fault("bomb" if ended and ended[0] in (TOO_LARGE, -9, -24) else "broken", row)
