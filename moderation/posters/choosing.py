"""For which places there are posters: every commune and ward, and the neighbourhoods in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.register import below, in_force
from portal.installation import Unit
from portal.models import Organisation
from portal.text import place_key
from portal.vocabulary import CELLS, UnitKind


@dataclass(frozen=True)
class Spot:
    """Where a poster hangs: a commune or ward, or one neighbourhood in it, known by its cell."""

    unit: Unit
    id: int | None = None
    neighbourhood: str = ""


def spots(session: Session, *, unit: Unit, on: date) -> list[Spot]:
    """The commune or ward itself, then its neighbourhoods of a day in Vietnamese order."""
    rows = session.execute(
        select(Organisation.id, Organisation.short_name).where(
            Organisation.id.in_(below([unit.id])),
            Organisation.kind.in_(CELLS),
            Organisation.unit_kind == UnitKind.RESIDENTIAL,
            in_force(Organisation, on),
        )
    )
    inside = [Spot(unit, row.id, _where(row.short_name)) for row in rows]
    return [Spot(unit), *sorted(inside, key=lambda spot: place_key(spot.neighbourhood))]


def pick(found: Sequence[Spot], number: int | None) -> list[Spot]:
    """The one of these that has this number, the commune itself having none; or nothing."""
    return [each for each in found if each.id == number]


def _where(cell: str) -> str:
    """What people call the place of a cell: "Khối 7" of "Chi bộ khối 7"."""
    name = cell.removeprefix("Chi bộ ").strip() or cell
    return name[:1].upper() + name[1:]
