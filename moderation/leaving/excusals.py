"""Excusing a member from Party life for a time: proposed by the cell, decided by the level above.

Rules (design, after what staff said of them; the numbers are rows that staff set): with a last day,
never longer than the longest time, one at a time, and decided by another person than proposed it.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.followups import BadDay
from moderation.journal import write_down
from moderation.leaving.finding import FoundExcusal, NotThere, find_excusal, find_member
from moderation.leaving.reasons import Reason, keep_reason, read_reason
from moderation.leaving.scope import powers_over
from moderation.leaving.standings import stand_again, stand_away
from moderation.office import Office
from moderation.workflow import Incomplete, Need
from portal.db import queue_for
from portal.models import Excusal
from portal.vocabulary import Deed, ExcusalGround, ExcusalState, MembershipStatus

_DAY = timedelta(days=1)
QUEUE = b"leaving"


class NotNow(Exception):
    """It is too late for this step, too early, or not for this person."""


class AlreadyExcused(Exception):
    """On some of these days the member is excused already, or it is proposed."""


def propose(
    session: Session,
    *,
    office: Office,
    by: Person,
    member_id: UUID,
    valid_from: date,
    valid_to: date,
    ground: ExcusalGround,
    reason: str,
) -> Excusal:
    """Propose to excuse a member from a day to a day, both included.

    Raises NotThere for somebody who is not theirs to propose, Incomplete without a reason, BadDay
    for days in the wrong order, too many or all over, AlreadyExcused.
    """
    member, cell = find_member(session, by=by, member_id=member_id, on=office.today)
    if not powers_over(by, cell.path).tends:
        raise NotThere
    if not reason.strip():
        raise Incomplete(Need.REASON)
    _check_days(office, valid_from, valid_to)
    queue_for(session, QUEUE)
    _check_free(session, member_id, valid_from, valid_to)
    excusal = Excusal(
        member_id=member.id,
        organisation_id=cell.id,
        state=ExcusalState.PROPOSED,
        valid_from=valid_from,
        valid_to=valid_to,
        ends_on=valid_to,
        proposed_at=office.at,
        proposed_by_id=by.account_id,
    )
    session.add(excusal)
    session.flush()
    why = Reason(ground, reason.strip())
    keep_reason(session, office=office, excusal_id=excusal.id, reason=why)
    _write(session, office, by, Deed.EXCUSAL_PROPOSED, excusal)
    return excusal


def may_decide(found: FoundExcusal, by: Person) -> bool:
    """Whether somebody may say yes or no: of the level above, and another person than proposed."""
    excusal = found.excusal
    waits = excusal.state is ExcusalState.PROPOSED
    return waits and found.powers.decides and excusal.proposed_by_id != by.account_id


def grant(session: Session, *, office: Office, by: Person, excusal_id: int) -> Excusal:
    """Excuse the member as proposed; the register follows, and an excusal before it goes on in it.

    Raises NotThere, NotNow, Refused where the register holds something that stands in the way.
    """
    found = _deciding(session, by, excusal_id)
    excusal = found.excusal
    _decide(session, office, by, found, ExcusalState.GRANTED)
    stand_away(
        session,
        office=office,
        member=found.member,
        status=MembershipStatus.TEMPORARILY_EXCUSED,
        on=excusal.valid_from,
        until=excusal.valid_to,
    )
    for earlier in session.scalars(_leading_into(excusal)):
        earlier.settled_on = office.today
    _write(session, office, by, Deed.EXCUSAL_GRANTED, excusal)
    return excusal


def refuse(session: Session, *, office: Office, by: Person, excusal_id: int, why: str) -> Excusal:
    """Refuse what was proposed; the cell reads why. Raises NotThere, NotNow, Incomplete."""
    found = _deciding(session, by, excusal_id)
    if not why.strip():
        raise Incomplete(Need.REASON)
    kept = read_reason(session, office=office, excusal_id=excusal_id)
    if kept is not None:
        told = Reason(kept.ground, kept.words, why.strip())
        keep_reason(session, office=office, excusal_id=excusal_id, reason=told)
    _decide(session, office, by, found, ExcusalState.REFUSED)
    _write(session, office, by, Deed.EXCUSAL_REFUSED, found.excusal)
    return found.excusal


def withdraw(session: Session, *, office: Office, by: Person, excusal_id: int) -> Excusal:
    """Take a proposal back before it is decided. Raises NotThere, NotNow."""
    found = find_excusal(session, by=by, excusal_id=excusal_id, locked=True)
    if not found.powers.tends or found.excusal.state is not ExcusalState.PROPOSED:
        raise NotNow
    found.excusal.state = ExcusalState.WITHDRAWN
    _write(session, office, by, Deed.EXCUSAL_WITHDRAWN, found.excusal)
    return found.excusal


def may_return(found: FoundExcusal) -> bool:
    """Whether somebody of the cell may write down that the member is back."""
    excusal = found.excusal
    granted = excusal.state is ExcusalState.GRANTED
    return granted and found.powers.tends and excusal.returned_on is None


def come_back(
    session: Session, *, office: Office, by: Person, excusal_id: int, on: date
) -> Excusal:
    """Write down since when a member is back; before the last day the excusal ends with it.

    The slip is asked for as before. Raises NotThere, NotNow, BadDay for a day to come or before
    the excusal began, Refused by the register.
    """
    found = find_excusal(session, by=by, excusal_id=excusal_id, locked=True)
    excusal = found.excusal
    if not may_return(found):
        raise NotNow
    if on > office.today:
        raise BadDay("future")
    if on <= excusal.valid_from:
        raise BadDay("before_start")
    excusal.returned_on = on
    if on <= excusal.valid_to:
        excusal.ends_on = on - _DAY
        stand_again(session, office=office, member=found.member, on=on)
    _write(session, office, by, Deed.EXCUSAL_RETURNED, excusal)
    return excusal


def _check_days(office: Office, first: date, last: date) -> None:
    """Raise BadDay unless somebody can be excused on these days."""
    if last < first:
        raise BadDay("order")
    if last < office.today:
        raise BadDay("over")
    if (last - first).days + 1 > office.targets["excusal_most"].working_days:
        raise BadDay("too_long")


def _check_free(session: Session, member_id: UUID, first: date, last: date) -> None:
    """Raise AlreadyExcused where something is proposed or granted for one of these days."""
    standing = (ExcusalState.PROPOSED, ExcusalState.GRANTED)
    taken = select(Excusal.id).where(
        Excusal.member_id == member_id,
        Excusal.state.in_(standing),
        or_(
            Excusal.state == ExcusalState.PROPOSED,
            (Excusal.valid_from <= last) & (Excusal.ends_on >= first),
        ),
    )
    if session.scalars(taken.limit(1)).first() is not None:
        raise AlreadyExcused


def _deciding(session: Session, by: Person, excusal_id: int) -> FoundExcusal:
    """What somebody is about to decide. Raises NotThere, NotNow."""
    found = find_excusal(session, by=by, excusal_id=excusal_id, locked=True)
    if not may_decide(found, by):
        raise NotNow
    return found


def _decide(
    session: Session, office: Office, by: Person, found: FoundExcusal, state: ExcusalState
) -> None:
    """Write down what was decided, by whom and when."""
    queue_for(session, QUEUE)
    excusal = found.excusal
    excusal.state, excusal.decided_at, excusal.decided_by_id = state, office.at, by.account_id


def _write(session: Session, office: Office, by: Person, deed: Deed, excusal: Excusal) -> None:
    """Write the deed into the journal: at which cell, never about whom or why."""
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=deed,
        account_id=by.account_id,
        organisation_id=excusal.organisation_id,
    )


def _leading_into(excusal: Excusal) -> Select[Excusal]:
    """The excusals that this one goes on from without a gap."""
    return select(Excusal).where(
        Excusal.member_id == excusal.member_id,
        Excusal.state == ExcusalState.GRANTED,
        Excusal.id != excusal.id,
        Excusal.settled_on.is_(None),
        Excusal.ends_on == excusal.valid_from - _DAY,
    )
