"""Writing the sample's organisations, members and accounts into an empty register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.register import INTAKE
from moderation.sample.records import (
    FOUNDED,
    AccountRecord,
    MemberRecord,
    OrganisationRecord,
    PostRecord,
    read_accounts,
    read_members,
    read_organisations,
)
from portal.clock import VIETNAM
from portal.models import (
    Account,
    Grant,
    Member,
    Membership,
    Organisation,
    PlaceName,
    Post,
    Setting,
    Standing,
    Succession,
    Tie,
)
from portal.text import fold
from portal.vocabulary import OrganisationKind, Role

#: The level that takes what has no known place.
_INTAKE = "tinh-lang-son"
#: Accounts are older than the oldest letter by this much.
_ACCOUNTS_BEFORE = timedelta(days=150)
_OLD = " (cũ)"
#: Words of posts that add nothing to the title and the cell.
_USUAL = frozenset({"Bí thư chi bộ", "Phó bí thư chi bộ"})


@dataclass(frozen=True)
class Enrolled:
    """The ids that the keys of the sample's tables stand for."""

    organisations: Mapping[str, int]
    members: Mapping[str, UUID]


def enrol(
    session: Session, *, today: date, password_hash: str, since: date | None = None
) -> Enrolled:
    """Write everybody and everything that letters may be about or pass through.

    Accounts are there ``since`` that day, or for some months.
    """
    organisations = _organisations(session)
    members = {
        record.key: _member(session, record, organisations) for record in read_members(today)
    }
    enrolled = Enrolled(organisations, members)
    opened = datetime.combine(since or today - _ACCOUNTS_BEFORE, time(8), VIETNAM)
    admit(session, enrolled, read_accounts(), password_hash=password_hash, since=opened)
    session.add(Setting(name=INTAKE, value=str(organisations[_INTAKE])))
    session.flush()
    return enrolled


def _organisations(session: Session) -> dict[str, int]:
    """Write every organisation with its path, its successors and the names of its area."""
    records = read_organisations()
    paths = {"": ""}
    numbers: dict[str, int] = {}
    for record in records:
        row = _organisation(record, numbers.get(record.parent))
        session.add(row)
        session.flush()
        numbers[record.key] = row.id
        row.path = paths[record.key] = f"{paths[record.parent]}{row.id}."
    for record in records:
        for heir in record.successors:
            session.add(Succession(old_id=numbers[record.key], new_id=numbers[heir]))
        session.add_all(_names(record, numbers))
    return numbers


def _organisation(record: OrganisationRecord, parent_id: int | None) -> Organisation:
    """One organisation, still without its path."""
    return Organisation(
        kind=record.kind,
        unit_kind=record.unit_kind,
        name=record.name,
        short_name=record.short_name,
        folded=fold(record.name),
        parent_id=parent_id,
        path="",
        valid_from=record.since,
        valid_to=record.until,
    )


def _names(record: OrganisationRecord, numbers: Mapping[str, int]) -> list[PlaceName]:
    """A commune under its name of today, with a link, or what it became under its old name."""
    if record.kind is OrganisationKind.WARD_COMMUNE and record.until is None:
        return [_name(numbers[record.key], record.short_name, record.key)]
    if record.kind in {OrganisationKind.WARD_COMMUNE, OrganisationKind.GRASSROOTS_COMMITTEE}:
        old = record.short_name.removesuffix(_OLD)
        return [_name(numbers[heir], old, until=record.until) for heir in record.successors]
    return []


def _name(
    organisation_id: int, name: str, slug: str | None = None, until: date | None = None
) -> PlaceName:
    return PlaceName(
        organisation_id=organisation_id, name=name, folded=fold(name), slug=slug, valid_to=until
    )


def _member(session: Session, record: MemberRecord, organisations: Mapping[str, int]) -> UUID:
    """Write one member with cells, standings and posts."""
    member = Member(
        name=record.name,
        folded=fold(record.name),
        given=fold(record.name.split()[-1]),
        birth_year=record.birth_year,
        managed_by_id=organisations[record.managed_by] if record.managed_by else None,
    )
    session.add(member)
    session.flush()
    for cell in record.memberships:
        session.add(
            Membership(
                member_id=member.id,
                organisation_id=organisations[cell.cell],
                kind=cell.kind,
                valid_from=cell.since,
                valid_to=cell.until,
            )
        )
    for standing in record.standings:
        session.add(
            Standing(
                member_id=member.id,
                status=standing.status,
                valid_from=standing.since,
                valid_to=standing.until,
            )
        )
    session.add_all(_post(member.id, post, organisations) for post in record.posts)
    return member.id


def _post(member_id: UUID, record: PostRecord, organisations: Mapping[str, int]) -> Post:
    """One post; words that only repeat its title are left out."""
    return Post(
        member_id=member_id,
        organisation_id=organisations[record.organisation],
        title=record.title,
        words=None if record.words in _USUAL else record.words,
        valid_from=record.since,
        valid_to=record.until,
    )


def admit(
    session: Session,
    enrolled: Enrolled,
    records: Iterable[AccountRecord],
    *,
    password_hash: str,
    since: datetime,
) -> None:
    """Write the accounts with their ties, and their roles as the administrator granted them."""
    records = tuple(records)
    for record in records:
        account = Account(
            login=record.login,
            name=record.name,
            password_hash=password_hash,
            member_id=enrolled.members[record.member] if record.member else None,
            home_id=enrolled.organisations[record.organisation],
            created_at=since,
        )
        session.add(account)
        session.flush()
        for tie in record.ties:
            session.add(
                Tie(account_id=account.id, member_id=enrolled.members[tie], declared_at=since)
            )
    numbers = {row.login: row.id for row in session.execute(select(Account.login, Account.id))}
    founders = [numbers[one.login] for one in read_accounts() if one.role is Role.ADMINISTRATOR]
    for record in records:
        session.add(_grant(record, numbers[record.login], founders[:2], enrolled))


def _grant(
    record: AccountRecord, account_id: int, founders: list[int], enrolled: Enrolled
) -> Grant:
    """One role, given by the first administrator and confirmed by the second.

    Nobody grants to themselves: the roles of these two have no giver.
    """
    giver, second = (None, None) if account_id in founders else founders
    return Grant(
        account_id=account_id,
        role=record.role,
        organisation_id=enrolled.organisations[record.organisation],
        granted_by_id=giver,
        confirmed_by_id=second,
        valid_from=FOUNDED,
    )
