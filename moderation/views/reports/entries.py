"""The lines of a list behind a number: each case as its own room lists it, and what was counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext
from sqlalchemy import select

from moderation.listing import Row, places_of, rows_of
from moderation.listing.opening import open_titles
from moderation.reports.casework import Entry
from moderation.reports.columns import STAGES, Column, StageColumn
from moderation.views.here import Here
from moderation.views.lines import Seen, draw
from moderation.views.rows import DrawnLine
from portal.models import Case, StageClock, Submission
from portal.models.case import Room
from portal.vocabulary import CaseworkColumn

_C = CaseworkColumn
_CLOCKS, _LETTERS = frozenset({_C.STAGES, _C.ON_TIME}), frozenset({_C.RATED, _C.SATISFIED})


@dataclass(frozen=True)
class Shown:
    """One line, and what was counted of the case where that is not the case itself."""

    line: DrawnLine
    said: str


def show_entries(found: Here, *, column: Column, entries: Sequence[Entry]) -> list[Shown]:
    """The lines in the order of the entries, each opened as its room opens it."""
    lines = {room: _lines(found, room, entries) for room in {entry.room for entry in entries}}
    said = _said(found, column, [entry.row for entry in entries])
    return [
        Shown(lines[entry.room][entry.case_id], said.get(entry.row, ""))
        for entry in entries
        if entry.case_id in lines[entry.room]
    ]


def _lines(found: Here, room: Room, entries: Iterable[Entry]) -> dict[int, DrawnLine]:
    """The lines of the cases that are seen from one room, in a few statements."""
    numbers = {entry.case_id for entry in entries if entry.room is room}
    places = places_of(found.session, person=found.person, room=room)
    sealed: dict[int, bytes | None] = dict.fromkeys(numbers)
    if room is Room.DESK:
        rows = found.session.execute(select(Case.id, Case.headline).where(Case.id.in_(numbers)))
        sealed = {row.id: row.headline for row in rows}
    titles = open_titles(found.session, office=found.office, room=room, sealed=sealed)
    drawn: dict[int, Row] = rows_of(
        found.session,
        office=found.office,
        person=found.person,
        places=places,
        titles={number: titles.get(number, "") for number in sorted(numbers)},
    )
    seen = Seen(places, found.office.today)
    return {number: draw(row, seen) for number, row in drawn.items()}


def _said(found: Here, column: Column, rows: list[int]) -> dict[int, str]:
    """What was counted: a stage and how long it took, or how an answer was judged."""
    if isinstance(column, StageColumn) or column in _CLOCKS:
        clocks = found.session.scalars(select(StageClock).where(StageClock.id.in_(rows)))
        return {clock.id: _stage(clock) for clock in clocks}
    if column in _LETTERS:
        wanted = select(Submission.id, Submission.rating).where(Submission.id.in_(rows))
        ratings = found.session.execute(wanted)
        return {row.id: str(row.rating.label) for row in ratings if row.rating is not None}
    return {}


def _stage(clock: StageClock) -> str:
    """A stage that has ended: within how many days, and whether in time."""
    name, days, late = str(STAGES[clock.stage]), clock.taken or 0, clock.late_days or 0
    took = ngettext(
        "%(stage)s: %(num)s ngày làm việc", "%(stage)s: %(num)s ngày làm việc", days, stage=name
    )
    if not clock.late:
        return gettext("%(took)s, đúng hạn", took=took)
    if not late:
        return gettext("%(took)s, quá hạn chưa đến một ngày", took=took)
    return ngettext(
        "%(took)s, quá hạn %(num)s ngày", "%(took)s, quá hạn %(num)s ngày", late, took=took
    )
