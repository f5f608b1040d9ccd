"""Names of places: what an organisation was called leads on to what is there today.

Design rule: only communes and wards are looked for by what residents write, so only their names
are kept. Where several units took over, the name leads to each, and whoever writes is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.register import today_of
from portal.models import Organisation, PlaceName
from portal.text import fold
from portal.vocabulary import OrganisationKind


def keep_old_name(session: Session, *, organisation: Organisation, until: date) -> None:
    """Let the short name of a unit stay as one that was in use until a day."""
    if organisation.kind is OrganisationKind.WARD_COMMUNE:
        _lead(session, organisation.short_name, until, [organisation])


def carry_names(
    session: Session, *, ended: Organisation, heirs: Iterable[Organisation], until: date
) -> list[int]:
    """Let every name of a unit that ends lead to those that take over; the ids of the new rows."""
    if ended.kind is not OrganisationKind.WARD_COMMUNE:
        return []
    units = list(heirs)
    rows = session.scalars(
        select(PlaceName).where(PlaceName.organisation_id == ended.id, PlaceName.slug.is_(None))
    ).all()
    kept = _lead(session, ended.short_name, until, units)
    for row in rows:
        kept += _lead(session, row.name, row.valid_to or until, units)
    return kept


def give_link(session: Session, *, organisation: Organisation) -> None:
    """Give a new commune or ward its own name as a link to the form, if nobody has it."""
    if organisation.kind is not OrganisationKind.WARD_COMMUNE:
        return
    slug = fold(organisation.short_name).replace(" ", "-")[:64]
    if session.scalars(select(PlaceName.id).where(PlaceName.slug == slug)).first() is None:
        session.add(
            PlaceName(
                organisation_id=organisation.id,
                name=organisation.short_name,
                folded=fold(organisation.short_name),
                slug=slug,
            )
        )


def pass_links(session: Session, *, on: date) -> None:
    """Let the links of units that ended before a day open the form for what took over from them.

    Where several did, none is chosen, and the link opens the form without a unit.
    """
    rows = session.scalars(
        select(PlaceName)
        .join(Organisation, Organisation.id == PlaceName.organisation_id)
        .where(PlaceName.slug.is_not(None), Organisation.valid_to < on)
    ).all()
    for row in rows:
        heirs = today_of(session, organisation_id=row.organisation_id, on=on)
        if len(heirs) == 1:
            row.organisation_id = heirs[0].id


def _lead(session: Session, name: str, until: date, units: list[Organisation]) -> list[int]:
    """Let a name lead to units; one that does so already stays as it is. The ids of the rest."""
    known = set(
        session.scalars(
            select(PlaceName.organisation_id).where(
                PlaceName.folded == fold(name),
                PlaceName.slug.is_(None),
                PlaceName.organisation_id.in_([unit.id for unit in units]),
            )
        )
    )
    new = [
        PlaceName(organisation_id=unit.id, name=name, folded=fold(name), valid_to=until)
        for unit in units
        if unit.id not in known
    ]
    session.add_all(new)
    session.flush()
    return [row.id for row in new]
