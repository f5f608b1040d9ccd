"""The rows of one member, and what every verb that changes them starts and ends with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.registering.checks import ENDS, Problem, Spell
from portal.models import Member, Membership, Organisation, Post, Standing
from portal.vocabulary import MembershipKind, MembershipStatus

Row = TypeVar("Row", Membership, Standing, Post)


class Refused(Exception):
    """The entry cannot stand; ``problems`` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order in which they were found, each once."""
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__(", ".join(self.problems))


def spell_of(row: Membership | Standing | Post | Organisation) -> Spell:
    """The days of a row."""
    return Spell(row, row.valid_from, row.valid_to)


def refuse(problems: Iterable[Problem]) -> None:
    """Raise Refused where there is any problem."""
    if found := list(problems):
        raise Refused(found)


def ended_problems(
    session: Session, member: Member, on: date, *for_good: MembershipStatus
) -> list[Problem]:
    """Whether the membership stands ended on a day. Who comes back stands in another way first."""
    ends = for_good or ENDS
    ended = any(
        row.status in ends and spell_of(row).holds(on) for row in standings_of(session, member)
    )
    return [Problem.GONE] if ended else []


def cells_of(session: Session, member: Member, kind: MembershipKind) -> list[Membership]:
    """The memberships of one sort that hold on any day."""
    rows = session.scalars(
        select(Membership).where(Membership.member_id == member.id, Membership.kind == kind)
    )
    return [row for row in rows if not spell_of(row).struck]


def standings_of(session: Session, member: Member) -> list[Standing]:
    """The standings that hold on any day."""
    rows = session.scalars(select(Standing).where(Standing.member_id == member.id))
    return [row for row in rows if not spell_of(row).struck]


def posts_of(session: Session, member: Member) -> list[Post]:
    """The posts that are held on any day."""
    rows = session.scalars(select(Post).where(Post.member_id == member.id))
    return [row for row in rows if not spell_of(row).struck]


def added(session: Session, member: Member, row: Row) -> Row:
    """Add a row, and count the change."""
    session.add(row)
    count(session, member)
    return row


def count(session: Session, member: Member) -> None:
    """Count a change, so that a page opened before it is late."""
    member.version += 1
    session.flush()
