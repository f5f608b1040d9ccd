"""Carrying out what was ordered for many cases: one case after another, each as a single deed.

A case that is done is marked in the same transaction, so that a worker who was stopped goes on
with the next one, and two of them do each case once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from moderation import screening
from moderation.access import NotVisible, Person, find_case, identify, relate
from moderation.bulk.judging import REFUSED, obstacle
from moderation.bulk.wording import unseal
from moderation.claiming import claim_case
from moderation.discretion import TellsMembership
from moderation.merging import may_take_in, merge
from moderation.office import Office
from moderation.papers import CaseKeys, open_keys
from moderation.units import report
from moderation.workflow import Action, Incomplete, perform
from portal.models import Account, BulkItem, BulkOrder, Case
from portal.models.bulk import BulkDeed, LeftOut
from portal.models.case import Room
from portal.vocabulary import Status

#: What was refused before it was ordered is refused once more should it come this far.
_REFUSED: Mapping[type[Exception], LeftOut] = {
    **REFUSED,
    TellsMembership: LeftOut.NAMES,
    Incomplete: LeftOut.PART,
}


class _LeftAlone(Exception):
    """The case stays as it is; ``why`` says for whoever ordered it."""

    def __init__(self, why: LeftOut) -> None:
        """Keep the reason."""
        super().__init__(why)
        self.why = why


class _Tools(TypedDict):
    """What a verb about a case is handed beside its session."""

    office: Office
    keys: CaseKeys
    case: Case
    by: Person


@dataclass(frozen=True, repr=False)
class _Task:
    """What is done to one case, and for whom."""

    office: Office
    by: Person
    order: BulkOrder
    item: BulkItem
    case: Case
    keys: CaseKeys

    @property
    def tools(self) -> _Tools:
        """What a verb is handed."""
        return _Tools(office=self.office, keys=self.keys, case=self.case, by=self.by)


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

    A case that somebody works on at this moment is tried again in the next round, and so is
    everything while the database does not answer. What fails otherwise would fail again, and for
    ever: it is left, and whoever ordered it reads that.
    """
    item = _claim_item(session, item_id)
    if item is None or item.done_at is not None:
        return
    order = session.get_one(BulkOrder, item.order_id)
    if order.due_at > office.at:
        return
    wanted = [item.case_id, *([order.into_id] if order.into_id else [])]
    if any(claim_case(session, case_id=number) is None for number in wanted):
        return
    try:
        with session.begin_nested():
            _do(session, office, order, item)
    except _LeftAlone as left:
        item.skipped = left.why
    except tuple(_REFUSED) as error:
        item.skipped = _REFUSED[type(error)]
    except SQLAlchemyError:
        raise
    except Exception as error:  # Whatever it is, the other cases and the queue go on.
        report(item_id, error)
        item.skipped = LeftOut.FAILED
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
    if order.deed in _ABOUT_WORDS and case.version != item.version:
        raise _LeftAlone(LeftOut.CHANGED)
    keys = open_keys(session, office=office, case_id=case.id)
    _DEEDS[order.deed](session, _Task(office, by, order, item, case, keys))


def _claim(session: Session, task: _Task) -> None:
    """Take a case."""
    perform(session, **task.tools, action=Action.CLAIM)


def _release(session: Session, task: _Task) -> None:
    """Let a case go back to the queue."""
    perform(session, **task.tools, action=Action.RELEASE)


def _decline(session: Session, task: _Task) -> None:
    """Propose that it is not taken; whoever proposes takes the case first, as ever."""
    body = unseal(task.keys, task.item)
    if task.case.status is Status.RECEIVED:
        _claim(session, task)
    screening.decline(session, **task.tools, reason=body.reason, note=body.note)


def _merge(session: Session, task: _Task) -> None:
    """Let the letters of a case go on in the other one."""
    into = session.get(Case, task.order.into_id) if task.order.into_id else None
    if into is None or not may_take_in(into):
        raise _LeftAlone(LeftOut.TARGET)
    try:
        find_case(session, person=task.by, case_id=into.id, room=Room.DESK)
    except NotVisible:
        raise _LeftAlone(LeftOut.TARGET) from None
    keys = open_keys(session, office=task.office, case_id=into.id)
    merge(session, office=task.office, keys=keys, case=into, by=task.by, other_id=task.case.id)


_DEEDS: dict[BulkDeed, Callable[[Session, _Task], None]] = {
    BulkDeed.CLAIM: _claim,
    BulkDeed.RELEASE: _release,
    BulkDeed.DECLINE: _decline,
    BulkDeed.MERGE: _merge,
}
#: What was decided after reading: as on a page, it holds for the case that was read.
_ABOUT_WORDS = frozenset({BulkDeed.DECLINE, BulkDeed.MERGE})
