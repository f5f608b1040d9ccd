"""Who may see a case, and what a person is to it: one rule for lists and for single pages.

A case is seen from two rooms. Moderators see what is filed at their desk's organisation or
below; committees see what is filed at theirs. Whoever is tied to a case by one mark sees it
in neither, and cannot tell it from one that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    false,
    or_,
    select,
)
from sqlalchemy.orm import Session, defer

from moderation.register import line
from moderation.ties import committees_ever_of, grants_of, members_tied_to, tied_to_case
from portal.models import (
    Account,
    Case,
    CaseScope,
    Exclusion,
)
from portal.models.case import Part, Room
from portal.vault import mark
from portal.vocabulary import OrganisationKind, Role, Status

#: Which role looks into which room.
ROOM_OF = {Role.MODERATOR: Room.DESK, Role.COMMITTEE: Room.COMMITTEE}


class NotVisible(Exception):
    """There is no such case for this person; whether there is one at all is not told."""


@dataclass(frozen=True)
class Owner:
    """Whose account it is, as far as any page asks."""

    id: int
    name: str
    login: str
    language: str | None
    member_id: UUID | None


@dataclass(frozen=True)
class Granted:
    """One role at one organisation."""

    role: Role
    organisation_id: int
    kind: OrganisationKind


@dataclass(frozen=True)
class Person:
    """A signed-in member of staff: the grants of today and the marks that exclude."""

    account_id: int
    name: str
    login: str
    language: str | None
    grants: tuple[Granted, ...]
    marks: frozenset[bytes]
    #: Whether they are tied to anybody: to a member, or to what a committee of theirs sits on.
    tied: bool = False
    #: The day that the grants are of; without it nothing has ended yet.
    on: date = date.min

    def organisations(self, role: Role) -> tuple[int, ...]:
        """Where this person holds a role."""
        return tuple(grant.organisation_id for grant in self.grants if grant.role is role)

    def has(self, role: Role) -> bool:
        """Whether this person holds a role anywhere."""
        return any(grant.role is role for grant in self.grants)


@dataclass(frozen=True)
class Relation:
    """What a person is to one case."""

    moderates: bool = False
    handles: bool = False
    inspects: bool = False
    #: Whether this person's level may give the answer to what somebody moderates.
    decides: bool = True
    #: Whether this person's commission must give the answer to what another handled.
    judges: bool = False
    #: Whether this person's level was told that it is late below.
    oversees: bool = False
    #: Whether this person's committee decides on an answer that was contested, or their commission
    #: in place of moderators; and whether their desk decides on a refusal that was.
    reviews: bool = False
    rescreens: bool = False
    parts: frozenset[Part] = frozenset()
    proposed: bool = False
    holds_lease: bool = False
    leased_by_other: bool = False


def member_mark(search: bytes, member_id: UUID) -> bytes:
    """The mark that stands for a member."""
    return mark(search, f"member:{member_id.hex}")


def committee_mark(search: bytes, organisation_id: int) -> bytes:
    """The mark that stands for the committee of an organisation."""
    return mark(search, f"committee:{organisation_id}")


def account_mark(search: bytes, account_id: int) -> bytes:
    """The mark that stands for somebody of the staff alone, who typed what a resident told."""
    return mark(search, f"account:{account_id}")


def identify(session: Session, *, search: bytes, account: Account | Owner, today: date) -> Person:
    """Gather what decides what this account sees, in three statements."""
    grants = tuple(Granted(*row) for row in grants_of(session, account_id=account.id, on=today))
    members = members_tied_to(session, account_id=account.id)
    committees = {grant.organisation_id for grant in grants if grant.role is Role.COMMITTEE}
    if account.member_id is not None:
        members.add(account.member_id)
        committees |= committees_ever_of(session, member_id=account.member_id)
    marks = {member_mark(search, member_id) for member_id in members}
    marks |= {committee_mark(search, organisation_id) for organisation_id in committees}
    return Person(
        account_id=account.id,
        name=account.name,
        login=account.login,
        language=account.language,
        grants=grants,
        marks=frozenset({*marks, account_mark(search, account.id)}),
        tied=bool(marks),
        on=today,
    )


def visible_to(person: Person, rooms: Iterable[Room] = (Room.DESK, Room.COMMITTEE)) -> Select[int]:
    """The ids of all cases that this person sees from these rooms."""
    wanted = set(rooms)
    doors = [
        and_(
            CaseScope.room == room,
            CaseScope.organisation_id.in_(person.organisations(role)),
        )
        for role, room in ROOM_OF.items()
        if room in wanted and person.has(role)
    ]
    return select(CaseScope.case_id).where(or_(false(), *doors), not_excluded(person))


def held_for(person: Person) -> Select[int]:
    """The ids of the copies in quarantine that this person sees: a moderator's, by one rule."""
    return select(CaseScope.case_id).where(
        CaseScope.room == Room.QUARANTINE,
        CaseScope.organisation_id.in_(person.organisations(Role.MODERATOR)),
        not_excluded(person),
    )


