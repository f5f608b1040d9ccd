"""What stands on the page of one account: its roles, its ties, its link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from moderation.access import Person
from moderation.administering.scope import inside
from moderation.register import in_force
from portal.models import (
    Account,
    Grant,
    Invitation,
    Member,
    Membership,
    Organisation,
    Tie,
)
from portal.vocabulary import MembershipKind, OrganisationKind, Role


@dataclass(frozen=True)
class Known:
    """A member as an administrator tells them apart; ``cell`` is empty when none is known."""

    member_id: UUID
    name: str
    birth_year: int
    cell: str
    since: datetime | None = None


@dataclass(frozen=True)
class Given:
    """A role of an account, with who gave it and who took it away."""

    id: int
    role: Role
    kind: OrganisationKind
    place: str
    since: date
    given_by: str
    confirmed_by: str
    holds: bool
    ended_at: datetime | None
    ended_by: str
    #: Whether the reader may take it away.
    reachable: bool


@dataclass(frozen=True)
class Invited:
    """The last link of an account."""

    by: str
    at: datetime
    expires_at: datetime
    used_at: datetime | None
    open: bool


def roles_of(session: Session, *, account_id: int, by: Person, today: date) -> list[Given]:
    """Every role an account holds or held, the newest first."""
    giver, second, ender = aliased(Account), aliased(Account), aliased(Account)
    rows = session.execute(
        select(
            Grant,
            Organisation.kind,
            Organisation.short_name,
            giver.name,
            second.name,
            ender.name,
            in_force(Grant, today),
            Grant.organisation_id.in_(inside(by)),
        )
        .join(Organisation, Organisation.id == Grant.organisation_id)
        .outerjoin(giver, giver.id == Grant.granted_by_id)
        .outerjoin(second, second.id == Grant.confirmed_by_id)
        .outerjoin(ender, ender.id == Grant.ended_by_id)
        .where(Grant.account_id == account_id)
        .order_by(Grant.valid_from.desc(), Grant.id.desc())
    )
    return [
        Given(
            id=grant.id,
            role=grant.role,
            kind=kind,
            place=place,
            since=grant.valid_from,
            given_by=given_by or "",
            confirmed_by=confirmed_by or "",
            holds=bool(holds),
            ended_at=grant.ended_at,
            ended_by=ended_by or "",
            reachable=bool(reachable),
        )
        for grant, kind, place, given_by, confirmed_by, ended_by, holds, reachable in rows
    ]


def ties_of(session: Session, *, account_id: int, today: date) -> list[Known]:
    """The members to whom an account is tied, told apart by birth year and cell."""
    since = {
        row.member_id: row.declared_at
        for row in session.scalars(select(Tie).where(Tie.account_id == account_id))
    }
    return [
        Known(one.member_id, one.name, one.birth_year, one.cell, since[one.member_id])
        for one in known_members(session, ids=since, today=today)
    ]


def known_members(session: Session, *, ids: Iterable[UUID], today: date) -> list[Known]:
    """These members with their newest home cells, by name, in one statement."""
    begun = and_(
        Membership.member_id == Member.id,
        Membership.kind == MembershipKind.HOME,
        Membership.valid_from <= today,
    )
    rows = session.execute(
        select(Member.id, Member.name, Member.birth_year, Organisation.name)
        .outerjoin(Membership, begun)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Member.id.in_(list(ids)))
        .order_by(Member.placed, Member.id, Membership.valid_from, Membership.id)
    )
    return list({row[0]: Known(row[0], row[1], row[2], row[3] or "") for row in rows}.values())


def last_link(session: Session, *, account_id: int, at: datetime) -> Invited | None:
    """The newest link of an account."""
    row = session.execute(
        select(Invitation, Account.name)
        .outerjoin(Account, Account.id == Invitation.invited_by_id)
        .where(Invitation.account_id == account_id)
        .order_by(Invitation.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    link, by = row
    live = link.used_at is None and link.revoked_at is None and link.expires_at > at
    return Invited(by or "", link.invited_at, link.expires_at, link.used_at, live)
