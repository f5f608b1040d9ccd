"""Which places a form offers: those near by at first, and those whose name was looked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import Select
from sqlalchemy.orm import Session

from moderation.registering import tree
from moderation.registering.tree import Unit
from portal.fields import OneOf
from portal.models import Organisation
from portal.vocabulary import OrganisationKind

#: More than these are no list to choose from; whoever wants another one looks for it.
_MOST = 30


def offer(
    field: OneOf,
    session: Session,
    *,
    near: Iterable[Unit],
    words: str,
    among: Select[int] | None,
    on: date,
    kinds: Collection[OrganisationKind] = (),
) -> dict[str, str]:
    """Let a field offer places; return of each the level above it, as a second line.

    Where all stand below the same one nothing is said.
    """
    units = (
        tree.named_on(session, among=among, words=words, on=on, kinds=kinds)
        if words
        else list(near)
    )[:_MOST]
    field.answers = {str(unit.id): unit.name for unit in units}
    above = {unit.parent_id for unit in units if unit.parent_id is not None}
    if len(above) < 2:
        return {}
    names = {one.id: one.name for one in tree.units_on(session, ids=above, on=on)}
    return {str(unit.id): names.get(unit.parent_id or 0, "") for unit in units}


def beside(
    session: Session, *, organisation: Organisation, on: date, kinds: Collection[OrganisationKind]
) -> list[Unit]:
    """The organisations of these kinds that stand beside one, itself among them."""
    if organisation.parent_id is None:
        return []
    units = tree.children_on(session, parent_id=organisation.parent_id, on=on)
    return [unit for unit in units if unit.kind in kinds]


def around(session: Session, *, organisation: Organisation, on: date) -> list[Unit]:
    """An organisation, those above it, and the commissions beside them."""
    own = tree.unit_on(session, organisation_id=organisation.id, on=on)
    if own is None:
        return []
    found = [own]
    for level in reversed(tree.line_on(session, unit=own, on=on)):
        found.append(level)
        found += tree.children_on(
            session, parent_id=level.id, on=on, kinds=(OrganisationKind.COMMISSION,)
        )
    return found
