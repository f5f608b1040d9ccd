"""One table for one reader: the organisations below theirs, with their figures and sums.

Who reads it: the committee of a level, its moderators and its registrars, each at or below the
organisation where they hold that role. Not who holds another one: an auditor reads what the staff
did, and the figures of a small cell say something about its few members.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from moderation.access import ROOM_OF, Person
from moderation.cursors import Cursor
from moderation.reports.casework import Behind, count_casework, turn_to, with_zeros
from moderation.reports.columns import Column, figure_of
from moderation.reports.figures import Figure, Summed, Sums, Told, add_up
from moderation.reports.loading import load_tree
from moderation.reports.members import count_members
from moderation.reports.periods import Period
from moderation.reports.reviews import count_reviews
from moderation.reports.tables import LAYOUTS, Layout
from moderation.reports.tree import Placed, Tree, Unit
from portal.text import place_key
from portal.vault import Ring
from portal.vocabulary import MemberColumn, OrganisationKind, ReportTable, Role

#: Who reads figures, in the order in which a person starts from their places.
READERS = (Role.COMMITTEE, Role.MODERATOR, Role.REGISTRAR)


#: So many lines are read on one page; more are taken along as a sheet.
MOST_LINES = 200


class NoSuchReport(Exception):
    """There is no such organisation for this reader; whether there is one at all is not told."""


@dataclass(frozen=True)
class Report:
    """A table of one organisation with everything below it, in one period."""

    layout: Layout
    period: Period
    tree: Tree
    top: Unit
    #: How many of the levels above it its reader may open.
    open_above: int
    sums: Summed
    #: The level whose units are its lines; none: those directly below.
    level: OrganisationKind | None = None

    @property
    def there(self) -> bool:
        """Whether the organisation existed on the last day of the period."""
        return self.top.id in self.tree

    def figures(self, sums: Sums) -> dict[Column, Figure]:
        """What the table shows in each of its columns, in their order."""
        return {column: figure_of(sums.figures, column) for column in self.layout.columns}

    @property
    def of_one_level(self) -> bool:
        """Whether its lines are all units of a chosen level."""
        return self.level is not None and self.level in self.levels()

    def levels(self) -> list[OrganisationKind]:
        """The levels below it of which each unit can have a line on one page, the highest first."""
        amounts = Counter(row.unit.kind for row in self.every_row() if row.depth > 0)
        return [kind for kind in OrganisationKind if 0 < amounts[kind] <= MOST_LINES]

    def line(self) -> tuple[Unit, ...]:
        """The levels above that its reader may open, the highest first."""
        return self.tree.line(self.top.id)[:-1][-self.open_above :] if self.open_above else ()

    def rows(self) -> list[Placed]:
        """The organisation and what stands directly below it, or every unit of the chosen level."""
        below = [Placed(unit, 1) for unit in self.tree.below(self.top.id)]
        if self.of_one_level:
            every = (row.unit for row in self.every_row() if row.depth > 0)
            units = [unit for unit in every if unit.kind is self.level]
            units.sort(key=lambda unit: (place_key(unit.short_name), unit.id))
            below = [Placed(unit, 1) for unit in units]
        return [row for row in (Placed(self.top, 0), *below) if self._counts(row.unit)]

    def every_row(self) -> Iterator[Placed]:
        """The organisation and everything below it."""
        return (row for row in self.tree.under(self.top.id) if self._counts(row.unit))

    def _counts(self, unit: Unit) -> bool:
        """Whether a unit has a line: a commission has no members, so only where cases are told."""
        return self.layout.table.is_of_cases or unit.kind is not OrganisationKind.COMMISSION


def places_of(person: Person, table: ReportTable = ReportTable.MEMBERS) -> tuple[int, ...]:
    """Where this person reads a table, each once. Whoever sees no case reads no second table."""
    roles = [role for role in READERS if not table.is_of_cases or role in ROOM_OF]
    if table.is_of_desks:
        roles = [Role.MODERATOR]
    return tuple(dict.fromkeys(place for role in roles for place in person.organisations(role)))


def read_report(
    session: Session,
    *,
    ring: Ring,
    by: Person,
    organisation_id: int,
    table: ReportTable,
    period: Period,
    level: OrganisationKind | None = None,
) -> Report:
    """The table of an organisation as it stood on the last day of a period.

    The same few statements however many organisations and members there are, and for one that is
    not there as for one that may not be read. Raises NoSuchReport.
    """
    tree, layout = load_tree(session, on=period.until), LAYOUTS[table]
    told = (
        _tell_casework(session, ring, by, layout, period, tree)
        if table.is_of_cases
        else _tell_members(session, period)
    )
    top, open_above = find_top(tree, by=by, organisation_id=organisation_id, table=table)
    return Report(
        layout=layout,
        period=period,
        tree=tree,
        top=top,
        open_above=open_above,
        sums=add_up(tree, told, columns=layout.told, ratios=layout.ratios),
        level=level,
    )


def read_behind(
    session: Session,
    *,
    ring: Ring,
    by: Person,
    organisation_id: int,
    layout: Layout,
    column: Column,
    period: Period,
    alone: bool = False,
    cursor: Cursor | None = None,
) -> tuple[Unit, Behind]:
    """A page of the cases behind one number: of an organisation with all below it, or ``alone``.

    Raises NoSuchReport.
    """
    tree = load_tree(session, on=period.until)
    top, _above = find_top(tree, by=by, organisation_id=organisation_id, table=layout.table)
    if top.id not in tree:
        raise NoSuchReport
    page = turn_to(
        session,
        ring=ring,
        by=by,
        layout=layout,
        column=column,
        period=period,
        places=tree.added_at(top.id, alone=alone),
        cursor=cursor,
    )
    return top, page


def find_top(
    tree: Tree, *, by: Person, organisation_id: int, table: ReportTable
) -> tuple[Unit, int]:
    """An organisation whose table somebody reads, and how many levels above it are open to them.

    Raises NoSuchReport.
    """
    top, own = tree.known(organisation_id), frozenset(places_of(by, table))
    if top is None:
        raise NoSuchReport
    line = tree.line(top.id) if top.id in tree else (top,)
    first = next((place for place, unit in enumerate(line) if unit.id in own), None)
    if first is None:
        raise NoSuchReport
    return top, len(line) - 1 - first


def _tell_members(session: Session, period: Period) -> Mapping[int, Told]:
    """What the register knows of each cell, and what its reviews came to, in three statements."""
    reviewed = count_reviews(session, period=period)
    amounts = count_members(session, on=period.until)
    return {
        number: {**reviewed.get(number, {}), MemberColumn.MEMBERS: amounts.get(number)}
        for number in {*reviewed, *amounts}
    }


def _tell_casework(
    session: Session, ring: Ring, by: Person, layout: Layout, period: Period, tree: Tree
) -> Mapping[int, Told]:
    """What the reader sees of cases, in a few statements.

    A commission has cases that only it sees: where others see none, nobody has told them a zero.
    """
    places = [
        number for number in tree.upwards() if tree[number].kind is not OrganisationKind.COMMISSION
    ]
    counts = count_casework(session, ring=ring, by=by, layout=layout, period=period)
    return with_zeros(counts, places, layout=layout)
