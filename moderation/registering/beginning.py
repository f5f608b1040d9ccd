"""Changes of organisations that were planned, begun in the night of their day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.registering.calling_off import forget_past
from moderation.registering.changing import Wanted, hold, planned
from moderation.registering.names import pass_links
from moderation.registering.outcomes import write_organisation
from moderation.units import each
from portal.db import Database
from portal.models import Organisation, OrganisationEra
from portal.vocabulary import Deed


def begin_due(database: Database, *, office: Office) -> int:
    """Begin every change whose day has come, each by itself; return how many that were.

    Links of units that ended since lead on as well.
    """
    with database.reading() as session:
        numbers = list(due(session, on=office.today))
    with database.writing() as session:
        forget_past(session, on=office.today)
        pass_links(session, on=office.today)
    return each(database, numbers, lambda s, i: begin(s, office=office, organisation_id=i))


def due(session: Session, *, on: date) -> Iterator[int]:
    """The organisations whose change begins on a day, or should have begun before."""
    yield from session.scalars(
        select(OrganisationEra.organisation_id)
        .where(OrganisationEra.valid_to.is_(None), OrganisationEra.valid_from <= on)
        .order_by(OrganisationEra.valid_from, OrganisationEra.id)
    )


def begin(session: Session, *, office: Office, organisation_id: int) -> None:
    """Let a planned change hold now that its day has come. Nothing where there is none."""
    row = session.scalars(
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .with_for_update(key_share=True)
    ).one()
    plan = planned(session, row)
    if plan is None or plan.valid_from > office.today:
        return
    wanted = Wanted(plan.name, plan.short_name, plan.parent_id)
    session.delete(plan)
    session.flush()
    hold(session, office, row, wanted, plan.valid_from)
    row.version += 1
    write_organisation(session, office=office, row=row, deed=Deed.CHANGE_BEGUN, by_id=None)
