"""On what the portal rests: documents that somebody has compared with their text, in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.models import LegalBasis
from portal.vocabulary import BasisUse


@dataclass(frozen=True)
class Basis:
    """One document as it is printed."""

    code: str
    title: str
    url: str
    uses: frozenset[str]

    @property
    def line(self) -> str:
        """Its number and its title, as it is quoted."""
        return f"{self.code}, {self.title}"


def read_bases(session: Session, *, on: date) -> tuple[Basis, ...]:
    """The documents in force on a day, the oldest first, in one statement.

    Design rule: what nobody has compared with its text is not among them, for it is not stated as
    law to anybody outside.
    """
    table = LegalBasis
    rows = session.execute(
        select(table.code, table.title, table.url, table.uses)
        .where(
            table.verified_on.is_not(None),
            table.effective_from <= on,
            or_(table.effective_to.is_(None), table.effective_to >= on),
        )
        .order_by(table.effective_from, table.code)
    )
    return tuple(Basis(row.code, row.title, row.url, frozenset(row.uses)) for row in rows)


def printed_for(known: Iterable[Basis], use: BasisUse) -> tuple[Basis, ...]:
    """Those that are printed there."""
    return tuple(each for each in known if use.value in each.uses)
