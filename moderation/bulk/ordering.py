"""Ordering one deed for many cases, and taking the order back. No case is changed here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.bulk.planning import Matter, Plan, plan
from moderation.bulk.wording import seal
from moderation.journal import write_down
from moderation.merging import may_take_in
from moderation.office import Office
from moderation.workflow import Action, Incomplete, Need, NotAvailable
from portal.db import queue_for
from portal.models import BulkItem, BulkOrder
from portal.models.bulk import BulkDeed, LeftOut
from portal.vocabulary import Deed, Role

#: Between ordering and beginning (design rule): long enough to see a mistake.
DELAY = timedelta(minutes=10)
#: How long somebody can read what became of an order.
_KEPT = timedelta(days=30)


class Changed(Exception):
    """It would not happen to every case any more; ``plan`` says what would."""

    def __init__(self, found: Plan) -> None:
        """Keep what would happen now."""
        super().__init__(len(found.meant))
        self.plan = found


def order(
    session: Session, *, office: Office, by: Person, matter: Matter, case_ids: Iterable[int]
) -> BulkOrder:
    """Order it for exactly these cases, at most ``MOST`` of them.

    Raises Changed, and orders nothing, unless it could be done to every one of them now, Incomplete
    without what the deed is about, and what ``plan`` raises.
    """
    _check(matter)
    queue_for(session, b"bulk:%d" % by.account_id)
    found = plan(session, office=office, by=by, matter=matter, case_ids=case_ids)
    if not found.whole:
        raise Changed(found)
    made = BulkOrder(
        account_id=by.account_id,
        deed=matter.deed,
        ordered_at=office.at,
        due_at=office.at + DELAY,
        into_id=matter.into.id if matter.into else None,
    )
    session.add(made)
    session.flush()
    for case in found.meant:
        words = seal(session, office=office, case=case, order=made, body=matter.decline)
        item = BulkItem(order_id=made.id, case_id=case.id, version=case.version, words=words)
        session.add(item)
    _write_down(session, office, by, Deed.BULK_ORDERED, found.meant[0].desk_id)
    return made


def cancel(session: Session, *, office: Office, by: Person, order: BulkOrder) -> None:
    """Take an order back. What the worker has done of it by then stays done.

    Raises NotAvailable when nothing of it is left.
    """
    left = session.execute(
        update(BulkItem)
        .where(BulkItem.order_id == order.id, BulkItem.done_at.is_(None))
        .values(done_at=office.at, skipped=LeftOut.CANCELLED, words=None)
        .returning(BulkItem.id)
        .execution_options(synchronize_session=False)
    ).all()
    if not left:
        raise NotAvailable(Action.RELEASE)
    order.cancelled_at = office.at
    session.flush()
    _write_down(session, office, by, Deed.BULK_CANCELLED, None)


def forget(session: Session, *, at: datetime) -> None:
    """Forget the orders of which everything was done, or taken back, long ago."""
    waiting = select(BulkItem.order_id).where(BulkItem.done_at.is_(None))
    old = select(BulkOrder.id).where(BulkOrder.due_at < at - _KEPT, BulkOrder.id.not_in(waiting))
    session.execute(delete(BulkItem).where(BulkItem.order_id.in_(old)))
    empty = BulkOrder.id.not_in(select(BulkItem.order_id))
    session.execute(delete(BulkOrder).where(BulkOrder.due_at < at - _KEPT, empty))


def _check(matter: Matter) -> None:
    """Raise unless it is said why, or into which case."""
    if matter.deed is BulkDeed.DECLINE and not (matter.decline and matter.decline.note.strip()):
        raise Incomplete(Need.PUBLIC_NOTE)
    if matter.deed is BulkDeed.MERGE and (matter.into is None or not may_take_in(matter.into)):
        raise Incomplete(Need.OTHER_CASE)


def _write_down(
    session: Session, office: Office, by: Person, deed: Deed, place: int | None
) -> None:
    """Write into the journal that it was ordered; each case has steps of its own."""
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=deed,
        account_id=by.account_id,
        organisation_id=place or next(iter(by.organisations(Role.MODERATOR)), None),
    )