def not_excluded(person: Person, case_id: Any = CaseScope.case_id) -> ColumnElement[bool]:
    """That no mark of the person lies on the case of a row, of the lists if no other is named."""
    return ~(
        select(Exclusion.case_id)
        .where(Exclusion.case_id == case_id, Exclusion.mark.in_(person.marks))
        .exists()
    )


def find_case(session: Session, *, person: Person, case_id: int, room: Room | None = None) -> Case:
    """The case, in one statement. Raises NotVisible, the same for every reason.

    For a committee it comes without its headline, which holds the first of the writer's words.
    """
    rooms = (room,) if room else (Room.DESK, Room.COMMITTEE)
    wanted = select(Case).where(Case.id == case_id, Case.id.in_(visible_to(person, rooms)))
    if room is Room.COMMITTEE:
        wanted = wanted.options(defer(Case.headline, raiseload=True))
    case = session.scalars(wanted).one_or_none()
    if case is None:
        raise NotVisible
    return case


def relate(session: Session, *, person: Person, case: Case) -> Relation:
    """What this person is to a case, in one statement; nothing at all to who is excluded."""
    paths, parts, excluded, desks = tied_to_case(
        session, case=case, account_id=person.account_id, marks=person.marks
    )
    if excluded:
        return Relation()
    desk_line = set(line(paths.get(case.desk_id or 0, "")))
    moderated = set(person.organisations(Role.MODERATOR))
    committees = {g.organisation_id: g.kind for g in person.grants if g.role is Role.COMMITTEE}
    commission, mine = OrganisationKind.COMMISSION, case.claimant_id == person.account_id
    decides_there = committees.get(case.decider_id or 0)
    refused = case.contested_from in {Status.DECLINED, Status.REFERRED}
    return Relation(
        moderates=bool(desk_line & moderated),
        handles=case.handler_id in committees,
        inspects=committees.get(case.handler_id or 0) is commission,
        judges=decides_there is commission and case.decider_id != case.handler_id,
        oversees=case.above_id in committees,
        reviews=decides_there is not None and (not refused or decides_there is commission),
        rescreens=refused and bool(set(line(desks.get(case.decider_id or 0, ""))) & moderated),
        decides=_decides(case, paths, parts, moderated),
        parts=parts,
        proposed=case.proposer_id == person.account_id,
        holds_lease=mine,
        leased_by_other=case.claimant_id is not None and not mine,
    )


def _decides(
    case: Case, paths: dict[int, str], parts: frozenset[Part], moderated: set[int]
) -> bool:
    """Whether a moderator of these organisations may give the answer. Where no level stands
    above the desk, it is another of its moderators than the one who confirmed the case.
    """
    if case.decider_id is None:
        return True
    above = set(line(paths.get(case.decider_id, "")))
    return bool(above & moderated) and not (case.desk_id in above and Part.CONFIRMER in parts)
