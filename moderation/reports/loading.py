"""Reading the organisations of a day, all of them in two statements whatever their number."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from moderation.reports.tree import Tree, Unit
from portal.models import Organisation, OrganisationEra, Succession


def load_tree(session: Session, *, on: date) -> Tree:
    """Every organisation there is or was, under its name and parent of a day."""
    era, now = OrganisationEra, Organisation
    holds = and_(
        era.organisation_id == now.id,
        era.valid_from <= on,
        or_(era.valid_to.is_(None), era.valid_to >= on),
    )
    rows = session.execute(
        select(
            *(now.id, now.kind, now.valid_from, now.valid_to),
            *(now.name, now.short_name, now.parent_id),
            era.id.label("era"),
            *(era.name, era.short_name, era.parent_id),
        )
        .outerjoin(era, holds)
        .order_by(era.valid_from, era.id)
    )
    successions = session.execute(select(Succession.old_id, Succession.new_id))
    return Tree(
        map(_unit, rows),
        successions=((row.old_id, row.new_id) for row in successions),
        on=on,
    )


def _unit(row: Any) -> Unit:
    """An organisation as it was called and where it stood on the day."""
    number, kind, since, until, *now, era, name, short_name, parent_id = row
    if era is None:
        name, short_name, parent_id = now
    return Unit(number, kind, name, short_name, parent_id, since, until)
