"""What a registrar reads of one member or one organisation: facts with their days.

Nothing here looks at cases, letters or counts of them (promise 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from moderation.register import held_ever, in_force
from portal.models import (
    Account,
    Grant,
    JournalEntry,
    Member,
    Membership,
    Organisation,
    PlaceName,
    Post,
    Standing,
)
from portal.vocabulary import Deed, MembershipKind, MembershipStatus, PostTitle

#: So many of the last changes are shown.
_CHANGES = 20


class Fact(NamedTuple):
    """One dated entry of a member; ``struck`` was wrong and holds on no day."""

    id: int
    what: MembershipKind | MembershipStatus | PostTitle
    words: str
    organisation_id: int | None
    since: date
    until: date | None

    @property
    def struck(self) -> bool:
        """Whether the entry was taken back as wrong."""
        return self.until is not None and self.until < self.since

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= on and (self.until is None or self.until >= on)


@dataclass(frozen=True)
class Facts:
    """Everything the register knows of a member, the newest first, and the names of places."""

    cells: list[Fact]
    standings: list[Fact]
    posts: list[Fact]
    places: dict[int, str]


class Change(NamedTuple):
    """What somebody has entered, and when."""

    at: datetime
    who: str
    deed: Deed


class Mover(NamedTuple):
    """Who goes on in an heir, and in which ways."""

    name: str
    birth_year: int
    kinds: tuple[MembershipKind, ...]


def movers(session: Session, *, membership_ids: Iterable[int]) -> dict[str, list[Mover]]:
    """Who belongs to which heir by these memberships, by given name."""
    rows = session.execute(
        select(Organisation.name, Member.id, Member.name, Member.birth_year, Membership.kind)
        .join(Membership, Membership.member_id == Member.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.id.in_(list(membership_ids)))
        .order_by(Organisation.id, Member.placed, Member.id, Membership.id)
    )
    found: dict[str, dict[UUID, Mover]] = {}
    for heir, member_id, name, year, kind in rows:
        people = found.setdefault(heir, {})
        kinds = people[member_id].kinds if member_id in people else ()
        people[member_id] = Mover(name, year, (*kinds, kind))
    return {heir: list(people.values()) for heir, people in found.items()}


def home_of(session: Session, *, member_id: UUID) -> Organisation | None:
    """The newest home of a member."""
    return session.scalars(
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(
            Membership.member_id == member_id,
            Membership.kind == MembershipKind.HOME,
            held_ever(Membership),
        )
        .order_by(Membership.valid_from.desc(), Membership.id.desc())
    ).first()


def committee_of(session: Session, *, organisation_id: int, on: date) -> list[tuple[Post, Member]]:
    """Who holds which post in an organisation on a day, the secretary first."""
    rows = session.execute(
        select(Post, Member)
        .join(Member, Member.id == Post.member_id)
        .where(Post.organisation_id == organisation_id, in_force(Post, on))
    )
    titles = list(PostTitle)
    found = [(post, member) for post, member in rows]
    return sorted(found, key=lambda row: (titles.index(row[0].title), row[1].placed))


def count_accounts(session: Session, *, organisation_id: int, on: date) -> int:
    """How many accounts hold a role exactly at an organisation; never whose they are."""
    return (
        session.scalar(
            select(func.count(Grant.account_id.distinct()))
            .join(Account, Account.id == Grant.account_id)
            .where(
                Grant.organisation_id == organisation_id,
                in_force(Grant, on),
                Account.ended_at.is_(None),
            )
        )
        or 0
    )


def names_of(session: Session, *, organisation_id: int) -> list[PlaceName]:
    """The names under which the area of an organisation is known, today's first."""
    rows = session.scalars(
        select(PlaceName)
        .where(PlaceName.organisation_id == organisation_id)
        .order_by(PlaceName.valid_to.desc(), PlaceName.id)
    ).all()
    return sorted(rows, key=lambda row: row.valid_to is not None)


def facts_of(session: Session, *, member: Member) -> Facts:
    """Everything that is entered about a member, in four statements."""
    cells = [
        Fact(row.id, row.kind, "", row.organisation_id, row.valid_from, row.valid_to)
        for row in session.scalars(select(Membership).where(Membership.member_id == member.id))
    ]
    standings = [
        Fact(row.id, row.status, "", None, row.valid_from, row.valid_to)
        for row in session.scalars(select(Standing).where(Standing.member_id == member.id))
    ]
    posts = [
        Fact(row.id, row.title, row.words or "", row.organisation_id, row.valid_from, row.valid_to)
        for row in session.scalars(select(Post).where(Post.member_id == member.id))
    ]
    wanted = {fact.organisation_id for fact in (*cells, *posts)} | {member.managed_by_id}
    names = session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted - {None}))
    )
    return Facts(
        _newest(cells), _newest(standings), _newest(posts), {row.id: row.name for row in names}
    )


def changes_of(session: Session, *, member_id: UUID) -> list[Change]:
    """The last changes of a member's entry, the newest first."""
    return _changes(session, JournalEntry.member_id == member_id)


def changes_at(session: Session, *, organisation_id: int, deeds: Iterable[Deed]) -> list[Change]:
    """The last deeds on an organisation itself, the newest first."""
    return _changes(
        session,
        and_(JournalEntry.organisation_id == organisation_id, JournalEntry.deed.in_(list(deeds))),
    )


def _changes(session: Session, which: ColumnElement[bool]) -> list[Change]:
    rows = session.execute(
        select(JournalEntry.at, Account.name, JournalEntry.deed)
        .outerjoin(Account, Account.id == JournalEntry.account_id)
        .where(which)
        .order_by(JournalEntry.id.desc())
        .limit(_CHANGES)
    )
    return [Change(row.at, row.name or "", row.deed) for row in rows]


def _newest(facts: list[Fact]) -> list[Fact]:
    """What begins last first."""
    return sorted(facts, key=lambda fact: (fact.since, fact.id), reverse=True)
