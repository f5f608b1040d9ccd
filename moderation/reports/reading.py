"""One table for one reader: the organisations below theirs, with their figures and sums.

Who reads it: the committee of a level, its moderators and its registrars, each at or below the
organisation where they hold that role. Not who holds another one: an auditor reads what the staff
did, and the figures of a small cell say something about its few members.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from moderation.access import ROOM_OF, Person
from moderation.reports.casework import count_casework, with_zeros
from moderation.reports.figures import Summed, Told, add_up
from moderation.reports.loading import load_tree
from moderation.reports.members import count_members
from moderation.reports.periods import Period
from moderation.reports.reviews import count_reviews
from moderation.reports.tables import LAYOUTS, Layout
from moderation.reports.tree import Placed, Tree, Unit
from portal.vocabulary import MemberColumn, OrganisationKind, ReportTable, Role

#: Who reads figures, in the order in which a person starts from their places.
READERS = (Role.COMMITTEE, Role.MODERATOR, Role.REGISTRAR)


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

    @property
    def there(self) -> bool:
        """Whether the organisation existed on the last day of the period."""
        return self.top.id in self.tree

    def line(self) -> tuple[Unit, ...]:
        """The levels above that its reader may open, the highest first."""
        return self.tree.line(self.top.id)[:-1][-self.open_above :] if self.open_above else ()

    def rows(self) -> list[Placed]:
        """The organisation and what stands directly below it."""
        below = [Placed(unit, 1) for unit in self.tree.below(self.top.id)]
        return [row for row in (Placed(self.top, 0), *below) if self._counts(row.unit)]

    def every_row(self) -> Iterator[Placed]:
        """The organisation and everything below it."""
        return (row for row in self.tree.under(self.top.id) if self._counts(row.unit))

    def _counts(self, unit: Unit) -> bool:
        """Whether a unit has a line: a commission has no members, so only where cases are told."""
        members = self.layout.table is ReportTable.MEMBERS
        return not members or unit.kind is not OrganisationKind.COMMISSION


def places_of(person: Person, table: ReportTable = ReportTable.MEMBERS) -> tuple[int, ...]:
    """Where this person reads a table, each once. Whoever sees no case reads no second table."""
    roles = [role for role in READERS if table is ReportTable.MEMBERS or role in ROOM_OF]
    return tuple(dict.fromkeys(place for role in roles for place in person.organisations(role)))


def read_report(
    session: Session, *, by: Person, organisation_id: int, table: ReportTable, period: Period
) -> Report:
    """The table of an organisation as it stood on the last day of a period.

    The same few statements however many organisations and members there are, and for one that is
    not there as for one that may not be read. Raises NoSuchReport.
    """
    tree = load_tree(session, on=period.until)
    layout, told = LAYOUTS[table], _TOLD[table](session, by, period, tree)
    top, own = tree.known(organisation_id), frozenset(places_of(by, table))
    if top is None:
        raise NoSuchReport
    line = tree.line(top.id) if top.id in tree else (top,)
    first = next((place for place, unit in enumerate(line) if unit.id in own), None)
    if first is None:
        raise NoSuchReport
    return Report(
        layout=layout,
        period=period,
        tree=tree,
        top=top,
        open_above=len(line) - 1 - first,
        sums=add_up(tree, told, columns=layout.columns, ratios=layout.ratios),
    )


def _tell_members(session: Session, _by: Person, period: Period, _tree: Tree) -> Mapping[int, Told]:
    """What the register knows of each cell, and what its reviews came to, in three statements."""
    reviewed = count_reviews(session, period=period)
    amounts = count_members(session, on=period.until)
    return {
        number: {**reviewed.get(number, {}), MemberColumn.MEMBERS: amounts.get(number)}
        for number in {*reviewed, *amounts}
    }


def _tell_casework(session: Session, by: Person, period: Period, tree: Tree) -> Mapping[int, Told]:
    """What the reader sees of cases, in three statements.

    A commission has cases that only it sees: where others see none, nobody has told them a zero.
    """
    places = [
        number for number in tree.upwards() if tree[number].kind is not OrganisationKind.COMMISSION
    ]
    return with_zeros(count_casework(session, by=by, period=period), places)


_TOLD = {ReportTable.MEMBERS: _tell_members, ReportTable.CASEWORK: _tell_casework}
