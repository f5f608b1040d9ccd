"""Letting the stages of transfers follow an edited calendar, as the clocks of cases do.

No stage becomes late by it, or later: a day that would is kept as it was.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.leaving.days import last_day
from moderation.office import Office
from portal.models import Transfer
from portal.vocabulary import TransferState

_UNDER_WAY = (TransferState.DECIDED, TransferState.ON_THE_WAY)


def recount_transfers(session: Session, *, office: Office) -> int:
    """Work out anew by when each transfer under way has to go on; how many days have moved."""
    rows = session.scalars(
        select(Transfer)
        .where(Transfer.state.in_(_UNDER_WAY))
        .order_by(Transfer.id)
        .with_for_update(key_share=True)
    ).all()
    moved = 0
    for transfer in rows:
        start = transfer.letter_on or transfer.decided_on
        after = last_day(start, transfer.working_days, office.calendar)
        if after == transfer.due_on or after < min(transfer.due_on, office.today):
            continue
        transfer.due_on = after
        moved += 1
    return moved
