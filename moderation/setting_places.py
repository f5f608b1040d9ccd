"""Setting under which older names the communes and wards of today are known.

A name may lead to several units: then each of them is a row, and whoever writes is asked. What was
received keeps the unit that was chosen; a new row holds for what is written afterwards.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Row, delete, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.scope import NotYours, looks_after_all
from moderation.journal import write_down
from moderation.office import Office
from moderation.register import in_force
from portal.models import Organisation, PlaceName
from portal.text import fold, one_line, place_key
from portal.vocabulary import Deed, OrganisationKind

#: Longer than any name of a place.
MOST = 100


class NotAPlace(Exception):
    """The name holds no letter, or the unit is none of today."""


def units_of_today(session: Session, *, on: date) -> list[Organisation]:
    """The communes and wards that exist on a day, in Vietnamese order."""
    rows = session.scalars(
        select(Organisation).where(
            Organisation.kind == OrganisationKind.WARD_COMMUNE, in_force(Organisation, on)
        )
    )
    return sorted(rows, key=lambda row: place_key(row.short_name))


def names_set(session: Session, *, on: date) -> list[Row[int, str, date | None, str]]:
    """The older names of units of a day, in Vietnamese order: ``id``, ``name``, ``valid_to`` and
    ``unit``.
    """
    rows = session.execute(
        select(
            PlaceName.id, PlaceName.name, PlaceName.valid_to, Organisation.short_name.label("unit")
        )
        .join(Organisation, Organisation.id == PlaceName.organisation_id)
        .where(PlaceName.slug.is_(None), in_force(Organisation, on))
    )
    return sorted(rows.all(), key=lambda row: (place_key(row.name), place_key(row.unit)))


def add_name(
    session: Session,
    *,
    office: Office,
    by: Person,
    name: str,
    unit_id: int,
    until: date | None,
) -> PlaceName | None:
    """Let a name lead to a unit, as one in use until a day; nothing where it does so already.

    Raises NotYours for whoever does not look after the whole portal, NotAPlace.
    """
    if not looks_after_all(session, by=by):
        raise NotYours
    written = one_line(name)
    units = {unit.id for unit in units_of_today(session, on=office.today)}
    if not any(map(str.isalpha, written)) or unit_id not in units:
        raise NotAPlace
    row = PlaceName(
        organisation_id=unit_id, name=written, folded=fold(written), slug=None, valid_to=until
    )
    known = session.scalars(
        select(PlaceName.id).where(
            PlaceName.organisation_id == unit_id,
            PlaceName.folded == row.folded,
            PlaceName.slug.is_(None),
        )
    ).first()
    if known is not None:
        return None
    session.add(row)
    session.flush()
    _write(session, office, by)
    return row


def drop_name(session: Session, *, office: Office, by: Person, number: int) -> bool:
    """Let a name lead to a unit no more; whether it did. A link to the form is never dropped.

    Raises NotYours.
    """
    if not looks_after_all(session, by=by):
        raise NotYours
    gone = session.execute(
        delete(PlaceName).where(PlaceName.id == number, PlaceName.slug.is_(None))
    ).rowcount  # type: ignore[attr-defined]
    if gone:
        _write(session, office, by)
    return bool(gone)


def _write(session: Session, office: Office, by: Person) -> None:
    """Write down that the list was changed."""
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.PLACES_SET,
        account_id=by.account_id,
    )
