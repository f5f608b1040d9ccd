"""The tree of organisations as it stands on a day: who was called what, and stood where.

The row of an organisation says how it is now. What covers the day among its other names and
parents comes before that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from moderation.register import in_force
from portal.models import Organisation, OrganisationEra, Succession
from portal.text import fold, place_key
from portal.vocabulary import OrganisationKind, UnitKind

#: So many lines of one level are on a page.
PAGE = 50
#: A chain of parents is followed at most this far: a circle in bad data must end.
_DEEPEST = 64


class Unit(NamedTuple):
    """An organisation as it was on a day, and its own first and last day."""

    id: int
    kind: OrganisationKind
    unit_kind: UnitKind | None
    name: str
    short_name: str
    parent_id: int | None
    since: date
    until: date | None


class Era(NamedTuple):
    """A name and a parent, from a day to a day; the last one has no end while it holds."""

    name: str
    short_name: str
    parent_id: int | None
    since: date
    until: date | None
    #: Whether it is to come.
    planned: bool = False


def tree_on(session: Session, *, on: date) -> list[Unit]:
    """Every organisation of a day, under its name and its parent of that day, in one statement."""
    return [Unit(*row) for row in session.execute(_units(on))]


def unit_on(session: Session, *, organisation_id: int, on: date) -> Unit | None:
    """One organisation as it was on a day; nothing when it did not exist then."""
    row = session.execute(_units(on).where(Organisation.id == organisation_id)).one_or_none()
    return Unit(*row) if row else None


def units_on(session: Session, *, ids: Iterable[int], on: date) -> list[Unit]:
    """Those of these organisations that exist on a day, by kind and name."""
    rows = session.execute(_units(on).where(Organisation.id.in_(list(ids))))
    kinds = list(OrganisationKind)
    units = (Unit(*row) for row in rows)
    return sorted(units, key=lambda one: (kinds.index(one.kind), place_key(one.name)))


def named_on(
    session: Session,
    *,
    among: Select[int] | None,
    words: str,
    on: date,
    kinds: Collection[OrganisationKind] = (),
) -> list[Unit]:
    """Those of these organisations whose name of a day holds words, folded; one more than a page
    where there are more. Without ``among`` all are looked through, without ``kinds`` every kind.
    """
    rows = _units(on)
    if among is not None:
        rows = rows.where(Organisation.id.in_(among))
    if kinds:
        rows = rows.where(Organisation.kind.in_(list(kinds)))
    if wanted := fold(words).split():
        rows = rows.where(_is_named(session, wanted, on))
    rows = rows.order_by(Organisation.placed, Organisation.id).limit(PAGE + 1)
    return [Unit(*row) for row in session.execute(rows)]


def children_on(
    session: Session,
    *,
    parent_id: int,
    on: date,
    after: int | None = None,
    size: int = PAGE,
    kinds: Collection[OrganisationKind] = (),
) -> list[Unit]:
    """The organisations directly below one on a day, by name, one more than ``size`` where there
    are more; those that come ``after`` one of them.
    """
    rows = _units(on).where(_is_below(parent_id))
    if kinds:
        rows = rows.where(Organisation.kind.in_(list(kinds)))
    place = tuple_(Organisation.placed, Organisation.id)
    anchor = session.get(Organisation, after) if after is not None else None
    if anchor is not None:
        rows = rows.where(place > tuple_(anchor.placed, anchor.id))
    rows = rows.order_by(Organisation.placed, Organisation.id).limit(size + 1)
    return [Unit(*row) for row in session.execute(rows)]


def line_on(session: Session, *, unit: Unit, on: date) -> list[Unit]:
    """The organisations above one on a day, the highest first."""
    found: list[Unit] = []
    parent = unit.parent_id
    while parent is not None and len(found) < _DEEPEST:
        above = unit_on(session, organisation_id=parent, on=on)
        if above is None:
            break
        found.append(above)
        parent = above.parent_id
    return found[::-1]


def eras_of(session: Session, *, organisation: Organisation) -> list[Era]:
    """Every name and parent that an organisation had, has, or will have, the oldest first."""
    rows = session.scalars(
        select(OrganisationEra)
        .where(OrganisationEra.organisation_id == organisation.id)
        .order_by(OrganisationEra.valid_from)
    ).all()
    past = [row for row in rows if row.valid_to is not None]
    planned = [row for row in rows if row.valid_to is None]
    until = planned[0].valid_from - timedelta(days=1) if planned else organisation.valid_to
    now = Era(
        *(organisation.name, organisation.short_name, organisation.parent_id),
        *(since_of(organisation, past), until),
    )
    return [
        *(Era(e.name, e.short_name, e.parent_id, e.valid_from, e.valid_to) for e in past),
        now,
        *(
            Era(e.name, e.short_name, e.parent_id, e.valid_from, organisation.valid_to, True)
            for e in planned
        ),
    ]


def since_of(organisation: Organisation, past: Iterable[OrganisationEra]) -> date:
    """Since when an organisation has the name and the parent that its row says."""
    ends = [era.valid_to for era in past if era.valid_to is not None]
    return max(ends) + timedelta(days=1) if ends else organisation.valid_from


def successions_of(
    session: Session, *, organisation_id: int
) -> tuple[list[Organisation], list[Organisation]]:
    """What an organisation came from, and what took over from it."""

    def others(own: Any, other: Any) -> list[Organisation]:
        rows = select(Organisation).join(Succession, other == Organisation.id)
        return list(session.scalars(rows.where(own == organisation_id).order_by(Organisation.id)))

    return (
        others(Succession.new_id, Succession.old_id),
        others(Succession.old_id, Succession.new_id),
    )


def _units(on: date) -> Select[Any]:
    """Every organisation of a day with its name and its parent of that day."""
    era = _ERA
    covers = and_(era.organisation_id == Organisation.id, in_force(era, on))
    other = era.id.is_not(None)
    return (
        select(
            *(Organisation.id, Organisation.kind, Organisation.unit_kind),
            func.coalesce(era.name, Organisation.name),
            func.coalesce(era.short_name, Organisation.short_name),
            case((other, era.parent_id), else_=Organisation.parent_id),
            *(Organisation.valid_from, Organisation.valid_to),
        )
        .outerjoin(era, covers)
        .where(in_force(Organisation, on))
    )


def _is_named(session: Session, wanted: Collection[str], on: date) -> ColumnElement[bool]:
    """That an organisation was called so on a day, by folded words.

    Another name than today's has no folded column: those of the day are folded here. They are few,
    and of today there are none.
    """
    then = session.execute(
        select(OrganisationEra.organisation_id, OrganisationEra.name).where(
            in_force(OrganisationEra, on)
        )
    )
    ids = [number for number, name in then if all(word in fold(name) for word in wanted)]
    now = (Organisation.folded.contains(word, autoescape=True) for word in wanted)
    return or_(and_(_ERA.id.is_(None), *now), Organisation.id.in_(ids))


def _is_below(parent_id: int) -> ColumnElement[bool]:
    """That an organisation stood directly below one on the day; both ways along an index."""
    return or_(
        and_(_ERA.id.is_(None), Organisation.parent_id == parent_id), _ERA.parent_id == parent_id
    )


_ERA = aliased(OrganisationEra)
