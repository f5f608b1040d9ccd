"""Comparing a batch of rows about members with the register, for one registrar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from moderation.importing.frames import Frame
from moderation.importing.lines import body_of, verdict_of
from moderation.importing.member_rows import Fault, MemberRow, read_member
from moderation.importing.outcomes import CELL, POST, STANDING, Outcome, Step
from moderation.importing.recognising import Recognised, Seen, marks_of_rows
from moderation.importing.weighing import weigh
from portal.db import Database
from portal.models.register_import import Verdict

Batch = list[tuple[int, dict[str, Any]]]


class Said(NamedTuple):
    """What is said of one row; without a verdict it changes nothing."""

    number: int
    verdict: Verdict | None
    body: bytes


Comparer = Callable[[Batch], list[Said]]


class MemberComparer:
    """Compares the rows of one file, and remembers whom they were about."""

    def __init__(self, database: Database, frame: Frame) -> None:
        """Begin with no row."""
        self._database, self._frame, self._seen = database, frame, Seen()

    def __call__(self, batch: Batch) -> list[Said]:
        """What becomes of a batch of rows."""
        frame = self._frame
        today, search = frame.office.today, frame.office.ring.search
        rows = [read_member(number, cells, frame.places, today) for number, cells in batch]
        marks = marks_of_rows(search, rows)
        with self._database.reading() as session:
            recognised = Recognised(session, rows=rows, marks=marks)
        return [self._said(recognised, row, marks.get(row.number)) for row in rows]

    def _said(self, recognised: Recognised, row: MemberRow, mark: bytes | None) -> Said:
        outcome = self._outcome(recognised, row, mark)
        return Said(row.number, verdict_of(outcome), body_of(outcome, mark=mark))

    def _outcome(self, recognised: Recognised, row: MemberRow, mark: bytes | None) -> Outcome:
        """What becomes of one row."""
        if row.faults:
            return Outcome(row)
        known = recognised.who(row, self._frame.places)
        if isinstance(known, Fault):
            return Outcome(row, faults=[known])
        if twice := self._seen.twice(row, known, mark):
            return Outcome(row, known, faults=[twice])
        outcome = weigh(row, known, self._frame.places, self._frame.office.today)
        if outcome.changes_something:
            outcome.faults += _own_interest(self._frame, outcome)
        return outcome


def _own_interest(frame: Frame, outcome: Outcome) -> Iterator[Fault]:
    """What somebody must leave to another registrar, by the rules of a single entry: themself,
    whom they are tied to, and cells and posts of an organisation whose cases they read.
    """
    if outcome.known is not None and outcome.known.id in frame.close:
        yield Fault("name", "own")
    for step in outcome.steps:
        place = _place_of(step)
        if place in frame.seats:
            column = "posts" if step.table == POST else "home"
            yield Fault(column, "seat", frame.places.by_id[place].name)


def _place_of(step: Step) -> int:
    """The organisation of a cell or a post; 0 for anything else."""
    if step.table == STANDING:
        return 0
    if isinstance(step.what, tuple):
        return int(step.what[1] if step.table == CELL else step.what[0])
    return int(step.what)
