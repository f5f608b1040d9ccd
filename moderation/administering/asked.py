"""What waits for a second administrator, and what was ever asked about an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select
from sqlalchemy.orm import Session, aliased

from moderation.access import Person
from moderation.administering.requesting import is_before, is_open
from moderation.office import Office
from portal.models import Account, AccountRequest, Member, Organisation
from portal.models.administration import Outcome, RequestKind
from portal.vocabulary import OrganisationKind, Role


@dataclass(frozen=True)
class Asked:
    """A request with everything that the second person must know."""

    id: int
    kind: RequestKind
    account_id: int
    name: str
    role: Role | None
    place_kind: OrganisationKind | None
    place: str
    member: str
    reason: str
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    outcome: Outcome | None
    decided_by: str
    decided_at: datetime | None
    own: bool


def requests_before(session: Session, *, by: Person, office: Office) -> list[Asked]:
    """What waits for a second administrator and lies before this one, the oldest first."""
    return _asked(session, by, is_before(by, office), newest_first=False)


def count_waiting(session: Session, *, by: Person, office: Office) -> int:
    """How many requests wait for this administrator's answer."""
    waiting = select(func.count()).where(
        is_before(by, office), AccountRequest.asked_by_id != by.account_id
    )
    return session.scalar(waiting) or 0


def requests_about(session: Session, *, account_id: int, by: Person) -> list[Asked]:
    """Everything that was ever asked about an account, the newest first."""
    return _asked(session, by, AccountRequest.account_id == account_id, newest_first=True)


def open_about(session: Session, *, account_id: int, by: Person, office: Office) -> list[Asked]:
    """What is being asked about an account now, for its owner to see."""
    about = and_(AccountRequest.account_id == account_id, is_open(office))
    return _asked(session, by, about, newest_first=True)


def _asked(
    session: Session, by: Person, wanted: ColumnElement[bool], *, newest_first: bool
) -> list[Asked]:
    asker, decider = aliased(Account), aliased(Account)
    order = AccountRequest.id.desc() if newest_first else AccountRequest.id
    rows = session.execute(
        select(
            AccountRequest,
            Account.name,
            Organisation.kind,
            Organisation.short_name,
            Member.name,
            Member.birth_year,
            asker.name,
            decider.name,
        )
        .join(Account, Account.id == AccountRequest.account_id)
        .join(asker, asker.id == AccountRequest.asked_by_id)
        .outerjoin(decider, decider.id == AccountRequest.decided_by_id)
        .outerjoin(Organisation, Organisation.id == AccountRequest.organisation_id)
        .outerjoin(Member, Member.id == AccountRequest.member_id)
        .where(wanted)
        .order_by(order)
    )
    return [_told(row, by) for row in rows]


def _told(row: Row[*tuple[Any, ...]], by: Person) -> Asked:
    """One request as somebody reads it."""
    request, name, kind, place, member, year, asked_by, decided_by = row
    return Asked(
        id=request.id,
        kind=request.kind,
        account_id=request.account_id,
        name=name,
        role=request.role,
        place_kind=kind,
        place=place or "",
        member=f"{member}, {year}" if member else "",
        reason=request.reason,
        asked_by=asked_by,
        asked_at=request.asked_at,
        expires_at=request.expires_at,
        outcome=request.outcome,
        decided_by=decided_by or "",
        decided_at=request.decided_at,
        own=request.asked_by_id == by.account_id,
    )
