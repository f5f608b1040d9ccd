"""What is written down about an account: its grants, its ties, and what it has to do with a case.

Every page of the staff asks for this, so the statements are made ready once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, false, null, select, true, type_coerce, union_all
from sqlalchemy.orm import Session

from moderation.register import in_force
from portal.models import Case, CasePart, Exclusion, Grant, Organisation, Post, Tie
from portal.models.case import Part
from portal.prepared import Prepared, numbered
from portal.vocabulary import OrganisationKind, Role

_COMMISSIONS = frozenset({OrganisationKind.COMMISSION})
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


def tied_to_case(
    session: Session, *, case: Case, account_id: int, marks: Iterable[bytes]
) -> tuple[dict[int, str], frozenset[Part], bool, dict[int, str]]:
    """Where the desk, the handler and the decider of a case lie, what this account did on it, and
    whether one of these marks lies on it; last which of the places are no commission. In one
    statement.
    """
    hiding = numbered("mark", sorted(marks))
    rows = _asked(tuple(hiding)).rows(
        session,
        case_id=case.id,
        account_id=account_id,
        desk_id=case.desk_id,
        handler_id=case.handler_id,
        decider_id=case.decider_id,
        **hiding,
    )
    return (
        {row.place: row.path for row in rows if row.place},
        frozenset(row.part for row in rows if row.part),
        any(row.hidden for row in rows),
        {
            row.place: row.path
            for row in rows
            if row.place and row.kind is not OrganisationKind.COMMISSION
        },
    )


@lru_cache(maxsize=64)
def _asked(marks: tuple[str, ...]) -> Prepared:
    """The statement for somebody with marks of so many names, made ready."""
    case_id: Any = bindparam("case_id")
    account_id: Any = bindparam("account_id")
    no_part = type_coerce(null(), CasePart.part.type)
    concerned: list[Any] = [bindparam(name) for name in ("desk_id", "handler_id", "decider_id")]
    hiding = [bindparam(name, type_=Exclusion.mark.type) for name in marks]
    places = select(
        Organisation.id.label("place"),
        Organisation.path.label("path"),
        Organisation.kind.label("kind"),
        no_part.label("part"),
        false().label("hidden"),
    ).where(Organisation.id.in_(concerned))
    did = select(null(), null(), null(), CasePart.part, false()).where(
        CasePart.case_id == case_id, CasePart.account_id == account_id
    )
    if not hiding:
        return Prepared(union_all(places, did))
    marked = select(null(), null(), null(), null(), true()).where(
        exists().where(Exclusion.case_id == case_id, Exclusion.mark.in_(hiding))
    )
    return Prepared(union_all(places, did, marked))
