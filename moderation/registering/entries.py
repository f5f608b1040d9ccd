"""Opening the entry of a member to change it, and writing down that it was changed.

Nobody enters anything about themself, or about a member to whom they are tied. Nor do they enter a
cell or a post of an organisation whose cases they read: posts decide from whom a case is hidden,
and the home decides who handles it (promise 3).
"""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.scope import NotYours
from moderation.journal import write_down
from moderation.office import Office
from moderation.registering.reading import home_of
from moderation.registering.scope import (
    ChangedMeanwhile,
    OwnInterest,
    concerns,
    find_member,
    sits_at,
)
from portal.models import Member, Membership, Post, Standing
from portal.vocabulary import Deed

Row = TypeVar("Row", bound=Membership | Standing | Post)


def open_entry(session: Session, *, by: Person, member_id: UUID, seen: int) -> Member:
    """The entry of a member, held until the commit.

    Raises NotYours for whoever does not keep it, OwnInterest, and ChangedMeanwhile when it is not
    any more as it was ``seen``. The verbs that follow raise Refused.
    """
    found = find_member(session, by=by, member_id=member_id, locked=True)
    if not found.managed:
        raise NotYours
    if concerns(session, by=by, member_id=member_id):
        raise OwnInterest
    if found.member.version != seen:
        raise ChangedMeanwhile
    return found.member


def own_row(session: Session, table: type[Row], *, row: int, member: Member) -> Row:
    """A row of this member that holds on some day. Raises NotYours."""
    found = session.get(table, row)
    if found is None or found.member_id != member.id or _is_struck(found):
        raise NotYours
    return found


def check_seat(session: Session, *, by: Person, organisation_id: int) -> None:
    """Raise OwnInterest for whoever reads the cases of an organisation, or sat on its committee."""
    if sits_at(session, by=by, organisation_id=organisation_id):
        raise OwnInterest


def write_entry(
    session: Session, *, office: Office, by: Person, member: Member, deed: Deed
) -> None:
    """Write down a deed about a member, at their newest home."""
    home = home_of(session, member_id=member.id)
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=deed,
        account_id=by.account_id,
        organisation_id=home.id if home else None,
        member_id=member.id,
    )


def _is_struck(row: Membership | Standing | Post) -> bool:
    """Whether a row was taken back already."""
    return row.valid_to is not None and row.valid_to < row.valid_from
