"""Where a moderator may send a case: the cells of the ward, the levels above, the commissions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from moderation.papers import Body
from moderation.register import in_force
from portal.models import Organisation
from portal.vocabulary import OrganisationKind


@dataclass(frozen=True)
class Destination:
    """One organisation that may be chosen."""

    id: int
    name: str
    kind: OrganisationKind


def read_destinations(
    session: Session, *, routing: Body, desk_id: int | None, today: date
) -> tuple[Destination, ...]:
    """The organisations around the proposed place and the desk, in one statement.

    A restricted case is offered commissions only, beside the place that was proposed.
    """
    place, level = aliased(Organisation), aliased(Organisation)
    line = (
        select(level.id, level.kind)
        .join(place, place.path.startswith(level.path))
        .where(place.id.in_([routing["proposed"], desk_id]))
        .cte()
    )
    levels = select(line.c.id)
    wards = levels.where(line.c.kind == OrganisationKind.WARD_COMMUNE)
    around: ColumnElement[bool] = Organisation.parent_id.in_(levels) & (
        Organisation.kind == OrganisationKind.COMMISSION
    )
    if not routing["restricted"]:
        around = or_(around, Organisation.id.in_(levels), Organisation.parent_id.in_(wards))
    rows = session.execute(
        select(Organisation.id, Organisation.name, Organisation.kind)
        .where(or_(Organisation.id == routing["proposed"], around), in_force(Organisation, today))
        .order_by(Organisation.placed, Organisation.id)
    )
    return tuple(Destination(row.id, row.name, row.kind) for row in rows)
