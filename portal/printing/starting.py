"""Having a paper drawn, by a process of its own that holds no key and sees nothing but its texts.

What people wrote is drawn by a large library. It could be made to fail or to run without end, and
then nothing else fails with it.
"""

from __future__ import annotations

import threading

from portal.apart.confining import DONE
from portal.apart.starting import run_apart
from portal.files.memory import nameless
from portal.printing.sheets import Sheet
from portal.text import clean

#: By the clock on the wall; a paper takes about one.
SECONDS = 15
#: How long one waits for the papers of others.
WAIT_SECONDS = 10
#: At once, in one process of the portal, and how many may wait for it: the threads of a process
#: are there for people who write.
AT_ONCE, WAITING = 1, 2

PROGRAM = "portal.printing.drawing"
#: No text of a paper is longer. What is cut off is not cut off unsaid.
MOST = 20_000
_CUT = " […]"
_turn = threading.BoundedSemaphore(AT_ONCE)
_room = threading.BoundedSemaphore(AT_ONCE + WAITING)


class NotPrinted(Exception):
    """Too many are printing, or the paper could not be drawn; nothing was changed by it."""


def print_sheet(sheet: Sheet) -> bytes:
    """The paper as a PDF: of the same texts always the same bytes. Raises NotPrinted."""
    return draw_apart(PROGRAM, sheet.each(_printable).to_bytes())


def draw_apart(program: str, told: bytes) -> bytes:
    """What a program of one job makes of what it is told, in its turn. Raises NotPrinted."""
    if not _room.acquire(blocking=False):
        raise NotPrinted
    try:
        return _draw(program, told)
    finally:
        _room.release()


def _draw(program: str, told: bytes) -> bytes:
    """Wait for one's turn, and have it drawn."""
    with nameless() as given, nameless() as made:
        given.write(told)
        if not _turn.acquire(timeout=WAIT_SECONDS):
            raise NotPrinted
        try:
            ended = run_apart(program, given, made, seconds=SECONDS)
        finally:
            _turn.release()
        if ended != DONE:
            raise NotPrinted
        made.seek(0)
        return made.read()


def _printable(text: str) -> str:
    """A text without what cannot be seen, composed letter by letter, and not without end."""
    found = clean(text)
    return found if len(found) <= MOST else found[:MOST] + _CUT
