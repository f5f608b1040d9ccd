"""How many cases are like one another: whether a reader could tell which of them a text is about.

Design rule: a text is told at the level of a ward or above, and only where at least five cases
about the same topic were closed there in the same quarter, by at least two organisations. The
lowest level for which that holds is taken, so that whoever knows one cell's cases cannot be sure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from moderation.register import line
from portal.clock import start_of
from portal.models import Case, Organisation
from portal.vocabulary import OrganisationKind, Status

#: So many cases, and so many organisations that handled them, at the least.
FEWEST, FEWEST_HANDLERS = 5, 2
#: Levels that are told; a cell or a workplace never is.
_LEVELS = frozenset({OrganisationKind.WARD_COMMUNE, OrganisationKind.PROVINCE})


@dataclass(frozen=True)
class Crowd:
    """Where a text would be told, and among how many cases of how many organisations."""

    unit: Organisation
    cases: int
    handlers: int

    @property
    def enough(self) -> bool:
        """Whether nobody could tell which of them it is."""
        return self.cases >= FEWEST and self.handlers >= FEWEST_HANDLERS


def quarter_of(day: date) -> int:
    """The quarter of a day, as it is kept: 20263."""
    return day.year * 10 + (day.month - 1) // 3 + 1


def crowd_of(session: Session, *, case: Case, closed_on: date) -> Crowd | None:
    """The lowest level at which enough cases are alike, else the highest that was looked at.

    Nothing where the case was handled below no such level. Two statements for each level.
    """
    found = None
    for unit in _levels_above(session, case):
        found = _crowd_at(session, unit, case, closed_on)
        if found.enough:
            break
    return found


def _levels_above(session: Session, case: Case) -> list[Organisation]:
    """The levels above whoever handled it that may be told, the lowest first."""
    handler = session.get(Organisation, case.handler_id) if case.handler_id else None
    if handler is None:
        return []
    rows = session.scalars(
        select(Organisation).where(
            Organisation.id.in_(line(handler.path)), Organisation.kind.in_(_LEVELS)
        )
    )
    return sorted(rows, key=lambda unit: len(unit.path.split(".")), reverse=True)


def _crowd_at(session: Session, unit: Organisation, case: Case, closed_on: date) -> Crowd:
    """How many cases are like this one below a level, itself among them."""
    first, after = _bounds(closed_on)
    handler = aliased(Organisation)
    row = session.execute(
        select(func.count(Case.id), func.count(Case.handler_id.distinct()))
        .join(handler, handler.id == Case.handler_id)
        .where(
            Case.status == Status.CLOSED,
            Case.topic == case.topic,
            Case.finished_at >= first,
            Case.finished_at < after,
            handler.path.startswith(unit.path),
        )
    ).one()
    return Crowd(unit, row[0], row[1])


def _bounds(day: date) -> tuple[datetime, datetime]:
    """The moments between which the quarter of a day lies, in Vietnam."""
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    after = (first + timedelta(days=95)).replace(day=1)
    return start_of(first), start_of(after)
