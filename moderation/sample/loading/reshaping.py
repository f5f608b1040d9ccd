"""What became of the cells of the whole ward: one founded, renamed, merged, parted and ended.

Each is a deed of the registrar on its own day, by the verbs of the register's pages.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.office import Office
from moderation.registering import changing, founding, joining, members
from moderation.registering.founding import Founded
from moderation.registering.winding_up import staying
from moderation.sample.loading.bringing import registrar
from moderation.sample.whole import cells
from portal.clock import VIETNAM
from portal.models import Member, Organisation
from portal.vocabulary import MembershipKind, MembershipStatus, OrganisationKind

_MORNING = time(9, 20)
#: Who has died: how far down the list of those without a post, and when.
_GONE = (
    (31, date(2025, 11, 14)),
    (118, date(2026, 1, 22)),
    (203, date(2026, 3, 9)),
    (287, date(2026, 6, 12)),
)


def office_on(office: Office, day: date) -> Office:
    """The office on the morning of an earlier day."""
    return replace(office, at=datetime.combine(day, _MORNING, VIETNAM))


def found_school(session: Session, *, office: Office, ward: int) -> None:
    """Found the cell of the new school."""
    school = cells.SCHOOL
    then = office_on(office, school.since)
    wanted = Founded(OrganisationKind.CELL, school.unit_kind, school.name, school.short_name)
    founding.found(
        session,
        office=then,
        by=registrar(session, then),
        organisation_id=ward,
        wanted=wanted,
        on=school.since,
    )


def reshape(session: Session, *, office: Office, numbers: dict[str, int]) -> None:
    """Rename, merge, part and end, in the order of the days."""
    _rename(session, office_on(office, cells.RENAMED_ON), numbers[cells.RENAMED])
    _merge(session, office_on(office, cells.JOINED_ON), numbers)
    _split(session, office_on(office, cells.PARTED_ON), numbers[cells.PARTED])
    _end(session, office_on(office, cells.LAST + timedelta(days=1)), numbers)


def let_go(session: Session, *, office: Office, people: list[Member]) -> None:
    """Note who has died, on the days on which the register learnt of it."""
    for at, day in _GONE:
        then, member = office_on(office, day), people[at]
        members.set_standing(
            session,
            office=then,
            by=registrar(session, then),
            member_id=member.id,
            seen=member.version,
            status=MembershipStatus.DECEASED,
            on=day,
        )


def _rename(session: Session, office: Office, number: int) -> None:
    name, short_name = cells.NEW_NAME
    changing.rename(
        session,
        office=office,
        by=registrar(session, office),
        organisation_id=number,
        seen=_version(session, number),
        name=name,
        short_name=short_name,
        on=cells.RENAMED_ON,
    )


def _merge(session: Session, office: Office, numbers: dict[str, int]) -> None:
    heir = numbers[cells.HEIR]
    joining.merge(
        session,
        office=office,
        by=registrar(session, office),
        organisation_id=heir,
        seen=_version(session, heir),
        others=[numbers[cells.JOINED]],
        name="",
        short_name="",
        on=cells.JOINED_ON,
    )


def _split(session: Session, office: Office, number: int) -> None:
    """Every other member goes to the second of the parts."""
    there = staying(session, organisation_id=number, on=cells.PARTED_ON)
    joining.split(
        session,
        office=office,
        by=registrar(session, office),
        organisation_id=number,
        seen=_version(session, number),
        parts=[(name, short_name) for _key, name, short_name in cells.PARTS],
        members={membership.id: at % 2 for at, membership in enumerate(there)},
        below={},
        on=cells.PARTED_ON,
    )


def _end(session: Session, office: Office, numbers: dict[str, int]) -> None:
    """Let the members of a cell that was too small go to another one, and end it."""
    number, by = numbers[cells.ENDED], registrar(session, office)
    for membership in staying(session, organisation_id=number, on=office.today):
        _take_in(session, office, by, session.get_one(Member, membership.member_id), numbers)
    founding.end(
        session,
        office=office,
        by=by,
        organisation_id=number,
        seen=_version(session, number),
        last=cells.LAST,
    )


def _take_in(
    session: Session, office: Office, by: Person, member: Member, numbers: dict[str, int]
) -> None:
    """Let the other cell be somebody's home from now on."""
    members.place(
        session,
        office=office,
        by=by,
        member_id=member.id,
        seen=member.version,
        kind=MembershipKind.HOME,
        organisation_id=numbers[cells.TAKEN_IN_BY],
        on=office.today,
    )


def _version(session: Session, number: int) -> int:
    return session.scalars(select(Organisation.version).where(Organisation.id == number)).one()
