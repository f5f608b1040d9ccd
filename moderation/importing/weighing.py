"""Comparing one row with what the register holds: what would be new, what would change. Pure.

What a row says is brought about from the day it names on; what the register held until then is
ended with the day before, and nothing is deleted. No first day that is known is moved to a later
one. A row that says what is known already changes nothing, so a file that was brought in once
changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from moderation.importing.member_rows import Fault, MemberRow, Wanted
from moderation.importing.outcomes import (
    CELL,
    POST,
    STANDING,
    Kept,
    Known,
    Outcome,
    Step,
    holds,
    is_struck,
    same_post,
    spells_of,
)
from moderation.importing.places import Places
from moderation.registering.checks import (
    BY_DECISION,
    ENDS,
    Problem,
    Spell,
    cells_problems,
    day_before,
    overlap,
    span_problems,
    standing_problems,
)
from portal.text import canonical
from portal.vocabulary import MembershipKind, MembershipStatus


def weigh(row: MemberRow, known: Known | None, places: Places, today: date) -> Outcome:
    """What a row that could be read would change about a member, or about a new one."""
    found = Outcome(row, known)
    _weigh_person(found)
    _weigh_standing(found, today)
    wanted = row.standing.what if row.standing else None
    if known is not None and (known.gone or wanted in ENDS):
        # Whoever has gone is in no cell any more; a file may still name the last one.
        return found
    for kind in MembershipKind:
        if kind in row.cells:
            _weigh_cell(found, kind, places, today)
    _weigh_posts(found, places, today)
    if known is None and wanted in ENDS:
        _end_all(found)
    return found


def _weigh_person(found: Outcome) -> None:
    """Compare name, year, key and who manages the member."""
    row, known = found.row, found.known
    if known is None:
        found.changes += [("name", None, row.name), ("birth_year", None, row.birth_year)]
        if row.managed_by is not None:
            found.changes.append(("managed_by", None, row.managed_by))
        return
    if canonical(row.name) != canonical(known.name):
        found.changes.append(("name", known.name, row.name))
    if row.birth_year != known.birth_year:
        found.changes.append(("birth_year", known.birth_year, row.birth_year))
    if row.managed_by is not None and row.managed_by != known.managed_by:
        found.changes.append(("managed_by", known.managed_by, row.managed_by))
    if row.source_key and not known.has_this_key:
        found.changes.append(("source_key", None, None))


def _weigh_standing(found: Outcome, today: date) -> None:
    """Compare how the membership stands; whoever is new and of whom nothing is said is active."""
    row, known = found.row, found.known
    wanted = row.standing
    if known is None:
        home = row.cells.get(MembershipKind.HOME)
        since = home.since if home else None
        wanted = wanted or Wanted(MembershipStatus.ACTIVE)
        wanted = wanted._replace(since=wanted.since or since)
    if wanted is None:
        return
    kept = known.standings if known else []
    result = _settle(found, STANDING, "status", kept, wanted, today)
    begun = any(step.table == STANDING and step.what == wanted.what for step in found.steps)
    if begun and wanted.what in BY_DECISION:
        # An excusal or a transfer has a decision and a last day, which a file knows nothing of.
        found.faults.append(Fault("status", Problem.OTHER_PAGE.value))
        return
    if problems := standing_problems(result):
        found.faults.append(Fault("status", problems[0].value))
    elif (
        known is not None and wanted.what in ENDS and any(s.table == STANDING for s in found.steps)
    ):
        _end_known(found, next(spell.since for spell in result if spell.what in ENDS))


def _weigh_cell(found: Outcome, kind: MembershipKind, places: Places, today: date) -> None:
    """Compare one of the three cells."""
    wanted, known = found.row.cells[kind], found.known
    kept = known.cells.get(kind, []) if known else []
    spells = _settle(found, CELL, kind.value, kept, wanted, today)
    place = places.by_id[wanted.what]
    mine = next((spell for spell in spells if spell.what == wanted.what), None)
    within = Spell(place, place.since, place.until)
    problems = span_problems(mine.since, mine.until, today=today, within=within) if mine else []
    if kind is MembershipKind.HOME:
        problems += cells_problems((kind, spell) for spell in spells)
        if known and all(spell.until and spell.until < today for spell in spells):
            problems.append(Problem.NO_HOME)
    elif overlap(spells):
        problems.append(Problem.AT_ONCE)
    if problems and found.steps:
        found.faults.append(Fault(kind.value, problems[0].value))


def _weigh_posts(found: Outcome, places: Places, today: date) -> None:
    """Compare the posts that a row names; others stay as they are."""
    kept = found.known.posts if found.known else []
    home = found.row.cells.get(MembershipKind.HOME)
    for wanted in found.row.posts:
        if found.known is None and wanted.since is None and home is not None:
            wanted = wanted._replace(since=home.since)
        mine = [row for row in kept if same_post(row.what, wanted.what)]
        spells = _settle(found, POST, "posts", mine, wanted, today, alone=False)
        place = places.by_id[wanted.what[0]]
        within = Spell(place, place.since, place.until)
        problems = [
            problem
            for spell in spells
            for problem in span_problems(spell.since, spell.until, today=today, within=within)
        ]
        if overlap(spells):
            problems.append(Problem.AT_ONCE)
        if problems and any(step.table == POST for step in found.steps):
            found.faults.append(Fault("posts", problems[0].value))


def _settle(
    found: Outcome,
    table: str,
    column: str,
    kept: Sequence[Kept],
    wanted: Wanted,
    today: date,
    *,
    alone: bool = True,
) -> list[Spell]:
    """Bring about what is wanted among the rows that are kept; all spells as they are then.

    ``alone`` says that only one of them holds at a time: what held before then ends.
    """
    live = [row for row in kept if not is_struck(row)]
    match = _matching([row for row in live if same_post(row.what, wanted.what)], wanted, today)
    if match is not None:
        rest = [row for row in live if row is not match]
        return [*spells_of(rest), _with_days(found, table, column, match, wanted)]
    since = wanted.since or today
    if since > today:
        found.faults.append(Fault(column, "day_future", since.isoformat()))
        return spells_of(live)
    ended, rest = list[Kept](), live
    if alone:
        later = [row for row in live if row.since > since]
        ended = [row for row in live if holds(row, since)]
        if later or (ended and wanted.until is not None and wanted.until < today):
            found.faults.append(Fault(column, Problem.LATER.value, since.isoformat()))
            return spells_of(live)
        rest = [row for row in live if row not in ended]
    new = Step(table, None, wanted.what, since, wanted.until)
    _note(found, table, column, ended[0] if ended else None, new)
    closed = [row._replace(until=day_before(max(since, row.since))) for row in ended]
    for row in closed:
        found.steps.append(Step(table, row.id, row.what, row.since, row.until))
    return [*spells_of(rest), *spells_of(closed), Spell(wanted.what, since, wanted.until)]


def _with_days(found: Outcome, table: str, column: str, row: Kept, wanted: Wanted) -> Spell:
    """Give a row the days of the file. What has held since a day is not unsaid by it: nobody loses
    a seat that they had.
    """
    since, until = wanted.since or row.since, wanted.until or row.until
    if since > row.since:
        found.faults.append(Fault(column, "day_moved", row.since.isoformat()))
    elif (since, until) != (row.since, row.until):
        _note(found, table, column, row, Step(table, row.id, row.what, since, until))
    return Spell(row.what, since, until)


def _matching(rows: Iterable[Kept], wanted: Wanted, today: date) -> Kept | None:
    """The row that the file means: the one of that first day, else the one that holds now, else,
    where only a last day is told, the one that ended on it.
    """
    rows = list(rows)
    for row in rows:
        if wanted.since is not None and row.since == wanted.since:
            return row
    for row in rows:
        if holds(row, today):
            return row
    for row in rows:
        if wanted.since is None and wanted.until is not None and row.until == wanted.until:
            return row
    return None


def _note(found: Outcome, table: str, column: str, was: Kept | None, step: Step) -> None:
    """Write a step down with what is shown of it."""
    if table == CELL:
        step = step._replace(what=(column, step.what))
    found.steps.append(step)
    before = (was.what, was.since, was.until) if was else None
    what = step.what[1] if table == CELL else step.what
    found.changes.append((column, before, (what, step.since, step.until)))


def _end_known(found: Outcome, on: date) -> None:
    """End the cells and posts of somebody whose membership ends, with the day before."""
    known = found.known
    if known is None:
        return
    rows = [(CELL, row) for rows in known.cells.values() for row in rows]
    for table, row in [*rows, *((POST, row) for row in known.posts)]:
        if not is_struck(row) and (row.until is None or row.until >= on):
            until = day_before(max(on, row.since))
            found.steps.append(Step(table, row.id, row.what, row.since, until))


def _end_all(found: Outcome) -> None:
    """Let what a new row brings end with the membership."""
    on = next(step.since for step in found.steps if step.table == STANDING)
    for at, step in enumerate(found.steps):
        if step.table != STANDING and step.until is None:
            if step.since >= on:
                found.faults.append(Fault("home_since", "needs_day"))
                return
            found.steps[at] = step._replace(until=day_before(on))
