"""Whose absences and transfers somebody sees, and what they may do about them: one rule for all.

A committee sees those of its own cell or of every cell below it, a registrar those of their area;
nobody sees their own entry, or that of a member to whom they are tied.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, union
from sqlalchemy.orm import InstrumentedAttribute

from moderation.access import Person
from moderation.register import below, line
from portal.models import Account, Tie
from portal.vocabulary import Role


@dataclass(frozen=True)
class Powers:
    """What somebody may do about an entry of one cell.

    ``tends``: propose, take back, write down; ``decides``: say yes or no, as the level above;
    ``records``: write down what happened to a transfer; ``reads``: read why somebody is excused.
    """

    tends: bool = False
    decides: bool = False
    records: bool = False

    @property
    def reads(self) -> bool:
        """Whether the reason is theirs to read."""
        return self.tends or self.decides


def area_of(person: Person) -> Select[int]:
    """The ids of the organisations whose entries somebody sees, unless they are hidden."""
    return below(
        [*person.organisations(Role.COMMITTEE), *person.organisations(Role.REGISTRAR)],
    )


def not_hidden(
    person: Person, member_id: InstrumentedAttribute[UUID] | ColumnElement[UUID]
) -> ColumnElement[bool]:
    """That a member is neither the person, nor somebody to whom they declared a tie."""
    tied = select(Tie.member_id).where(Tie.account_id == person.account_id)
    own = select(Account.member_id).where(
        Account.id == person.account_id, Account.member_id.is_not(None)
    )
    return member_id.not_in(union(tied, own).subquery().select())


def powers_over(person: Person, path: str) -> Powers:
    """What somebody may do about an entry of the cell with this path.

    Design rule: the cell proposes and keeps the papers, a committee above it decides. Where a cell
    has nobody else, a level above proposes for it, and another person decides.
    """
    upwards = line(path)
    sits = set(person.organisations(Role.COMMITTEE)) & set(upwards)
    keeps = set(person.organisations(Role.REGISTRAR)) & set(upwards)
    return Powers(
        tends=bool(sits),
        decides=bool(sits & set(upwards[:-1])),
        records=bool(sits or keeps),
    )
