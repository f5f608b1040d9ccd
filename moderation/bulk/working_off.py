"""Carrying out what was ordered for many cases: one case after another, each as a single deed.

A case that is done is marked in the same transaction, so that a worker who was stopped goes on
with the next one, and two of them do each case once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import NotVisible, Person, find_case, identify, relate
from moderation.bulk.judging import obstacle
from moderation.claiming import claim_case
from moderation.office import Office
from moderation.papers import CaseKeys, open_keys
from moderation.workflow import Action, NotAvailable, perform
from portal.models import Account, BulkItem, BulkOrder, Case
from portal.models.bulk import BulkDeed, LeftOut
from portal.models.case import Room
from portal.vault import CannotOpen


class _LeftAlone(Exception):
    """The case stays as it is; ``why`` says for whoever ordered it."""

    def __init__(self, why: LeftOut) -> None:
        """Keep the reason."""
        super().__init__(why)
        self.why = why


def waiting_items(session: Session, *, at: datetime, limit: int = 50) -> list[int]:
    """The cases of orders whose time has come, in the order in which they were ordered."""
    return list(
        session.scalars(
            select(BulkItem.id)
            .join(BulkOrder, BulkOrder.id == BulkItem.order_id)
            .where(BulkItem.done_at.is_(None), BulkOrder.due_at <= at)
            .order_by(BulkItem.id)
            .limit(limit)
        )
    )


def carry_out(session: Session, *, office: Office, item_id: int) -> None:
    """Do it to one case, or leave that case wholly as it was and keep why.

    A case that somebody works on at this moment is tried again in the next round.
    """
    item = _claim_item(session, item_id)
    if item is None or item.done_at is not None:
        return
    order = session.get_one(BulkOrder, item.order_id)
    if order.due_at > office.at:
        return
    if claim_case(session, case_id=item.case_id) is None:
        return
    try:
        with session.begin_nested():
            _do(session, office, order, item)
    except _LeftAlone as left:
        item.skipped = left.why
    except NotVisible:
        item.skipped = LeftOut.GONE
    except CannotOpen:
        item.skipped = LeftOut.SHUT
    except NotAvailable:
        item.skipped = LeftOut.PART
    item.done_at, item.words = office.at, None


def _claim_item(session: Session, item_id: int) -> BulkItem | None:
    """The item, held until the transaction ends, or nothing while another worker holds it."""
    wanted = select(BulkItem).where(BulkItem.id == item_id)
    return session.scalars(wanted.with_for_update(key_share=True, skip_locked=True)).one_or_none()


def _do(session: Session, office: Office, order: BulkOrder, item: BulkItem) -> None:
    """Do it as the person who ordered it, with what they may today."""
    account = session.get_one(Account, order.account_id)
    by = identify(session, search=office.ring.search, account=account, today=office.today)
    case = find_case(session, person=by, case_id=item.case_id, room=Room.DESK)
    why = obstacle(order.deed, case, relate(session, person=by, case=case))
    if why is not None:
        raise _LeftAlone(why)
    keys = open_keys(session, office=office, case_id=case.id)
    _DEEDS[order.deed](session, office, keys, case, by)


def _claim(session: Session, office: Office, keys: CaseKeys, case: Case, by: Person) -> None:
    """Take a case."""
    perform(session, office=office, keys=keys, case=case, action=Action.CLAIM, by=by)


def _release(session: Session, office: Office, keys: CaseKeys, case: Case, by: Person) -> None:
    """Let a case go back to the queue."""
    perform(session, office=office, keys=keys, case=case, action=Action.RELEASE, by=by)


_DEEDS: dict[BulkDeed, Callable[[Session, Office, CaseKeys, Case, Person], None]] = {
    BulkDeed.CLAIM: _claim,
    BulkDeed.RELEASE: _release,
}
