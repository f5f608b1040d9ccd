"""Reading the register: who sits where, since when, and what took over from what.

Everything here is effective-dated: responsible is who is so on the day asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from portal.models import (
    Account,
    Grant,
    Membership,
    Organisation,
    OrganisationEra,
    Post,
    Setting,
    Standing,
    Succession,
)
from portal.text import place_key
from portal.vocabulary import CELLS, MembershipKind, OrganisationKind, Role

#: Successions are followed at most this far: a circle in bad data must end.
_LONGEST_CHAIN = 12


INTAKE = "intake_organisation"

Dated = (
    type[Grant]
    | type[Post]
    | type[Membership]
    | type[Standing]
    | type[Organisation]
    | type[OrganisationEra]
)


def in_force(table: Dated, on: date) -> ColumnElement[bool]:
    """Whether an effective-dated row holds on a day; both ends count."""
    return and_(table.valid_from <= on, or_(table.valid_to.is_(None), table.valid_to >= on))


def held_ever(table: Dated) -> ColumnElement[bool]:
    """Whether a row holds on any day at all: a wrong entry that was taken back holds on none."""
    return or_(table.valid_to.is_(None), table.valid_to >= table.valid_from)


def below(organisation_ids: Iterable[int]) -> Select[int]:
    """The ids of these organisations and of all below them, whenever they existed."""
    top, under = aliased(Organisation), aliased(Organisation)
    return (
        select(under.id)
        .join(top, under.path.startswith(top.path))
        .where(top.id.in_(organisation_ids))
    )


def places_of_today(
    session: Session, *, among: Select[int], on: date, cells: bool = True
) -> list[Organisation]:
    """Those of these organisations that exist on a day, the highest levels first, for a list."""
    wanted = select(Organisation).where(Organisation.id.in_(among), in_force(Organisation, on))
    if not cells:
        wanted = wanted.where(Organisation.kind.not_in(CELLS))
    levels = list(OrganisationKind)
    return sorted(
        session.scalars(wanted), key=lambda place: (levels.index(place.kind), place_key(place.name))
    )


def line(path: str) -> tuple[int, ...]:
    """The ids of an organisation and everything above it, from the root down."""
    return tuple(int(step) for step in path.split(".") if step)


def intake(session: Session) -> Organisation:
    """The organisation that takes what has no known place."""
    value = session.execute(
        select(Setting.value).where(Setting.name == INTAKE)
    ).scalar_one_or_none()
    found = session.get(Organisation, int(value)) if value else None
    if found is not None:
        return found
    return (
        session.scalars(
            select(Organisation).where(Organisation.parent_id.is_(None)).order_by(Organisation.id)
        ).first()
        or _no_root()
    )


def today_of(session: Session, *, organisation_id: int, on: date) -> list[Organisation]:
    """The organisation if it exists on the day, else what succeeded it, step by step."""
    waiting, found, seen = [organisation_id], [], set[int]()
    for _step in range(_LONGEST_CHAIN):
        rows = session.scalars(select(Organisation).where(Organisation.id.in_(waiting))).all()
        found += [row for row in rows if exists_on(row, on)]
        ended = [row.id for row in rows if not exists_on(row, on)]
        seen |= set(waiting)
        waiting = [
            new
            for new in session.scalars(
                select(Succession.new_id).where(Succession.old_id.in_(ended))
            )
            if new not in seen
        ]
        if not waiting:
            break
    return found


def cell_of(
    session: Session, *, member_id: UUID, kind: MembershipKind, on: date
) -> Organisation | None:
    """The cell that a member belongs to on a day, through successors when it has ended.

    For somebody who has left since, the last cell counts: it is still the one that answers.
    """
    membership = session.scalars(
        select(Membership)
        .where(
            Membership.member_id == member_id,
            Membership.kind == kind,
            Membership.valid_from <= on,
            held_ever(Membership),
        )
        .order_by(Membership.valid_from.desc(), Membership.id.desc())
    ).first()
    if membership is None:
        return None
    now = today_of(session, organisation_id=membership.organisation_id, on=on)
    return now[0] if len(now) == 1 else None


def committees_of(session: Session, *, member_id: UUID, days: Iterable[date]) -> set[int]:
    """The organisations on whose committee a member sat on any of these days, for who must not see.

    A post counts until its end was entered, so that an end dated back opens nothing; so does one
    that was taken back as wrong. An organisation counts with all that took over from it, or will.
    """
    posts = session.scalars(
        select(Post).where(
            Post.member_id == member_id, or_(*(counts_on(moment) for moment in days))
        )
    )
    direct = {post.organisation_id for post in posts if post.title.on_committee}
    return direct | heirs_ever(session, organisation_ids=direct)


def heirs_ever(session: Session, *, organisation_ids: Iterable[int]) -> set[int]:
    """All that took over from these organisations, or from those that did, whenever that is."""
    found: set[int] = set()
    waiting = set(organisation_ids)
    while waiting:
        heirs = session.scalars(select(Succession.new_id).where(Succession.old_id.in_(waiting)))
        waiting = set(heirs) - found
        found |= waiting
    return found


def above(session: Session, *, organisation: Organisation, on: date) -> Organisation | None:
    """The level directly above an organisation, as it stands on the day."""
    if organisation.parent_id is None:
        return None
    found = today_of(session, organisation_id=organisation.parent_id, on=on)
    return found[0] if len(found) == 1 else None


def commission_of(session: Session, *, organisation: Organisation, on: date) -> Organisation | None:
    """The inspection commission of an organisation or of the nearest level above it."""
    for level in reversed(line(organisation.path)):
        found = session.scalars(
            select(Organisation).where(
                Organisation.parent_id == level,
                Organisation.kind == OrganisationKind.COMMISSION,
                in_force(Organisation, on),
            )
        ).first()
        if found is not None:
            return found
    return None


def accounts_at(
    session: Session, *, organisation_ids: Iterable[int], role: Role, on: date
) -> list[Account]:
    """The active accounts that hold a role exactly at one of these organisations."""
    return list(
        session.scalars(
            select(Account)
            .join(Grant, Grant.account_id == Account.id)
            .where(
                Grant.role == role,
                Grant.organisation_id.in_(list(organisation_ids)),
                in_force(Grant, on),
                Account.active.is_(True),
            )
            .distinct()
        )
    )


def exists_on(organisation: Organisation, on: date) -> bool:
    """Whether an organisation exists on a day."""
    return organisation.valid_from <= on and (
        organisation.valid_to is None or organisation.valid_to >= on
    )


def counts_on(day: date) -> ColumnElement[bool]:
    """Whether somebody sat in a post on a day, or the portal still took them to."""
    return or_(in_force(Post, day), and_(Post.valid_from <= day, Post.ended_on >= day))


def _no_root() -> Organisation:
    """Say clearly that the register is empty."""
    raise LookupError("There is no organisation yet: load the register or the sample data.")
