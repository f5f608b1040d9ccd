"""What others have reported, as those read it who read the figures of a level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from moderation.access import Person
from moderation.register import below
from moderation.reports.figures import Figure, Rate, Ratio
from moderation.reports.periods import Period
from moderation.reports.reading import READERS
from moderation.reports.tables import REPORTED_RATIOS
from portal.models import Account, Organisation, ReportedFigure, Succession
from portal.text import place_key
from portal.vocabulary import CELLS, MemberColumn, OrganisationKind, Role

_NOT_ABOVE = (*CELLS, OrganisationKind.COMMISSION)


class NoSuchFigure(Exception):
    """There is no such figure or organisation for this person, or somebody has corrected it."""


@dataclass(frozen=True)
class ReportedLine:
    """One line: of whom, when, what its source tells, and who entered it."""

    id: int
    organisation: Organisation
    period: Period
    figures: Mapping[str, int]
    source: str
    note: str
    entered: ReportedFigure
    entered_by: str

    @property
    def rates(self) -> tuple[tuple[Ratio, Rate], ...]:
        """The rates that this line gives by itself, of nothing but its own figures."""
        found = (
            (
                ratio,
                Rate(Figure(self.figures.get(ratio.part)), Figure(self.figures.get(ratio.whole))),
            )
            for ratio in REPORTED_RATIOS
        )
        return tuple((ratio, rate) for ratio, rate in found if not rate.blank)


def organisations_of(session: Session, *, by: Person, role: Role) -> list[Organisation]:
    """Of which organisations somebody with a role may enter figures, those that ended included."""
    wanted = select(Organisation).where(
        Organisation.id.in_(_scope(by, (role,))), Organisation.kind.not_in(_NOT_ABOVE)
    )
    return sorted(session.scalars(wanted), key=lambda each: (each.kind, place_key(each.name)))


def reported_lines(session: Session, *, by: Person) -> list[ReportedLine]:
    """What stands of all that was reported, the newest period first, in one statement."""
    rows = session.execute(
        _standing(by, READERS).order_by(
            ReportedFigure.period_to.desc(), ReportedFigure.organisation_id, ReportedFigure.id
        )
    )
    return [_line(row) for row in rows]


def read_one(session: Session, *, by: Person, number: int, role: Role) -> ReportedFigure:
    """One that stands. Raises NoSuchFigure, the same for every reason."""
    found = session.execute(_standing(by, (role,)).where(ReportedFigure.id == number)).first()
    if found is None:
        raise NoSuchFigure
    figure: ReportedFigure = found[0]
    return figure


def _standing(by: Person, roles: tuple[Role, ...]) -> Select[*tuple[Any, ...]]:
    """What nothing has replaced and nobody struck out, of the organisations of somebody."""
    later = aliased(ReportedFigure)
    return (
        select(ReportedFigure, Organisation, Account.name)
        .join(Organisation, Organisation.id == ReportedFigure.organisation_id)
        .outerjoin(Account, Account.id == ReportedFigure.entered_by_id)
        .where(
            ReportedFigure.struck.is_(False),
            ~select(later.id).where(later.replaces_id == ReportedFigure.id).exists(),
            ReportedFigure.organisation_id.in_(_scope(by, roles)),
        )
    )


def _scope(by: Person, roles: tuple[Role, ...]) -> Select[int]:
    """The organisations at or below those where somebody holds a role, and whatever these took over
    from: a ward reads what was told of the one that it was made of.
    """
    here = below({place for role in roles for place in by.organisations(role)})
    before = select(Succession.old_id).where(Succession.new_id.in_(here))
    number = Organisation.id
    return select(number).where(or_(number.in_(here), number.in_(before)))


def _line(row: Any) -> ReportedLine:
    """One row as a line."""
    figure, organisation, name = row
    names = {str(column) for column in MemberColumn}
    return ReportedLine(
        id=figure.id,
        organisation=organisation,
        period=Period(figure.period_from, figure.period_to),
        figures={name: value for name, value in figure.figures.items() if name in names},
        source=figure.source,
        note=figure.note,
        entered=figure,
        entered_by=name or "",
    )
