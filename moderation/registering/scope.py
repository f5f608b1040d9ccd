"""What a registrar sees of the register and may change: one rule for pages and for verbs.

A role holds at an organisation and below it. Posts and cells decide from whom a case is hidden and
who handles it, so there are entries that nobody makes for themselves.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from moderation.access import Person
from moderation.administering.scope import NotYours
from moderation.register import below, held_ever, line
from moderation.ties import committees_ever_of, members_tied_to
from portal.models import Account, Member, Membership, Organisation, Post
from portal.vocabulary import MembershipKind, Role

#: Who holds one of these sees something of cases where they hold it.
READS_CASES = frozenset({Role.MODERATOR, Role.COMMITTEE, Role.CUSTODIAN, Role.AUDITOR})


class OwnInterest(Exception):
    """The entry concerns the person who makes it; another registrar has to."""


class ChangedMeanwhile(Exception):
    """Somebody else has changed the entry since the page was opened."""


class Seen(NamedTuple):
    """A member whom a registrar sees, and whether they keep the entry or only read it."""

    member: Member
    managed: bool


def inside(by: Person) -> Select[int]:
    """The ids of the organisations at or below which somebody is registrar, whenever they exist."""
    return below(by.organisations(Role.REGISTRAR))


def find_organisation(
    session: Session, *, by: Person, organisation_id: int, locked: bool = False
) -> Organisation:
    """An organisation that a registrar keeps. Raises NotYours."""
    wanted: Select[*tuple[Any, ...]] = select(Organisation).where(
        Organisation.id == organisation_id, Organisation.id.in_(inside(by))
    )
    found: Organisation | None = session.scalars(_held(wanted) if locked else wanted).one_or_none()
    if found is None:
        raise NotYours
    return found


def open_organisation(
    session: Session, *, by: Person, organisation_id: int, seen: int
) -> Organisation:
    """An organisation to be changed by whoever keeps the register above it, held until the commit.

    Raises NotYours, and ChangedMeanwhile when it is not any more as it was ``seen``.
    """
    found = find_organisation(session, by=by, organisation_id=organisation_id, locked=True)
    if not is_above(by, found):
        raise NotYours
    if found.version != seen:
        raise ChangedMeanwhile
    return found


def is_above(by: Person, organisation: Organisation) -> bool:
    """Whether somebody is registrar above an organisation, not merely of it.

    What an organisation is called, where it stands and whether it exists is entered from above.
    """
    above = set(line(organisation.path)[:-1]) if organisation.parent_id else {organisation.id}
    return bool(above & set(by.organisations(Role.REGISTRAR)))


def seen_members(by: Person) -> ColumnElement[bool]:
    """That a member belongs, or belonged, to a cell that somebody keeps, or has a post there."""
    places, cell, post = inside(by), aliased(Membership), aliased(Post)
    return or_(
        exists().where(
            cell.member_id == Member.id, held_ever(cell), cell.organisation_id.in_(places)
        ),
        exists().where(
            post.member_id == Member.id, held_ever(post), post.organisation_id.in_(places)
        ),
    )


def find_member(session: Session, *, by: Person, member_id: UUID, locked: bool = False) -> Seen:
    """A member whom a registrar sees. Raises NotYours."""
    managed = is_managed(by).label("managed")
    wanted: Select[*tuple[Any, ...]] = select(Member, managed).where(
        Member.id == member_id, seen_members(by)
    )
    found = session.execute(_held(wanted) if locked else wanted).one_or_none()
    if found is None:
        raise NotYours
    return Seen(found[0], bool(found[1]))


def is_managed(by: Person) -> ColumnElement[bool]:
    """That the newest home of a member is a cell that somebody keeps."""
    home, later = aliased(Membership), aliased(Membership)
    newer = exists().where(
        later.member_id == home.member_id,
        later.kind == MembershipKind.HOME,
        held_ever(later),
        or_(
            later.valid_from > home.valid_from,
            and_(later.valid_from == home.valid_from, later.id > home.id),
        ),
    )
    return exists().where(
        home.member_id == Member.id,
        home.kind == MembershipKind.HOME,
        held_ever(home),
        home.organisation_id.in_(inside(by)),
        ~newer,
    )


def concerns(session: Session, *, by: Person, member_id: UUID) -> bool:
    """Whether a member is the person themself, or somebody whose tie to them is declared."""
    return member_id in close_to(session, by)


def is_own_cell(
    session: Session, *, by: Person, organisation: Organisation, on: date, below: bool = False
) -> bool:
    """Whether the person, or somebody whose tie to them is declared, belongs to an organisation on
    a day or later, by a cell of any sort or by a post; or to one ``below`` it.
    """
    close = close_to(session, by)
    if not close:
        return False
    place: ColumnElement[bool] = Organisation.id == organisation.id
    if below:
        place = Organisation.path.startswith(organisation.path)
    places = select(Organisation.id).where(place)
    tables: tuple[type[Membership] | type[Post], ...] = (Membership, Post)
    found = (
        exists().where(
            table.member_id.in_(close),
            table.organisation_id.in_(places),
            held_ever(table),
            or_(table.valid_to.is_(None), table.valid_to >= on),
        )
        for table in tables
    )
    return bool(session.scalar(select(or_(*found))))


def check_own_cell(
    session: Session, *, by: Person, organisation: Organisation, on: date, below: bool = False
) -> None:
    """Raise OwnInterest where ``is_own_cell``: another registrar changes what an own cell is."""
    if is_own_cell(session, by=by, organisation=organisation, on=on, below=below):
        raise OwnInterest


def sits_at(session: Session, *, by: Person, organisation_id: int) -> bool:
    """Whether somebody reads cases as this organisation, or has ever sat on its committee."""
    if any(g.organisation_id == organisation_id and g.role in READS_CASES for g in by.grants):
        return True
    own = session.scalar(select(Account.member_id).where(Account.id == by.account_id))
    return own is not None and organisation_id in committees_ever_of(session, member_id=own)


def would_see_more(by: Person, *, before: str, after: str) -> bool:
    """Whether somebody would read cases of an organisation because its path changes."""
    gained = set(line(after)) - set(line(before))
    return any(g.organisation_id in gained and g.role in READS_CASES for g in by.grants)


def close_to(session: Session, by: Person) -> set[UUID]:
    """The person themself, as a member, and those whose tie to them is declared."""
    own = session.scalar(select(Account.member_id).where(Account.id == by.account_id))
    tied = members_tied_to(session, account_id=by.account_id)
    return tied if own is None else {own, *tied}


def _held(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The same, with the row held until the commit."""
    return wanted.with_for_update(key_share=True)
