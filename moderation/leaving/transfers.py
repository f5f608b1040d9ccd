"""Transfers of Party life: decided, sent with a referral letter, taken in by the new cell.

Until the new cell has taken a member in, the old one stays responsible. How long each stage may
take is a row that staff set; the days come from memory of a Party rule. Being late is something
for the level above to look at, and never a violation. Of somebody who leaves the area it is written
down that they did, and never where they went.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.followups import BadDay
from moderation.journal import write_down
from moderation.leaving.days import last_day
from moderation.leaving.excusals import QUEUE, NotNow
from moderation.leaving.finding import FoundTransfer, NotThere, find_member, find_transfer
from moderation.leaving.scope import powers_over
from moderation.leaving.standings import stand_again, stand_away
from moderation.office import Office
from moderation.register import exists_on
from portal.db import queue_for
from portal.models import Organisation, Transfer
from portal.vocabulary import (
    CELLS,
    Deed,
    MembershipStatus,
    TransferKind,
    TransferState,
)

UNDER_WAY = (TransferState.DECIDED, TransferState.ON_THE_WAY)


class NotACell(Exception):
    """Where a transfer leads to is no cell of today, or the very cell that it begins at."""


class AlreadyMoving(Exception):
    """A transfer of this member is under way."""


@dataclass(frozen=True)
class Plan:
    """What was decided: since when, to which cell of the register (none: out of its area), and for
    a temporary transfer until when.
    """

    member_id: UUID
    kind: TransferKind
    decided_on: date
    to_id: int | None
    until: date | None = None


def begin(session: Session, *, office: Office, by: Person, plan: Plan) -> Transfer:
    """Write down that a transfer was decided.

    Raises NotThere for a member who is not theirs, NotACell, AlreadyMoving, BadDay for a decision
    to come or a temporary transfer without an end after it, Refused by the register.
    """
    member, cell = find_member(session, by=by, member_id=plan.member_id, on=office.today)
    if not powers_over(by, cell.path).records:
        raise NotThere
    _check_plan(session, office, plan, cell)
    queue_for(session, QUEUE)
    moving = select(Transfer.id).where(
        Transfer.member_id == member.id, Transfer.state.in_(UNDER_WAY)
    )
    if session.scalars(moving.limit(1)).first() is not None:
        raise AlreadyMoving
    days = office.targets["transfer_start"].working_days
    transfer = Transfer(
        member_id=member.id,
        kind=plan.kind,
        state=TransferState.DECIDED,
        from_id=cell.id,
        to_id=plan.to_id,
        decided_on=plan.decided_on,
        until=plan.until,
        working_days=days,
        due_on=last_day(plan.decided_on, days, office.calendar),
        recorded_at=office.at,
        recorded_by_id=by.account_id,
    )
    session.add(transfer)
    if plan.kind is TransferKind.OFFICIAL:
        moved = MembershipStatus.TRANSFERRING
        stand_away(session, office=office, member=member, status=moved, on=plan.decided_on)
    session.flush()
    write_deed(session, office, by, Deed.TRANSFER_BEGUN, cell.id)
    return transfer


def may_send(found: FoundTransfer) -> bool:
    """Whether somebody may write down that the referral letter was handed out."""
    return found.here.records and found.transfer.state is TransferState.DECIDED


def send(session: Session, *, office: Office, by: Person, transfer_id: int, on: date) -> Transfer:
    """Write down the day of the referral letter; from then on the new cell is waited for.

    Raises NotThere, NotNow, BadDay for a day to come or before the decision.
    """
    found = find_transfer(session, by=by, transfer_id=transfer_id, locked=True)
    if not may_send(found):
        raise NotNow
    transfer = found.transfer
    check_day(office, on, since=transfer.decided_on)
    days = office.targets["transfer_present"].working_days
    transfer.state, transfer.letter_on = TransferState.ON_THE_WAY, on
    transfer.working_days = days
    transfer.due_on = last_day(on, days, office.calendar)
    write_deed(session, office, by, Deed.TRANSFER_SENT, transfer.from_id)
    return transfer


def may_cancel(found: FoundTransfer) -> bool:
    """Whether somebody of the old cell or above may write down that nothing comes of it."""
    return found.here.records and found.transfer.state in UNDER_WAY


def cancel(session: Session, *, office: Office, by: Person, transfer_id: int) -> Transfer:
    """Write down that nothing came of a transfer. Raises NotThere, NotNow, Refused."""
    found = find_transfer(session, by=by, transfer_id=transfer_id, locked=True)
    if not may_cancel(found):
        raise NotNow
    transfer = found.transfer
    transfer.state, transfer.ended_on = TransferState.CANCELLED, office.today
    if transfer.kind is TransferKind.OFFICIAL:
        stand_again(session, office=office, member=found.member, on=office.today)
    write_deed(session, office, by, Deed.TRANSFER_CANCELLED, transfer.from_id)
    return transfer


def check_day(office: Office, on: date, *, since: date) -> None:
    """Raise BadDay unless something can have happened on a day."""
    if on > office.today:
        raise BadDay("future")
    if on < since:
        raise BadDay("before_start")


def write_deed(
    session: Session, office: Office, by: Person, deed: Deed, organisation_id: int
) -> None:
    """Write the deed into the journal: at which cell, never about whom."""
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=deed,
        account_id=by.account_id,
        organisation_id=organisation_id,
    )


def _check_plan(session: Session, office: Office, plan: Plan, cell: Organisation) -> None:
    """Raise BadDay or NotACell for what cannot be planned."""
    if plan.decided_on > office.today:
        raise BadDay("future")
    if plan.kind is TransferKind.TEMPORARY and (plan.until or plan.decided_on) <= plan.decided_on:
        raise BadDay("order")
    if plan.to_id is None:
        return
    to = session.get(Organisation, plan.to_id)
    if to is None or to.kind not in CELLS or not exists_on(to, office.today) or to.id == cell.id:
        raise NotACell
