"""Who is competent for what the portal does not handle: names and addresses that staff keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Authority
from portal.vocabulary import Matter


@dataclass(frozen=True)
class Competent:
    """One authority as a resident reads it; what is not known is empty."""

    id: int
    name: str
    address: str
    telephone: str
    hours: str
    note: str
    matters: frozenset[str]

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands below its name, line by line."""
        return tuple(each for each in (self.address, self.hours, self.note) if each)


def read_authorities(session: Session) -> tuple[Competent, ...]:
    """Every authority in its order, in one statement."""
    table = Authority
    rows = session.execute(
        select(
            table.id,
            table.name,
            table.address,
            table.telephone,
            table.hours,
            table.note,
            table.matters,
        ).order_by(table.place, table.id)
    )
    return tuple(
        Competent(
            row.id,
            row.name,
            row.address,
            row.telephone,
            row.hours,
            row.note,
            frozenset(row.matters),
        )
        for row in rows
    )


def competent_for(known: Iterable[Competent], matter: Matter) -> tuple[Competent, ...]:
    """Those that are named for a matter."""
    return tuple(each for each in known if matter.value in each.matters)
