"""The list behind a number: the very rows that were counted, page by page."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.concluding import Findings
from moderation.cursors import Cursor
from moderation.reports.casework.branches import Branch, branches_of
from moderation.reports.casework.counting import AT_ONCE, finding_name
from moderation.reports.casework.lenses import bounds_of, lenses_of
from moderation.reports.columns import Column
from moderation.reports.periods import Period
from moderation.reports.tables import Layout
from portal.models.case import Room
from portal.vault import Ring

PER_PAGE = 30


@dataclass(frozen=True)
class Entry:
    """One row of a list: a case and the room it is seen from.

    ``row`` is the number of what was counted, a case, a stage of one, or a letter.
    """

    row: int
    case_id: int
    room: Room


@dataclass(frozen=True)
class Behind:
    """Some entries, newest first, and where the list goes on in both directions."""

    entries: tuple[Entry, ...] = ()
    earlier: Cursor | None = None
    later: Cursor | None = None


def turn_to(
    session: Session,
    *,
    ring: Ring,
    by: Person,
    layout: Layout,
    column: Column,
    period: Period,
    places: Collection[int],
    cursor: Cursor | None = None,
) -> Behind:
    """A page of what a column counts at these places, in one statement for each room."""
    back, found = cursor is not None and cursor.back, list[Entry]()
    for lens in lenses_of(by, layout.table):
        for branch in branches_of(layout.table, lens, bounds_of(period)):
            found += _entries(session, ring, branch, str(column), places, cursor)
    found.sort(key=lambda entry: entry.row, reverse=not back)
    more, found = len(found) > PER_PAGE, found[:PER_PAGE]
    if back:
        found.reverse()
    if not found:
        return Behind()
    newer, older = (more, True) if back else (cursor is not None, more)
    return Behind(
        entries=tuple(found),
        earlier=Cursor(found[0].row, back=True) if newer else None,
        later=Cursor(found[-1].row) if older else None,
    )


def _entries(
    session: Session,
    ring: Ring,
    branch: Branch,
    name: str,
    places: Collection[int],
    cursor: Cursor | None,
) -> list[Entry]:
    """The first rows of a branch that count in a column, from the cursor on."""
    wanted, most = _from(branch, cursor).where(branch.place.in_(places)), PER_PAGE + 1
    if name in branch.counts:
        rows = session.execute(wanted.where(branch.counts_in(name)).limit(most))
        return [Entry(row.row, row.case_id, branch.room) for row in rows]
    if branch.sealed is None:
        return []
    findings = Findings(ring)
    sealed = wanted.add_columns(branch.sealed).execution_options(yield_per=AT_ONCE)
    with closing(session.execute(sealed)) as rows:
        such = (
            Entry(row, case_id, branch.room)
            for _place, row, case_id, box in rows
            if finding_name(findings.open(case_id, box)) == name
        )
        return list(islice(such, most))


def _from(branch: Branch, cursor: Cursor | None) -> Select[*tuple[Any, ...]]:
    """The rows beyond the cursor, in the order in which they are read."""
    if cursor is None:
        return branch.rows.order_by(branch.row.desc())
    if cursor.back:
        return branch.rows.where(branch.row > cursor.row_id).order_by(branch.row)
    return branch.rows.where(branch.row < cursor.row_id).order_by(branch.row.desc())
