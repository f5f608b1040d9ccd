"""One row of a file of members, as it was read: what it says about a member. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from moderation.importing import cells
from moderation.importing.cells import PostText, Wrong
from moderation.importing.columns import looks_personal
from moderation.importing.places import Place, Places
from moderation.registering.checks import member_problems, person_problems, post_problems
from portal.vocabulary import MembershipKind, MembershipStatus, PostTitle

_Read = TypeVar("_Read")


class Fault(NamedTuple):
    """What is wrong with a row: in which column, a code, and what stands there."""

    column: str
    code: str
    value: str = ""


class Wanted(NamedTuple):
    """Something a member is to have, with the days as far as the file tells them."""

    what: Any
    since: date | None = None
    until: date | None = None


@dataclass
class MemberRow:
    """What a row says. What it does not say stays as it is."""

    number: int
    name: str = ""
    birth_year: int = 0
    member_id: UUID | None = None
    source_key: str = ""
    cells: dict[MembershipKind, Wanted] = field(default_factory=dict)
    standing: Wanted | None = None
    #: Of each post the organisation, the title and its own words.
    posts: list[Wanted] = field(default_factory=list)
    managed_by: int | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def home(self) -> int:
        """The home cell; 0 where the row tells none that can be taken."""
        wanted = self.cells.get(MembershipKind.HOME)
        return int(wanted.what) if wanted else 0


def read_member(number: int, given: Mapping[str, Any], places: Places, today: date) -> MemberRow:
    """Read a row to its end; every cell that cannot be taken is a fault of it."""
    row = MemberRow(number)
    take = _Taker(row, given)
    if column := cells.old_letters(given):
        row.faults.append(Fault(column, "old_letters"))
        return row
    row.name = take("name", cells.text) or ""
    row.birth_year = take("birth_year", cells.year) or 0
    if not row.faults:
        for problem in person_problems(row.name, row.birth_year, today=today):
            column = "birth_year" if problem.value == "bad_year" else "name"
            row.faults.append(Fault(column, problem.value, str(given.get(column, ""))[:40]))
    row.member_id = take("member_id", _number)
    row.source_key = take("source_key", _key) or ""
    for kind in MembershipKind:
        _read_cell(row, take, places, kind, needed=kind is MembershipKind.HOME)
    status = take("status", lambda cell: cells.term(cell, MembershipStatus))
    if status is not None:
        row.standing = Wanted(
            status, take("status_since", cells.day), take("status_until", cells.day)
        )
    _read_manager(row, take, places)
    for post in take("posts", cells.posts) or []:
        _read_post(row, post, places)
    return row


class _Taker:
    """Reads the cells of one row, and writes down what is wrong with them."""

    def __init__(self, row: MemberRow, given: Mapping[str, Any]) -> None:
        self._row, self._given = row, given

    def __call__(self, column: str, read: Callable[[Any], _Read]) -> _Read | None:
        """What stands in a column, or nothing where there is none or it cannot be taken."""
        cell = self._given.get(column, "")
        if cell == "":
            return None
        try:
            return read(cell)
        except Wrong as wrong:
            self._row.faults.append(Fault(column, wrong.code, wrong.value[:80]))
            return None


def _number(cell: Any) -> UUID:
    written = cells.text(cell)
    try:
        return UUID(written)
    except ValueError as error:
        raise Wrong("no_number", "") from error


def _key(cell: Any) -> str:
    """A key of another system. Numbers of people are no keys, and are not repeated either."""
    written = cells.text(cell)
    if looks_personal(written):
        raise Wrong("personal_key")
    if len(written) > 100:
        raise Wrong("long_key")
    return written


def _read_cell(
    row: MemberRow, take: _Taker, places: Places, kind: MembershipKind, *, needed: bool
) -> None:
    """Read one of the three cells with its days."""
    column = kind.value
    before = len(row.faults)
    place = take(column, lambda cell: places.find(cells.text(cell)))
    since = take(f"{column}_since", cells.day)
    until = take(f"{column}_until", cells.day)
    if place is None:
        if needed and len(row.faults) == before:
            row.faults.append(Fault(column, "empty_cell"))
        return
    if needed and place.id not in places.mine:
        row.faults.append(Fault(column, "outside", place.name))
        return
    if member_problems(place.kind):
        row.faults.append(Fault(column, "no_cell", place.name))
        return
    row.cells[kind] = Wanted(place.id, since, until)


def _read_manager(row: MemberRow, take: _Taker, places: Places) -> None:
    """Read which level manages the member: one above the registrar, or one of theirs."""
    place: Place | None = take("managed_by", lambda cell: places.find(cells.text(cell)))
    if place is None:
        return
    if place.id not in places.mine | places.above:
        row.faults.append(Fault("managed_by", "outside", place.name))
    row.managed_by = place.id


def _read_post(row: MemberRow, post: PostText, places: Places) -> None:
    """Read one post."""
    try:
        home = places.by_id.get(row.home)
        place = places.find(post.place) if post.place else home
        since, until = cells.day(post.since), cells.day(post.until)
    except Wrong as wrong:
        row.faults.append(Fault("posts", wrong.code, wrong.value[:80]))
        return
    if place is None:
        return
    words = post.words if post.title is PostTitle.OTHER or post.words else None
    if place.id not in places.mine:
        row.faults.append(Fault("posts", "outside", place.name))
    elif problems := post_problems(post.title, words, kind=place.kind):
        row.faults.append(Fault("posts", problems[0].value, words or ""))
    else:
        row.posts.append(Wanted((place.id, post.title, words), since, until))
