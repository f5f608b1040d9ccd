"""Entering a member, and writing a name or a year as it should have been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.office import Office
from moderation.registering.checks import person_problems
from moderation.registering.entries import check_seat, open_entry, write_entry
from moderation.registering.memberships import set_cell, stand
from moderation.registering.rows import refuse
from moderation.registering.scope import find_organisation, seen_members
from portal.models import Member
from portal.text import fold, name_order, one_line
from portal.vocabulary import Deed, MembershipKind, MembershipStatus


class Twins(Exception):
    """Somebody of that name and year is in the register already. A warning, no refusal."""


@dataclass(frozen=True)
class Newcomer:
    """Who is entered, where they belong, and since when; ``twin`` says that they are not the
    one of that name who is there already.
    """

    name: str
    birth_year: int
    cell_id: int
    status: MembershipStatus
    since: date
    twin: bool = False


def enter(session: Session, *, office: Office, by: Person, newcomer: Newcomer) -> Member:
    """Enter a member with a home and a standing. Raises NotYours, Refused, Twins, OwnInterest."""
    cell = find_organisation(session, by=by, organisation_id=newcomer.cell_id)
    refuse(person_problems(newcomer.name, newcomer.birth_year, today=office.today))
    if not newcomer.twin and twins_of(
        session, by=by, name=newcomer.name, birth_year=newcomer.birth_year
    ):
        raise Twins
    check_seat(session, by=by, organisation_id=cell.id)
    member = Member(birth_year=newcomer.birth_year, version=1)
    _name(member, newcomer.name)
    session.add(member)
    session.flush()
    since = newcomer.since
    stand(session, office=office, member=member, status=newcomer.status, on=since)
    kind = MembershipKind.HOME
    set_cell(session, office=office, member=member, kind=kind, organisation=cell, on=since)
    write_entry(session, office=office, by=by, member=member, deed=Deed.MEMBER_ENTERED)
    return member


def twins_of(
    session: Session, *, by: Person, name: str, birth_year: int, beside: UUID | None = None
) -> list[Member]:
    """The members whom a registrar sees under a name, folded, and of a year, beside one."""
    rows = session.scalars(
        select(Member).where(
            Member.folded == fold(one_line(name)),
            Member.birth_year == birth_year,
            seen_members(by),
        )
    )
    return [row for row in rows if row.id != beside]


def correct(
    session: Session,
    *,
    office: Office,
    by: Person,
    member_id: UUID,
    seen: int,
    name: str,
    birth_year: int,
    twin: bool = False,
) -> Member:
    """Write a name or a year as it should have been. Raises
    what ``open_entry`` does, Twins."""
    member = open_entry(session, by=by, member_id=member_id, seen=seen)
    refuse(person_problems(name, birth_year, today=office.today))
    if not twin and twins_of(session, by=by, name=name, birth_year=birth_year, beside=member.id):
        raise Twins
    _name(member, name)
    member.birth_year = birth_year
    member.version += 1
    write_entry(session, office=office, by=by, member=member, deed=Deed.MEMBER_CORRECTED)
    return member


def _name(member: Member, name: str) -> None:
    """Give a member a name, with all that is looked up and sorted by it."""
    member.name = one_line(name)
    member.folded = fold(member.name)
    member.given = fold(member.name.split()[-1])
    member.placed = name_order(member.name)
