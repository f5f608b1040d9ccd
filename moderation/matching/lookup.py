"""What is asked of the register: few statements, plain rows, and whole people only for a few.

A ward has some thousand members; the province has 65,000. Names are read as rows of words,
never as objects, and cells and posts only of those whose name or post already fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, or_, select
from sqlalchemy.orm import Session

from moderation.matching.family import PLACE_COLUMNS, add_heirs, has_alias, place_of
from moderation.matching.likeness import Name
from moderation.matching.places import Atlas, Place
from moderation.matching.posts import Held
from moderation.register import in_force
from portal.models import Member, Membership, Organisation, Post, Standing
from portal.vocabulary import MembershipKind, MembershipStatus

#: A post held within so many years still counts (design rule).
POST_YEARS: Final = 5
#: A name that many thousands bear tells nothing: no more rows are read of it.
_MOST_ROWS: Final = 20_000
_MOST_POSTS: Final = 1_000
_BATCH: Final = 2_000


@dataclass(frozen=True, slots=True)
class Called:
    """A member by id and name only."""

    id: UUID
    name: Name


@dataclass(frozen=True, slots=True)
class Belonging:
    """A membership of a person, in an organisation that may have ended since."""

    kind: MembershipKind
    place_id: int
    valid_from: date
    current: bool


@dataclass(slots=True)
class Known:
    """A member with what tells people of one name apart."""

    id: UUID
    shown: str
    name: Name
    birth_year: int
    status: MembershipStatus | None
    cells: list[Belonging] = field(default_factory=list)
    posts: list[Held] = field(default_factory=list)


def members_of(session: Session, place_ids: Iterable[int]) -> list[Called]:
    """Everybody who ever belonged to these organisations or held a post there."""
    ids = list(place_ids)
    belonging = select(Membership.member_id).where(Membership.organisation_id.in_(ids))
    holding = select(Post.member_id).where(Post.organisation_id.in_(ids))
    return _called(session, Member.id.in_(belonging.union(holding)))


def members_called(session: Session, givens: Iterable[str]) -> list[Called]:
    """Everybody in the register with one of these given names, found by the index."""
    return _called(session, Member.given.in_(sorted(givens)))


def all_names(session: Session) -> Iterator[tuple[UUID, str, str]]:
    """Id, folded name and folded given name of everybody, read batch by batch."""
    rows = session.execute(select(Member.id, Member.folded, Member.given))
    for batch in rows.partitions(_BATCH):
        for row in batch:
            yield row.id, row.folded, row.given


def home_members(session: Session, place_ids: Iterable[int], today: date) -> set[UUID]:
    """Who has their home cell here today."""
    rows = select(Membership.member_id).where(
        Membership.organisation_id.in_(list(place_ids)),
        Membership.kind == MembershipKind.HOME,
        in_force(Membership, today),
    )
    return set(session.scalars(rows.limit(_MOST_POSTS)))


def posts_of(
    session: Session, place_ids: Iterable[int], *, names: Iterable[str] = (), today: date
) -> list[tuple[Held, Place]]:
    """The posts of these organisations, or of all so named, held within the last five years."""
    here: ColumnElement[bool] = Post.organisation_id.in_(list(place_ids))
    folded = list(names)
    if folded:
        here = or_(here, Organisation.folded.in_(folded), has_alias(folded))
    return _posts(session, here, today)


def know(session: Session, ids: Iterable[UUID], *, atlas: Atlas) -> list[Known]:
    """These people with their cells and posts, in three statements at most.

    Organisations that the atlas lacks are entered into it.
    """
    wanted = list(ids)
    if not wanted:
        return []
    people = _with_cells(session, wanted, atlas)
    lacking = set[int]()
    for held, place in _posts(session, Post.member_id.in_(wanted), atlas.today):
        people[held.member_id].posts.append(held)
        lacking |= _enter(atlas, place)
    lacking |= {
        each.place_id
        for person in people.values()
        for each in person.cells
        if atlas.now(each.place_id) is None
    }
    if lacking:
        add_heirs(session, lacking, atlas)
    return list(people.values())


def _enter(atlas: Atlas, place: Place) -> set[int]:
    """Enter an organisation; its id when what took over from it must still be found."""
    new = place.id not in atlas.places
    atlas.add(place)
    return {place.id} if new and not place.exists(atlas.today) else set()


def _called(session: Session, condition: ColumnElement[bool]) -> list[Called]:
    rows = session.execute(
        select(Member.id, Member.name, Member.folded)
        .where(condition)
        .order_by(Member.id)
        .limit(_MOST_ROWS)
    )
    return [Called(row.id, Name.of(row.name, row.folded)) for row in rows]


def _with_cells(session: Session, ids: list[UUID], atlas: Atlas) -> dict[UUID, Known]:
    """These people with their standing of today and all their memberships so far."""
    today = atlas.today
    status = (
        select(Standing.status)
        .where(Standing.member_id == Member.id, in_force(Standing, today))
        .order_by(Standing.valid_from.desc(), Standing.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    begun = and_(Membership.member_id == Member.id, Membership.valid_from <= today)
    rows = session.execute(
        select(
            Member.id.label("member_id"),
            Member.name.label("member_name"),
            Member.folded,
            Member.birth_year,
            status.label("status"),
            Membership.kind.label("tie"),
            Membership.valid_from.label("since"),
            Membership.valid_to.label("until"),
            *PLACE_COLUMNS,
        )
        .outerjoin(Membership, begun)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Member.id.in_(ids))
        .order_by(Membership.valid_from, Membership.id)
    )
    people: dict[UUID, Known] = {}
    for row in rows:
        person = people.setdefault(row.member_id, _known(row))
        if row.tie is not None:
            _enter(atlas, place_of(row))
            current = row.until is None or row.until >= today
            person.cells.append(Belonging(row.tie, row.id, row.since, current))
    return people


def _known(row: Row[*tuple[Any, ...]]) -> Known:
    name = Name.of(row.member_name, row.folded)
    return Known(row.member_id, row.member_name, name, row.birth_year, row.status)


def _posts(
    session: Session, condition: ColumnElement[bool], today: date
) -> list[tuple[Held, Place]]:
    since = today.replace(day=min(today.day, 28), year=today.year - POST_YEARS)
    rows = session.execute(
        select(
            Post.member_id,
            Post.title,
            Post.words,
            Post.valid_from.label("since"),
            Post.valid_to.label("until"),
            *PLACE_COLUMNS,
        )
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(
            condition,
            Post.valid_from <= today,
            or_(Post.valid_to.is_(None), Post.valid_to >= since),
        )
        .order_by(Post.id)
        .limit(_MOST_POSTS)
    )
    return [
        (
            Held(row.member_id, row.id, row.title, row.words or "", row.since, row.until),
            place_of(row),
        )
        for row in rows
    ]
