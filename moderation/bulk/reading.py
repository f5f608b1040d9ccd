"""What somebody ordered, how far it has come, and what was left out. For nobody else.

Every figure is less the cases that are hidden from this person by now: of those nothing is told,
not even that there was one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, case, func, select
from sqlalchemy.orm import Session

from moderation.access import NotVisible, Person, not_excluded, visible_to
from moderation.listing.opening import open_titles
from moderation.office import Office
from portal.models import BulkItem, BulkOrder, Case
from portal.models.bulk import BulkDeed, LeftOut
from portal.models.case import Room
from portal.models.submission import reference_of
from portal.prepared import Prepared

_MOST_LISTED = 50
#: Whether anything waits that somebody ordered.
_WAITING = Prepared(
    select(BulkItem.order_id)
    .join(BulkOrder, BulkOrder.id == BulkItem.order_id)
    .where(BulkOrder.account_id == bindparam("account_id"), BulkItem.done_at.is_(None))
    .limit(1)
)


@dataclass(frozen=True)
class OrderLine:
    """An order with how many cases it is about, how many wait, and how many were left out."""

    order_id: int
    deed: BulkDeed
    ordered_at: datetime
    due_at: datetime
    cancelled_at: datetime | None
    into_id: int | None
    amount: int
    waiting: int
    skipped: int

    @property
    def done(self) -> int:
        """To how many cases it was done."""
        return self.amount - self.waiting - self.skipped


@dataclass(frozen=True)
class OrderedCase:
    """A case of an order, in the words of the desk."""

    case_id: int
    reference: str
    title: str


def list_orders(session: Session, *, person: Person, waiting: bool = False) -> list[OrderLine]:
    """What this person ordered, the newest first, or only what waits. Mostly nothing does: that is
    asked first.
    """
    if waiting and not _WAITING.rows(session, account_id=person.account_id):
        return []
    wanted = _orders(person).order_by(BulkOrder.id.desc()).limit(_MOST_LISTED)
    if waiting:
        left = select(BulkItem.order_id).where(BulkItem.done_at.is_(None))
        wanted = wanted.where(BulkOrder.id.in_(left))
    return [_line(row) for row in session.execute(wanted)]


def find_order(session: Session, *, person: Person, order_id: int) -> tuple[BulkOrder, OrderLine]:
    """One order of this person's. Raises NotVisible, the same for everybody else's."""
    row = session.execute(_orders(person).where(BulkOrder.id == order_id)).one_or_none()
    if row is None:
        raise NotVisible
    return row[0], _line(row)


def read_skipped(
    session: Session, *, office: Office, person: Person, order_id: int
) -> tuple[dict[LeftOut, list[OrderedCase]], int]:
    """What was left out and why, and how many of them are on this person's desk no more."""
    left = BulkItem.skipped.is_not(None)
    shown = left & (BulkItem.skipped != LeftOut.GONE)
    found: dict[LeftOut, list[OrderedCase]] = {}
    for one, why in _read(session, office, person, order_id, shown):
        found.setdefault(why, []).append(one)
    counted = select(func.count()).select_from(BulkItem)
    total = session.scalar(counted.where(BulkItem.order_id == order_id, left, _not_hidden(person)))
    return found, (total or 0) - sum(map(len, found.values()))


def read_meant(
    session: Session, *, office: Office, person: Person, order_id: int
) -> list[OrderedCase]:
    """To which cases it is done, or was: those that are on this person's desk."""
    meant = BulkItem.skipped.is_(None)
    return [one for one, _why in _read(session, office, person, order_id, meant)]


def _read(
    session: Session,
    office: Office,
    person: Person,
    order_id: int,
    which: ColumnElement[bool],
) -> list[tuple[OrderedCase, LeftOut]]:
    """Some cases of an order, as far as this person sees them now, each with why it was left."""
    seen = visible_to(person, [Room.DESK])
    rows = session.execute(
        select(Case.id, Case.headline, BulkItem.skipped)
        .join(BulkItem, BulkItem.case_id == Case.id)
        .where(BulkItem.order_id == order_id, which, Case.id.in_(seen))
        .order_by(Case.id)
    ).all()
    sealed = {row.id: row.headline for row in rows}
    titles = open_titles(session, office=office, room=Room.DESK, sealed=sealed)
    return [
        (OrderedCase(row.id, reference_of(row.id), titles.get(row.id) or ""), row.skipped)
        for row in rows
    ]


def _orders(person: Person) -> Select[*tuple[Any, ...]]:
    """The orders of a person with their figures; one of which nothing is seen is none."""
    waits = BulkItem.done_at.is_(None)
    return (
        select(
            BulkOrder,
            func.count().label("amount"),
            func.sum(case((waits, 1), else_=0)).label("waiting"),
            func.sum(case((BulkItem.skipped.is_not(None), 1), else_=0)).label("skipped"),
        )
        .join(BulkItem, BulkItem.order_id == BulkOrder.id)
        .where(BulkOrder.account_id == person.account_id, _not_hidden(person))
        .group_by(BulkOrder.id)
    )


def _not_hidden(person: Person) -> ColumnElement[bool]:
    """That no mark of the person lies on the case of an item."""
    return not_excluded(person, BulkItem.case_id)


def _line(row: Row[Any]) -> OrderLine:
    """One order in figures."""
    found: BulkOrder = row[0]
    return OrderLine(
        order_id=found.id,
        deed=found.deed,
        ordered_at=found.ordered_at,
        due_at=found.due_at,
        cancelled_at=found.cancelled_at,
        into_id=found.into_id,
        amount=row.amount,
        waiting=row.waiting,
        skipped=row.skipped,
    )
