"""How a transfer comes to its end: the new cell takes the member in, or they leave the area.

Of somebody who leaves the area it is written down that they did, and never where they went.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.leaving.excusals import NotNow
from moderation.leaving.finding import FoundTransfer, find_transfer
from moderation.leaving.following import follow
from moderation.leaving.standings import stand_again, stand_away
from moderation.leaving.transfers import check_day, write_deed
from moderation.office import Office
from moderation.registering.memberships import leave_cell, move_home, set_cell
from portal.models import Transfer
from portal.vocabulary import Deed, MembershipKind, MembershipStatus, TransferKind, TransferState

_DAY = timedelta(days=1)


def is_received(found: FoundTransfer) -> bool:
    """Whether a member waits to be taken in by the new cell, or a level above it, of somebody."""
    waits = found.transfer.state is TransferState.ON_THE_WAY
    return waits and found.to is not None and found.there.records


def may_accept(found: FoundTransfer, by: Person) -> bool:
    """Whether somebody may take the member in.

    Design rule: another person than wrote the decision down, so that nobody moves a member, and
    with them what is open, alone.
    """
    return is_received(found) and found.transfer.recorded_by_id != by.account_id


def accept(session: Session, *, office: Office, by: Person, transfer_id: int, on: date) -> Transfer:
    """Take the member in. For good: the home is the new cell from that day, and what is open about
    them follows. For a time: they count at the old cell, which stays responsible.

    Raises NotThere, NotNow, also for whoever wrote the decision down, BadDay for a day to come or
    before the letter, Refused by the register.
    """
    found = find_transfer(session, by=by, transfer_id=transfer_id, locked=True)
    transfer, member, to = found.transfer, found.member, found.to
    if not may_accept(found, by) or to is None:
        raise NotNow
    check_day(office, on, since=transfer.letter_on or transfer.decided_on)
    transfer.state, transfer.ended_on = TransferState.ACCEPTED, on
    if transfer.kind is TransferKind.OFFICIAL:
        move_home(session, office=office, member=member, organisation=to, on=on)
        stand_again(session, office=office, member=member, on=on)
        follow(session, office=office, member_id=member.id, old_id=found.cell.id, new=to)
    else:
        set_cell(
            session,
            office=office,
            member=member,
            kind=MembershipKind.TEMPORARY,
            organisation=to,
            on=on,
            until=transfer.until,
        )
        _stand_elsewhere(session, office, found, on)
    write_deed(session, office, by, Deed.TRANSFER_ACCEPTED, to.id)
    return transfer


def may_leave(found: FoundTransfer) -> bool:
    """Whether somebody may write down that a place out of the area has taken the member in."""
    waits = found.transfer.state is TransferState.ON_THE_WAY
    return waits and found.transfer.to_id is None and found.here.records


def leave_area(
    session: Session, *, office: Office, by: Person, transfer_id: int, on: date
) -> Transfer:
    """Write down since when a member is out of the area; where is never written down.

    The last cell still answers for what is open about them, as for anybody who has left. Raises
    NotThere, NotNow, BadDay, Refused by the register.
    """
    found = find_transfer(session, by=by, transfer_id=transfer_id, locked=True)
    if not may_leave(found):
        raise NotNow
    transfer, member = found.transfer, found.member
    check_day(office, on, since=transfer.letter_on or transfer.decided_on)
    transfer.ended_on = on
    if transfer.kind is TransferKind.OFFICIAL:
        transfer.state = TransferState.LEFT_AREA
        gone = MembershipStatus.TRANSFERRED
        stand_away(session, office=office, member=member, status=gone, on=on)
    else:
        transfer.state = TransferState.ACCEPTED
        _stand_elsewhere(session, office, found, on)
    write_deed(session, office, by, Deed.TRANSFER_LEFT, transfer.from_id)
    return transfer


def may_return(found: FoundTransfer) -> bool:
    """Whether somebody may write down that a member is back from a temporary transfer."""
    transfer = found.transfer
    away = transfer.state is TransferState.ACCEPTED and transfer.kind is TransferKind.TEMPORARY
    return away and found.here.records


def come_back(
    session: Session, *, office: Office, by: Person, transfer_id: int, on: date
) -> Transfer:
    """Write down since when a member is back at the old cell. Raises as ``accept`` does."""
    found = find_transfer(session, by=by, transfer_id=transfer_id, locked=True)
    if not may_return(found):
        raise NotNow
    transfer, member, began = found.transfer, found.member, found.transfer.ended_on
    check_day(office, on, since=(began or transfer.decided_on) + _DAY)
    if transfer.until is None or on <= transfer.until:
        if transfer.to_id is not None:
            kind = MembershipKind.TEMPORARY
            leave_cell(session, office=office, member=member, kind=kind, on=on - _DAY)
        stand_again(session, office=office, member=member, on=on)
    transfer.state, transfer.ended_on = TransferState.RETURNED, on
    write_deed(session, office, by, Deed.TRANSFER_RETURNED, transfer.from_id)
    return transfer


def _stand_elsewhere(session: Session, office: Office, found: FoundTransfer, on: date) -> None:
    """Let the membership stand as temporary elsewhere, until the last day of the transfer."""
    stand_away(
        session,
        office=office,
        member=found.member,
        status=MembershipStatus.TEMPORARY_ELSEWHERE,
        on=on,
        until=found.transfer.until,
    )
