"""The rows of the doors: masking a long text, and a flood of copies through the portal's verbs.

A flood must cost the worker no more for its last copy than for its first, lose nothing, and be
told once.
"""

import statistics
import time
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select

from bench.budgets import Line
from bench.seeding import installation
from moderation import preparing
from moderation.calendar.reading import read_calendar
from moderation.office import Office
from portal.clock import now
from portal.db import Database
from portal.models import Case, Notice, Submission
from portal.receiving import Entry, receive
from portal.text import for_readers
from portal.vault import Ring, load_ring, new_token
from portal.vocabulary import Suspicion
from portal.words import Words

LONG = 5_000
#: Texts that patterns like least: one long number, one long word, no end of dots and of spaces.
WORST = ("0", "a", "1.", "a@", "http://", " ", "ông Bách 09", "nhà số ", "số 12/", "đ")
LETTER = Words(
    about="chị bán thịt ở chợ chiều, khối 9",
    what="Mua hai cân thịt về cân lại chỉ còn một cân bảy. Mấy nhà cùng bị, mong chị thật thà.",
)
LINEAR, EVEN = 3.0, 1.5
MASKED_MS = 50.0


def door_lines(folder: Path, copies: int) -> list[Line]:
    """Measure masking and a flood of so many copies; return a budget for each."""
    return [*_masking(), *_flood(folder, copies)]


def _masking() -> list[Line]:
    """The worst text of the longest length, and beside one half as long."""
    times = {text: (_masked(text, LONG), _masked(text, LONG // 2)) for text in WORST}
    worst = max(whole for whole, _half in times.values())
    growth = max(whole / half for whole, half in times.values())
    return [
        Line(f"masking {LONG:,} characters, worst", worst * 1000, "ms", most=MASKED_MS),
        Line(f"masking {LONG:,} beside {LONG // 2:,}", growth, "× half", most=LINEAR),
    ]


def _masked(text: str, length: int) -> float:
    """The seconds of work to mask a text repeated to a length, the least of several tries."""
    whole = (text * length)[:length]
    taken = []
    for _ in range(9):
        start = time.process_time()
        for_readers(whole)
        taken.append(time.process_time() - start)
    return min(taken)


def _flood(folder: Path, copies: int) -> list[Line]:
    """Send a letter and its copies and prepare them all, one after the other."""
    folder.mkdir(parents=True)
    database = installation(folder)
    ring = load_ring(folder / "keys" / "worker")
    sent = _send(database, ring, copies)
    taken = [_prepared(database, ring, case_id) for case_id in sent]
    part = max(1, copies // 10)
    growth = statistics.median(taken[-part:]) / statistics.median(taken[1 : part + 1])
    with database.reading() as session:
        kept = session.scalar(select(func.count()).select_from(Submission)) or 0
        held = session.scalar(select(func.count()).where(Case.held)) or 0
        told = session.scalar(select(func.count()).where(Notice.kind == "flood")) or 0
    database.engine.dispose()
    return [
        Line(f"flood of {copies:,}: last copies beside first", growth, "× first", most=EVEN),
        Line(f"flood of {copies:,}: letters lost", copies + 1 - kept, "letters", most=0),
        Line(f"flood of {copies:,}: copies on the desk", copies - held, "copies", most=0),
        Line(f"flood of {copies:,}: digests", told, "notices", most=1),
    ]


def _send(database: Database, ring: Ring, copies: int) -> list[int]:
    """Receive the letter and its copies."""
    with database.writing() as session:
        return [
            receive(
                session,
                ring=ring,
                token=new_token(),
                entry=replace(Entry(LETTER), suspicion=Suspicion.FLOOD if number else None),
                at=now(),
            ).submission_id
            for number in range(copies + 1)
        ]


def _prepared(database: Database, ring: Ring, case_id: int) -> float:
    """Prepare one case as the worker does; the seconds of work it took."""
    with database.writing() as session:
        office = Office(ring=ring, calendar=read_calendar(session), at=now())
        start = time.process_time()
        preparing.prepare(session, office=office, case_id=case_id)
        session.flush()
        return time.process_time() - start
