"""The row of look-alikes: comparing one letter with few and with many others.

What is measured is all that the worker does for it beside preparing the letter: looking up what has
a trait in common, opening sketches, proposing, and remembering. Each is undone afterwards.
"""

import random
import statistics
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bench.budgets import Line
from bench.seeding import BLOCK, SENTENCES, TITLES, WARD, installation
from moderation import resembling
from moderation.office import Office
from moderation.resembling import sketching
from moderation.resembling.sketching import Sketcher
from portal.clock import local_date, now
from portal.db import Database
from portal.deadlines import Calendar
from portal.models import Case, Organisation, Sketch, Submission, Trait
from portal.models.submission import identity_of
from portal.receiving import Entry, receive
from portal.vault import Ring, load_ring, new_token
from portal.vocabulary import OrganisationKind, Status
from portal.words import Words

FEW, MANY = 1_000, 100_000
P95_MS, GROWTH = 300.0, 1.5
#: So many different texts are among them: each trait is one of a hundred letters and more.
_TEXTS = 1_000
_MEMBERS = 300
_AGO = timedelta(days=5)
#: What is kept of one text.
_Known = tuple[sketching.Sketch, set[bytes]]


def placing_lines(folder: Path, count: int) -> list[Line]:
    """Place letters among few and among many, in turn; return the budgets."""
    with ExitStack() as stack:
        few, many = (_Heap(folder / str(amount), amount) for amount in (FEW, MANY))
        for heap in (few, many):
            stack.callback(heap.database.engine.dispose)
        for turn in range(-count // 10, count):
            for heap in (few, many):
                heap.place(turn)
    p95 = statistics.quantiles(many.times, n=20)[-1]
    growth = statistics.median(many.times) / statistics.median(few.times)
    return [
        Line(f"placing one among {MANY:,}, p95", p95, "ms", most=P95_MS),
        Line(f"placing among {MANY:,} beside {FEW:,}", growth, "× few", most=GROWTH),
    ]


@dataclass
class _Heap:
    """An installation with so many letters, and how long it took to place others among them."""

    folder: Path
    amount: int
    times: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make it, and write what the worker would have remembered of each letter."""
        self.folder.mkdir(parents=True)
        self.database: Database = installation(self.folder)
        self.ring: Ring = load_ring(self.folder / "keys" / "worker")
        with self.database.reading() as session:
            self.ward_id = session.scalars(
                select(Organisation.id).where(
                    Organisation.name == WARD,
                    Organisation.kind == OrganisationKind.WARD_COMMUNE,
                    Organisation.valid_to.is_(None),
                )
            ).one()
        _fill(self.database, self.ring, self.ward_id, self.amount)

    def place(self, turn: int) -> None:
        """Place one letter, and undo it; a turn below nought only warms up."""
        words = _words(turn % _TEXTS)
        words = replace(words, what=f"{words.what} Xin trả lời sớm.")
        office = Office(ring=self.ring, calendar=Calendar(), at=now())
        with self.database.writer_session() as session:
            entry = Entry(words=words, unit_id=self.ward_id)
            receipt = receive(session, ring=self.ring, token=new_token(), entry=entry, at=office.at)
            case = session.get_one(Case, receipt.submission_id)
            letter = session.get_one(Submission, receipt.submission_id)
            session.flush()
            start = time.perf_counter()
            resembling.place(
                session, office=office, case=case, submission=letter, words=words, possible=()
            )
            session.flush()
            taken = (time.perf_counter() - start) * 1000
            session.rollback()
        if turn >= 0:
            self.times.append(taken)


def _words(number: int) -> Words:
    """One of the texts. They are to be the same in each run."""
    chance = random.Random(number)  # nosec B311
    told = [chance.choice(TITLES), *chance.sample(SENTENCES, 3), f"Tổ {number}, ngõ {number % 53}."]
    return Words(about=f"Ông Lý Văn Mẫu {number % _MEMBERS}", what=" ".join(told))


def _fill(database: Database, ring: Ring, ward_id: int, amount: int) -> None:
    """Write so many letters, as far as they are compared with."""
    sketcher = Sketcher(ring.search)
    known: list[_Known] = []
    for number in range(min(_TEXTS, amount)):
        words = _words(number)
        traits = sketcher.parts(words.what, where=ward_id)
        traits |= sketcher.persons(where=ward_id, about=words.about, marks=())
        known.append((sketcher.sketch(words.what), traits))
    for first in range(0, amount, BLOCK):
        with database.writing() as session:
            _write(session, sketcher, known, range(first, min(first + BLOCK, amount)))


def _write(session: Session, sketcher: Sketcher, known: list[_Known], numbers: range) -> None:
    """Write one block."""
    cases: list[dict[str, Any]] = []
    traits: list[dict[str, Any]] = []
    sketches: list[dict[str, Any]] = []
    at = now() - _AGO
    on = local_date(at)
    for number in numbers:
        case_id = identity_of(on.year - 1, number + 1)
        sketch, found = known[number % len(known)]
        cases.append({"id": case_id, "status": Status.RECEIVED, "arrived_at": at})
        traits += [{"value": trait, "case_id": case_id, "on": on} for trait in found]
        body = sketcher.seal(case_id, sketch)
        sketches.append({"case_id": case_id, "body": body, "on": on})
    for model, rows in ((Case, cases), (Trait, traits), (Sketch, sketches)):
        session.execute(insert(model), rows)
