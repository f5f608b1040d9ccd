"""The quarantine as a moderator sees it: groups of copies, and the copies of one group.

Every figure counts what this very person may see; a group of which nothing may be seen is not
there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, tuple_
from sqlalchemy.orm import Session

from moderation.access import Person, held_for, visible_to
from moderation.cursors import Cursor
from moderation.listing.opening import open_titles
from moderation.office import Office
from portal.clock import local_date
from portal.models import Account, Case, CopyGroup, HeldCopy
from portal.models.case import Room
from portal.models.submission import reference_of
from portal.vocabulary import Suspicion

#: Groups on a page, and copies on the page of one group.
GROUPS_PER_PAGE = 50
PER_PAGE = 30
#: After every deadline: where a group without one stands in the list.
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class GroupLine:
    """A group as the list shows it. ``title`` is the first words of its first copy, masked."""

    group_id: int
    title: str
    amount: int
    first_on: date
    last_on: date
    due_at: datetime | None
    proposed: bool
    proposed_by_me: bool
    proposer: str
    task: str | None
    meant: int


@dataclass(frozen=True)
class CopyLine:
    """One copy as the page of its group shows it."""

    case_id: int
    reference: str
    title: str
    arrived_on: date
    why: Suspicion


@dataclass(frozen=True)
class GroupPage:
    """A page of the list, with the cursors of its neighbours."""

    lines: tuple[GroupLine, ...] = ()
    earlier: Cursor | None = None
    later: Cursor | None = None


def list_groups(
    session: Session, *, office: Office, person: Person, cursor: Cursor | None = None
) -> GroupPage:
    """A page of the groups of which this person may see a copy, the earliest deadline first.

    Three statements, however many copies there are. A cursor whose group has gone is none.
    """
    groups, back = _groups(person).subquery(), cursor is not None and cursor.back
    chosen, anchor = select(groups), None
    if cursor is not None:
        anchor = session.scalar(select(groups.c.order_at).where(groups.c.group_id == cursor.row_id))
        if anchor is not None:
            row, here = tuple_(groups.c.order_at, groups.c.group_id), (anchor, cursor.row_id)
            chosen = chosen.where(row < here if back else row > here)
    back = back and anchor is not None
    order = [groups.c.order_at, groups.c.group_id]
    chosen = chosen.order_by(*([each.desc() for each in order] if back else order))
    lines = _lines(session, office, person, chosen.limit(GROUPS_PER_PAGE + 1))
    more = len(lines) > GROUPS_PER_PAGE
    lines = lines[-GROUPS_PER_PAGE:] if back else lines[:GROUPS_PER_PAGE]
    if not lines:
        return GroupPage()
    before, after = (more, True) if back else (anchor is not None, more)
    return GroupPage(
        lines=tuple(lines),
        earlier=Cursor(lines[0].group_id, back=True) if before else None,
        later=Cursor(lines[-1].group_id) if after else None,
    )


def read_group(session: Session, *, office: Office, person: Person, group_id: int) -> GroupLine:
    """One group of which this person may see a copy, in two statements."""
    groups = _groups(person).where(HeldCopy.group_id == group_id).subquery()
    (line,) = _lines(session, office, person, select(groups))
    return line


def group_of(session: Session, *, person: Person, case_id: int) -> int | None:
    """The group in which a copy waits, where this person may see the copy."""
    return session.scalar(
        select(HeldCopy.group_id).where(
            HeldCopy.case_id == case_id, HeldCopy.case_id.in_(held_for(person))
        )
    )


def list_copies(
    session: Session, *, office: Office, person: Person, group_id: int, after: int = 0
) -> tuple[list[CopyLine], int | None]:
    """A page of the copies in a group that this person may see, in the order of arrival.

    With it the copy after which the next page begins, where there is one.
    """
    rows = session.execute(
        select(Case.id, Case.headline, Case.arrived_at, HeldCopy.why)
        .join(HeldCopy, HeldCopy.case_id == Case.id)
        .where(HeldCopy.group_id == group_id, Case.id > after, Case.id.in_(held_for(person)))
        .order_by(Case.id)
        .limit(PER_PAGE + 1)
    ).all()
    shown = rows[:PER_PAGE]
    titles = _titles(session, office, ((row.id, row.headline) for row in shown))
    lines = [
        CopyLine(
            case_id=row.id,
            reference=reference_of(row.id),
            title=titles.get(row.id, ""),
            arrived_on=local_date(row.arrived_at),
            why=row.why,
        )
        for row in shown
    ]
    return lines, (shown[-1].id if len(rows) > PER_PAGE else None)


def first_on_desk(session: Session, *, group: CopyGroup, person: Person) -> int | None:
    """The case of which these are copies, where this person may see it."""
    seen = visible_to(person, [Room.DESK])
    return session.scalar(select(Case.id).where(Case.id == group.first_id, Case.id.in_(seen)))


def _groups(person: Person) -> Select[*tuple[Any, ...]]:
    """Every group of which a person may see a copy, with what is told of its copies."""
    due_at = func.min(Case.due_at)
    return (
        select(
            HeldCopy.group_id,
            func.count().label("amount"),
            func.min(Case.arrived_at).label("first_at"),
            func.max(Case.arrived_at).label("last_at"),
            due_at.label("due_at"),
            func.coalesce(due_at, _NEVER).label("order_at"),
            func.min(Case.id).label("first_id"),
        )
        .join(Case, Case.id == HeldCopy.case_id)
        .where(Case.id.in_(held_for(person)))
        .group_by(HeldCopy.group_id)
    )


def _lines(
    session: Session, office: Office, person: Person, chosen: Select[*tuple[Any, ...]]
) -> list[GroupLine]:
    """The lines of the groups that were chosen, the earliest deadline first, in two statements."""
    found = chosen.subquery()
    rows = session.execute(
        select(found, CopyGroup, Account.name.label("proposer"), Case.headline)
        .join(CopyGroup, CopyGroup.id == found.c.group_id)
        .join(Case, Case.id == found.c.first_id)
        .outerjoin(Account, Account.id == CopyGroup.proposer_id)
        .order_by(found.c.order_at, found.c.group_id)
    ).all()
    titles = _titles(session, office, ((row.first_id, row.headline) for row in rows))
    return [_line(row, titles.get(row.first_id, ""), person) for row in rows]


def _line(row: Row[Any], title: str, person: Person) -> GroupLine:
    """One line of the list."""
    group: CopyGroup = row.CopyGroup
    return GroupLine(
        group_id=group.id,
        title=title,
        amount=row.amount,
        first_on=local_date(row.first_at),
        last_on=local_date(row.last_at),
        due_at=row.due_at,
        proposed=group.proposal is not None and group.task is None,
        proposed_by_me=group.proposer_id == person.account_id,
        proposer=row.proposer or "",
        task=group.task,
        meant=group.meant or 0,
    )


def _titles(
    session: Session, office: Office, sealed: Iterable[tuple[int, bytes | None]]
) -> dict[int, str]:
    """What the cases are called on the desk; nothing where a seal is lost."""
    found = open_titles(session, office=office, room=Room.DESK, sealed=dict(sealed))
    return {case_id: title or "" for case_id, title in found.items()}
