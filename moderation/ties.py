"""What is written down about an account: its grants, and the members that it is tied to.

Every page of the staff asks for this, so the statements are made ready once.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from moderation.register import in_force
from portal.models import Grant, Organisation, Post, Tie
from portal.prepared import Prepared
from portal.vocabulary import OrganisationKind, Role

_ON: Any = bindparam("on", type_=Grant.valid_from.type)
_GRANTS = Prepared(
    select(Grant.role, Grant.organisation_id, Organisation.kind)
    .join(Organisation, Organisation.id == Grant.organisation_id)
    .where(Grant.account_id == bindparam("account_id"), in_force(Grant, _ON))
)
_TIES = Prepared(select(Tie.member_id).where(Tie.account_id == bindparam("account_id")))
_POSTS = Prepared(
    select(Post.organisation_id, Post.title).where(Post.member_id == bindparam("member_id"))
)


def grants_of(
    session: Session, *, account_id: int, on: date
) -> list[tuple[Role, int, OrganisationKind]]:
    """The roles of an account on a day: which, at which organisation, and of which kind that is."""
    return _GRANTS.rows(session, account_id=account_id, on=on)


def members_tied_to(session: Session, *, account_id: int) -> set[UUID]:
    """The members with whom an account declared a tie."""
    return {row.member_id for row in _TIES.rows(session, account_id=account_id)}


def committees_ever_of(session: Session, *, member_id: UUID) -> set[int]:
    """Every organisation on whose committee a member ever sat: when in doubt, hide."""
    rows = _POSTS.rows(session, member_id=member_id)
    return {row.organisation_id for row in rows if row.title.on_committee}
