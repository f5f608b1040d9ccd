"""Reading the organisations that matter: a ward with all below it, and what came before and after.

Recursive statements: one for a ward, one for what took over from a few organisations.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, or_, select
from sqlalchemy.orm import Session, aliased

from moderation.matching.places import Atlas, Place
from moderation.register import in_force
from portal.models import Organisation, PlaceName, Succession
from portal.vocabulary import OrganisationKind

_Anything = Select[*tuple[Any, ...]]

_ABOVE_WARDS: Final = (OrganisationKind.CENTRAL, OrganisationKind.PROVINCE)
_WARDS: Final = (OrganisationKind.WARD_COMMUNE, OrganisationKind.GRASSROOTS_COMMITTEE)

PLACE_COLUMNS: Final = (
    Organisation.id,
    Organisation.kind,
    Organisation.unit_kind,
    Organisation.name,
    Organisation.short_name,
    Organisation.valid_from,
    Organisation.valid_to,
)


def load_atlas(
    session: Session, *, unit_id: int | None, wards: Iterable[str], today: date
) -> Atlas:
    """The organisations of the ward or commune of a unit, today's and those before, in one go.

    Those of the wards whose folded names are given come with them. Empty when none is known.
    """
    atlas = Atlas(today)
    names = list(wards)
    if unit_id is None and not names:
        return atlas
    for row in session.execute(_family(unit_id, names, today)):
        atlas.add(place_of(row), heir_id=row.new_id, alias=row.alias)
    return atlas


def add_heirs(session: Session, ids: Iterable[int], atlas: Atlas) -> None:
    """Enter what took over from these organisations, step by step, in one statement."""
    ended = select(Organisation.id).where(Organisation.id.in_(sorted(ids)))
    chain = ended.cte("chain", recursive=True)
    chain = chain.union(select(Succession.new_id).join(chain, Succession.old_id == chain.c.id))
    for row in session.execute(_with_names(select(chain.c.id))):
        atlas.add(place_of(row), heir_id=row.new_id)


def _family(unit_id: int | None, wards: list[str], today: date) -> _Anything:
    """All organisations below the wards that are meant, and whatever they took over from."""
    named = or_(Organisation.folded.in_(wards), has_alias(wards))
    meant = and_(Organisation.kind.in_(_WARDS), named) if wards else false()
    start = select(Organisation.id).where(or_(Organisation.id == unit_id, meant))
    heir = start.cte("heir", recursive=True)
    heir = heir.union(select(Succession.new_id).join(heir, Succession.old_id == heir.c.id))
    unit, level = aliased(Organisation), aliased(Organisation)
    holds_unit = and_(level.kind == OrganisationKind.WARD_COMMUNE, unit.path.startswith(level.path))
    itself = and_(level.id == unit.id, level.kind.not_in(_ABOVE_WARDS))
    top = (
        select(level.path)
        .select_from(heir)
        .join(unit, unit.id == heir.c.id)
        .join(level, or_(holds_unit, itself))
        .where(in_force(level, today))
        .cte("top")
    )
    family = (
        select(Organisation.id)
        .join(top, Organisation.path.startswith(top.c.path))
        .cte("family", recursive=True)
    )
    family = family.union(select(Succession.old_id).join(family, Succession.new_id == family.c.id))
    return _with_names(select(family.c.id))


def _with_names(ids: _Anything) -> _Anything:
    """These organisations, once for each successor and each other name."""
    return (
        select(*PLACE_COLUMNS, Succession.new_id, PlaceName.name.label("alias"))
        .outerjoin(Succession, Succession.old_id == Organisation.id)
        .outerjoin(PlaceName, PlaceName.organisation_id == Organisation.id)
        .where(Organisation.id.in_(ids))
        .order_by(Organisation.id)
    )


def has_alias(folded: list[str]) -> ColumnElement[bool]:
    return exists().where(
        PlaceName.organisation_id == Organisation.id, PlaceName.folded.in_(folded)
    )


def place_of(row: Row[*tuple[Any, ...]]) -> Place:
    return Place(
        id=row.id,
        kind=row.kind,
        unit_kind=row.unit_kind,
        name=row.name,
        short_name=row.short_name,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
