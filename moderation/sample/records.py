"""The sample's organisations, members and accounts, read from the tables in ``data/``.

Plain values only: nothing here knows a database. A day in the tables is either fixed
("2025-07-01") or counted from the day of loading ("-81", "+7"), so that the sample is always
as old as it was meant to be.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from portal.vocabulary import (
    MembershipKind,
    MembershipStatus,
    OrganisationKind,
    PostTitle,
    Role,
    UnitKind,
)
from portal.vocabulary.labelled import Labelled

Word = TypeVar("Word", bound=Labelled)

DATA = Path(__file__).parent / "data"
#: Today's communes, wards and cells began on this day.
FOUNDED = date(2025, 7, 1)
#: Who has gone belongs to no cell any more. A transferred member does: the old cell still
#: answers for what happened there.
_GONE = frozenset(
    {
        MembershipStatus.LEFT,
        MembershipStatus.REMOVED,
        MembershipStatus.EXPELLED,
        MembershipStatus.DECEASED,
    }
)

Row = dict[str, str]


@dataclass(frozen=True)
class OrganisationRecord:
    """One organisation under one name; ``until`` is its last day."""

    key: str
    kind: OrganisationKind
    unit_kind: UnitKind | None
    parent: str
    name: str
    short_name: str
    since: date
    until: date | None
    successors: tuple[str, ...]


@dataclass(frozen=True)
class MembershipRecord:
    """A member belongs to a cell, in one of three ways, from a day to a day."""

    cell: str
    kind: MembershipKind
    since: date
    until: date | None


@dataclass(frozen=True)
class StandingRecord:
    """How a member stands, from a day to a day."""

    status: MembershipStatus
    since: date
    until: date | None


@dataclass(frozen=True)
class PostRecord:
    """A post in an organisation; ``words`` is what people call it."""

    organisation: str
    title: PostTitle
    words: str
    since: date
    until: date | None


@dataclass(frozen=True)
class MemberRecord:
    """An invented member. ``managed_by`` is empty unless a level above the ward manages them."""

    key: str
    name: str
    birth_year: int
    managed_by: str
    memberships: tuple[MembershipRecord, ...]
    standings: tuple[StandingRecord, ...]
    posts: tuple[PostRecord, ...]


@dataclass(frozen=True)
class AccountRecord:
    """A staff account. ``member`` is empty for a person who is no member of the register."""

    login: str
    name: str
    role: Role
    organisation: str
    member: str
    ties: tuple[str, ...]


def read_organisations() -> tuple[OrganisationRecord, ...]:
    """Every organisation of the sample, each after its parent."""
    return tuple(_organisation(row) for row in read_rows("organisations"))


def read_members(today: date) -> tuple[MemberRecord, ...]:
    """Every member, with cells, standings and posts as they look on the day of loading."""
    elsewhere, posts = read_rows("memberships"), read_rows("posts")
    return tuple(
        MemberRecord(
            key=row["key"],
            name=row["name"],
            birth_year=int(row["birth_year"]),
            managed_by=row["managed_by"],
            memberships=_memberships(row, elsewhere, today),
            standings=_standings(row, today),
            posts=tuple(_post(post, today) for post in posts if post["member"] == row["key"]),
        )
        for row in read_rows("members")
    )


def read_accounts() -> tuple[AccountRecord, ...]:
    """Every staff account of the sample."""
    return tuple(
        AccountRecord(
            login=row["login"],
            name=row["name"],
            role=valued(Role, row["role"]),
            organisation=row["organisation"],
            member=row["member"],
            ties=keys_in(row["ties"]),
        )
        for row in read_rows("accounts")
    )


def valued(kind: type[Word], value: str) -> Word:
    """The word of the vocabulary with this stored value. Raises ValueError."""
    for word in kind:
        if word == value:
            return word
    raise ValueError(f"{value!r} is not a {kind.__name__}")


def read_rows(table: str) -> list[Row]:
    """The rows of one of the tables, as they are written."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def keys_in(text: str) -> tuple[str, ...]:
    """The words of a cell that holds several."""
    return tuple(text.split(";")) if text else ()


def last_day(text: str, today: date) -> date | None:
    """A day of the tables, or none where the cell is empty."""
    return _day(text, today) if text else None


def _day(text: str, today: date) -> date:
    """A fixed day, or one counted from today."""
    if text[4:5] == "-":
        return date.fromisoformat(text)
    return today + timedelta(days=int(text))


def _organisation(row: Row) -> OrganisationRecord:
    return OrganisationRecord(
        key=row["key"],
        kind=valued(OrganisationKind, row["kind"]),
        unit_kind=valued(UnitKind, row["unit_kind"]) if row["unit_kind"] else None,
        parent=row["parent"],
        name=row["name"],
        short_name=row["short_name"],
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        successors=keys_in(row["successors"]),
    )


def _memberships(row: Row, elsewhere: list[Row], today: date) -> tuple[MembershipRecord, ...]:
    """The home cell, the cell where the member lives, and the other cells of the register."""
    status, since = valued(MembershipStatus, row["status"]), _day(row["since"], today)
    joined = since if status is MembershipStatus.PROBATIONARY else FOUNDED
    ended = since if status in _GONE else None
    found = [MembershipRecord(row["home_cell"], MembershipKind.HOME, joined, ended)]
    if row["residence_cell"]:
        lives = MembershipRecord(row["residence_cell"], MembershipKind.RESIDENCE, joined, ended)
        found.append(lives)
    found += [
        MembershipRecord(
            other["cell"],
            valued(MembershipKind, other["kind"]),
            _day(other["since"], today),
            last_day(other["until"], today),
        )
        for other in elsewhere
        if other["member"] == row["key"]
    ]
    return tuple(sorted(found, key=lambda one: one.since))


def _standings(row: Row, today: date) -> tuple[StandingRecord, ...]:
    """Active at first, then what the table says, then active again where that has an end."""
    status = valued(MembershipStatus, row["status"])
    since, until = _day(row["since"], today), last_day(row["until"], today)
    found = [StandingRecord(status, since, until)]
    if since > FOUNDED and status is not MembershipStatus.PROBATIONARY:
        before = StandingRecord(MembershipStatus.ACTIVE, FOUNDED, since - timedelta(days=1))
        found.insert(0, before)
    if until is not None:
        found.append(StandingRecord(MembershipStatus.ACTIVE, until + timedelta(days=1), None))
    return tuple(found)


def _post(row: Row, today: date) -> PostRecord:
    return PostRecord(
        organisation=row["organisation"],
        title=valued(PostTitle, row["title"]),
        words=row["label"],
        since=_day(row["since"], today),
        until=last_day(row["until"], today),
    )
