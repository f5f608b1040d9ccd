"""The confirmation slip that a member brings back: handed in, missing, or asked for elsewhere.

A slip may be missing for innocent reasons. What is written down is what the cell did about it.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.followups import BadDay
from moderation.journal import write_down
from moderation.leaving.excusals import NotNow
from moderation.leaving.finding import FoundExcusal, find_excusal
from moderation.office import Office
from portal.models import ConfirmationSlip
from portal.vocabulary import Deed, ExcusalState, SlipState


def may_note(found: FoundExcusal) -> bool:
    """Whether somebody of the cell may write down what became of the slip."""
    return found.powers.tends and found.excusal.state is ExcusalState.GRANTED


def note_slip(
    session: Session, *, office: Office, by: Person, excusal_id: int, state: SlipState, on: date
) -> ConfirmationSlip:
    """Write down what is known of the slip, and on which day that was so; the newest note holds.

    Raises NotThere, NotNow, BadDay for a day to come or before the excusal began.
    """
    found = find_excusal(session, by=by, excusal_id=excusal_id, locked=True)
    excusal = found.excusal
    if not may_note(found):
        raise NotNow
    if on > office.today:
        raise BadDay("future")
    if on < excusal.valid_from:
        raise BadDay("before_start")
    slip = ConfirmationSlip(
        excusal_id=excusal.id, state=state, on=on, noted_at=office.at, noted_by_id=by.account_id
    )
    session.add(slip)
    excusal.settled_on = office.today if state.settles else None
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.SLIP_NOTED,
        account_id=by.account_id,
        organisation_id=excusal.organisation_id,
    )
    return slip


def slips_of(session: Session, *, excusal_id: int) -> list[ConfirmationSlip]:
    """What was written down of the slip, the newest first."""
    return list(
        session.scalars(
            select(ConfirmationSlip)
            .where(ConfirmationSlip.excusal_id == excusal_id)
            .order_by(ConfirmationSlip.id.desc())
        )
    )
