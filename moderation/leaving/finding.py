"""One entry as somebody may see it: in one statement, and the same refusal for every reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from moderation.access import Person
from moderation.leaving.scope import Powers, area_of, not_hidden, powers_over
from moderation.register import in_force
from portal.models import Excusal, Member, Membership, Organisation, Post, Transfer
from portal.vocabulary import CELLS, MembershipKind


class NotThere(Exception):
    """There is no such entry for this person; whether there is one at all is not told."""


@dataclass(frozen=True)
class FoundExcusal:
    """An excusal with whom it is about, and what the person who asked may do about it."""

    excusal: Excusal
    member: Member
    cell: Organisation
    powers: Powers


@dataclass(frozen=True)
class FoundTransfer:
    """A transfer with both ends. ``here`` is what the person may do where it begins, ``there``
    where it leads to.
    """

    transfer: Transfer
    member: Member
    cell: Organisation
    to: Organisation | None
    here: Powers
    there: Powers


def find_excusal(
    session: Session, *, by: Person, excusal_id: int, locked: bool = False
) -> FoundExcusal:
    """An excusal that somebody may see. Raises NotThere."""
    wanted = excusals_seen(by).where(Excusal.id == excusal_id)
    row = session.execute(_held(wanted, Excusal) if locked else wanted).one_or_none()
    if row is None:
        raise NotThere
    excusal, member, cell = row
    return FoundExcusal(excusal, member, cell, powers_over(by, cell.path))


def find_transfer(
    session: Session, *, by: Person, transfer_id: int, locked: bool = False
) -> FoundTransfer:
    """A transfer that somebody may see, from either end. Raises NotThere."""
    wanted = transfers_seen(by).where(Transfer.id == transfer_id)
    row = session.execute(_held(wanted, Transfer) if locked else wanted).one_or_none()
    if row is None:
        raise NotThere
    transfer, member, cell, to = row
    there = powers_over(by, to.path) if to is not None else Powers()
    return FoundTransfer(transfer, member, cell, to, powers_over(by, cell.path), there)


def find_member(
    session: Session, *, by: Person, member_id: UUID, on: date
) -> tuple[Member, Organisation]:
    """A member of a cell in somebody's area, and the cell. Raises NotThere."""
    row = session.execute(
        _members(by, on).where(Member.id == member_id).order_by(Membership.id.desc()).limit(1)
    ).one_or_none()
    if row is None:
        raise NotThere
    return row[0], row[1]


def members_of(session: Session, *, by: Person, cell_id: int, on: date) -> list[Member]:
    """The members of a cell about whom somebody may write something down, by name."""
    rows = session.execute(
        _members(by, on).where(Organisation.id == cell_id).order_by(Member.placed, Member.id)
    )
    return [row[0] for row in rows]


def cells_of(session: Session, *, by: Person, on: date) -> list[Organisation]:
    """The cells of today in somebody's area."""
    return list(
        session.scalars(
            select(Organisation)
            .where(
                Organisation.id.in_(area_of(by)),
                Organisation.kind.in_(CELLS),
                in_force(Organisation, on),
            )
            .order_by(Organisation.placed, Organisation.id)
        )
    )


def posts_held(session: Session, *, member_id: UUID, on: date) -> list[tuple[Post, Organisation]]:
    """The posts that a member holds on a day, and where; a transfer ends none of them."""
    rows = session.execute(
        select(Post, Organisation)
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.member_id == member_id, in_force(Post, on))
        .order_by(Post.valid_from, Post.id)
    )
    return [(post, place) for post, place in rows]


def excusals_seen(by: Person) -> Select[*tuple[Any, ...]]:
    """The excusals that somebody may see, with the member and the cell."""
    return (
        select(Excusal, Member, Organisation)
        .join(Member, Member.id == Excusal.member_id)
        .join(Organisation, Organisation.id == Excusal.organisation_id)
        .where(Excusal.organisation_id.in_(area_of(by)), not_hidden(by, Excusal.member_id))
    )


def transfers_seen(by: Person) -> Select[*tuple[Any, ...]]:
    """The transfers that somebody may see from either end, with the member and both cells."""
    to = aliased(Organisation)
    area = area_of(by)
    return (
        select(Transfer, Member, Organisation, to)
        .join(Member, Member.id == Transfer.member_id)
        .join(Organisation, Organisation.id == Transfer.from_id)
        .outerjoin(to, to.id == Transfer.to_id)
        .where(
            or_(Transfer.from_id.in_(area), Transfer.to_id.in_(area)),
            not_hidden(by, Transfer.member_id),
        )
    )


def _members(by: Person, on: date) -> Select[*tuple[Any, ...]]:
    """The members with a home in somebody's area on a day, and their cells."""
    return (
        select(Member, Organisation)
        .join(Membership, Membership.member_id == Member.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.kind == MembershipKind.HOME,
            in_force(Membership, on),
            Membership.organisation_id.in_(area_of(by)),
            not_hidden(by, Member.id),
        )
    )


def _held(
    wanted: Select[*tuple[Any, ...]], table: type[Excusal] | type[Transfer]
) -> Select[*tuple[Any, ...]]:
    """The same, held until the transaction ends."""
    return wanted.with_for_update(key_share=True, of=table).execution_options(
        populate_existing=True
    )
