"""The rows of the register on a day, as an import reads them: brought back they change nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from moderation.access import Person
from moderation.importing.cells import post_words
from moderation.importing.columns import FIELDS
from moderation.importing.frames import read_places
from moderation.importing.places import Places
from moderation.register import in_force
from portal.i18n import source_of
from portal.models import Member, Membership, Organisation, Post, Standing
from portal.models.register_import import ImportKind
from portal.text import vn_date
from portal.vocabulary import MembershipKind, Role

#: A key of another system is kept as a hash alone, so it cannot be handed out.
_NOT_HANDED_OUT = frozenset({"source_key"})
_AT_ONCE = 500
_USUAL, _WIDE = 18, 36
_NAMED = frozenset(
    (
        *("member_id", "name", "home", "residence", "temporary", "managed_by", "posts"),
        *("short_name", "parent"),
    )
)

Cell = str | int | date | None
Line = list[Cell]


def head_of(kind: ImportKind) -> list[str]:
    """The names of the columns, in Vietnamese whatever the language of the page."""
    return [source_of(field.label) for field in _fields(kind)]


def widths_of(kind: ImportKind) -> list[int]:
    """How wide these columns are in a workbook: what holds names takes more."""
    return [_WIDE if field.name in _NAMED else _USUAL for field in _fields(kind)]


def member_lines(session: Session, *, by: Person, on: date, today: date) -> Iterator[Line]:
    """Everybody whose home cell a registrar keeps, as they were on a day, by given name.

    Organisations are named as an import of today reads them.
    """
    places = read_places(session, tops=by.organisations(Role.REGISTRAR), today=today)
    names = [field.name for field in _fields(ImportKind.MEMBERS)]
    last: tuple[str, UUID] | None = None
    while True:
        people = session.execute(_people(places, on, last)).all()
        facts = _facts(session, [row.id for row in people], on)
        for row in people:
            told = _told(row, facts[row.id], places)
            yield [told.get(name) for name in names]
        if len(people) < _AT_ONCE:
            return
        last = (people[-1].placed, people[-1].id)


def organisation_lines(session: Session, *, by: Person, on: date, today: date) -> Iterator[Line]:
    """The organisations that a registrar keeps, as they are called now, those of a day."""
    places = read_places(session, tops=by.organisations(Role.REGISTRAR), today=today)
    mine = (row for row in places.by_id.values() if row.id in places.mine and row.exists(on))
    for row in sorted(mine, key=lambda row: row.path):
        unit = row.unit_kind
        yield [
            f"#{row.id}",
            row.name,
            row.short_name,
            source_of(row.kind.label),
            source_of(unit.label) if unit else None,
            places.write(row.parent_id) if row.parent_id else None,
            row.since,
            row.until,
        ]


def plain(cell: Cell) -> str | int | None:
    """A cell as a text file has it: days as they are written."""
    return vn_date(cell) if isinstance(cell, date) else cell


def _fields(kind: ImportKind) -> list[Any]:
    return [field for field in FIELDS[kind] if field.name not in _NOT_HANDED_OUT]


def _people(places: Places, on: date, last: tuple[str, UUID] | None) -> Select[*tuple[Any, ...]]:
    """The next members with the home that they had, in one statement."""
    home, newer = aliased(Membership), aliased(Membership)
    # Of two homes at a time, which bad data may hold, the newer one counts.
    no_newer = ~(
        select(newer.id)
        .where(
            newer.member_id == home.member_id,
            newer.kind == MembershipKind.HOME,
            in_force(newer, on),
            or_(
                newer.valid_from > home.valid_from,
                and_(newer.valid_from == home.valid_from, newer.id > home.id),
            ),
        )
        .exists()
    )
    tops = [places.by_id[top] for top in places.tops if top in places.by_id]
    inside = or_(*(Organisation.path.startswith(top.path) for top in tops))
    wanted: Select[*tuple[Any, ...]] = (
        select(Member.id, Member.placed, Member.name, Member.birth_year, Member.managed_by_id)
        .join(home, home.member_id == Member.id)
        .join(Organisation, Organisation.id == home.organisation_id)
        .where(home.kind == MembershipKind.HOME, in_force(home, on), no_newer, inside)
        .order_by(Member.placed, Member.id)
        .limit(_AT_ONCE)
    )
    if last is None:
        return wanted
    placed, number = last
    after = or_(Member.placed > placed, and_(Member.placed == placed, Member.id > number))
    return wanted.where(after)


def _facts(session: Session, ids: Sequence[UUID], on: date) -> dict[UUID, dict[str, list[Any]]]:
    """Cells, standings and posts that held on a day, of these members, in three statements."""
    found: dict[UUID, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    tables: tuple[Any, ...] = (Membership, Standing, Post)
    for table in tables:
        rows = session.scalars(
            select(table)
            .where(table.member_id.in_(ids), in_force(table, on))
            .order_by(table.valid_from.desc(), table.id.desc())
        )
        for row in rows:
            name = row.kind.value if isinstance(row, Membership) else table.__tablename__
            found[row.member_id][name].append(row)
    return found


def _told(row: Row[Any], facts: dict[str, list[Any]], places: Places) -> dict[str, Cell]:
    """One member, by the names of the columns."""
    told: dict[str, Cell] = {
        "member_id": str(row.id),
        "name": row.name,
        "birth_year": row.birth_year,
        "managed_by": places.write(row.managed_by_id) if row.managed_by_id else None,
    }
    for kind in MembershipKind:
        for cell in facts[kind.value][:1]:
            told[kind.value] = places.write(cell.organisation_id)
            told[f"{kind.value}_since"] = cell.valid_from
            told[f"{kind.value}_until"] = cell.valid_to
    for standing in facts["standing"][:1]:
        told["status"] = source_of(standing.status.label)
        told["status_since"], told["status_until"] = standing.valid_from, standing.valid_to
    told["posts"] = "; ".join(_posts(facts["post"], places)) or None
    return told


def _posts(posts: Iterable[Post], places: Places) -> Iterator[str]:
    """Posts as an import reads them. Those elsewhere are not the registrar's to enter."""
    for post in posts:
        if post.organisation_id in places.mine:
            days = [vn_date(day) if day else "" for day in (post.valid_from, post.valid_to)]
            yield post_words(post.title, post.words, places.write(post.organisation_id), *days)
