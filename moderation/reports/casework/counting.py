"""The numbers: a few grouped statements for each table, however many cases there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.concluding import Findings
from moderation.reports.casework.branches import Branch, branches_of
from moderation.reports.casework.lenses import bounds_of, lenses_of
from moderation.reports.columns import Measure, Spread, StageColumn
from moderation.reports.figures import Told
from moderation.reports.periods import Period
from moderation.reports.tables import Layout
from portal.vault import Ring
from portal.vocabulary import CaseworkColumn, Finding

#: So many rows are held at once where each must be opened.
AT_ONCE = 2_000
Counted = dict[int, dict[str, Any]]


def count_casework(
    session: Session, *, ring: Ring, by: Person, layout: Layout, period: Period
) -> Counted:
    """What a reader sees, by organisation; one without any is not named."""
    found, bounds = Counted(), bounds_of(period)
    for lens in lenses_of(by, layout.table):
        for branch in branches_of(layout.table, lens, bounds):
            if branch.sealed is not None:
                _open(session, branch, Findings(ring), found)
            else:
                _count(session, branch, found)
    return found


def with_zeros(
    counts: Mapping[int, Told], units: Iterable[int], *, layout: Layout
) -> dict[int, Told]:
    """The counts of all units: where a reader sees no case there is none, and that is a zero."""
    none = {name: Spread() if name.endswith(".days") else 0 for name in layout.told}
    return {number: {**none, **counts.get(number, {})} for number in {*units, *counts}}


def finding_name(finding: Finding | None) -> str:
    """In which column an answer counts, by what it found; nothing: it does not stand any more."""
    return str(CaseworkColumn.REOPENED if finding is None else finding)


def _count(session: Session, branch: Branch, found: Counted) -> None:
    """Count the rows of a branch, grouped by whatever decides in which columns they count."""
    grouped = (branch.place, *branch.keys, *((branch.days,) if branch.days is not None else ()))
    wanted = branch.rows.with_only_columns(*grouped, func.count()).group_by(*grouped)
    width = len(branch.keys)
    for place, *rest in session.execute(wanted):
        if place is None:
            continue
        values, amount, told = tuple(rest[:width]), rest[-1], found.setdefault(place, {})
        for name in branch.columns_of(values):
            told[str(name)] = told.get(str(name), 0) + amount
        if branch.days is not None and rest[width] is not None:
            name = StageColumn(str(values[0]), Measure.MEDIAN).told
            told[name] = told.get(name, Spread()) + Spread({rest[width]: amount})


def _open(session: Session, branch: Branch, findings: Findings, found: Counted) -> None:
    """Count rows that must be opened first, some at a time."""
    wanted = branch.rows.add_columns(branch.sealed).execution_options(yield_per=AT_ONCE)
    for place, _row, case_id, box in session.execute(wanted):
        if place is None:
            continue
        told = found.setdefault(place, {})
        for name in (*branch.counts, finding_name(findings.open(case_id, box))):
            told[str(name)] = told.get(str(name), 0) + 1
