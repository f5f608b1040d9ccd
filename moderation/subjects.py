"""The member whom a case is about, told apart by year of birth and cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from moderation.papers import Body
from portal.models import Member, Membership, Organisation
from portal.vocabulary import MembershipKind


@dataclass(frozen=True)
class Subject:
    """A member as a case page names them; ``cell`` is empty when none is known."""

    member_id: UUID
    name: str
    birth_year: int
    cell: str


def read_subject(session: Session, *, paper: Body | None, today: date) -> Subject | None:
    """The member that a paper names, with the newest home cell, in one statement."""
    if paper is None:
        return None
    row = session.execute(
        select(Member.id, Member.name, Member.birth_year, Organisation.name)
        .outerjoin(
            Membership,
            and_(
                Membership.member_id == Member.id,
                Membership.kind == MembershipKind.HOME,
                Membership.valid_from <= today,
            ),
        )
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Member.id == UUID(paper["member_id"]))
        .order_by(Membership.valid_from.desc(), Membership.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return Subject(row[0], row[1], row[2], row[3] or "")
