"""How a member stands who is away, as the page of a case about absence tells it in neutral words.

Days only: never why somebody is excused, and never where they are or go.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.leaving.transfers import UNDER_WAY
from moderation.office import Office
from portal.models import Case, Excusal, Transfer
from portal.vocabulary import ExcusalState, Topic, TransferKind, TransferState


class Whereabouts(enum.StrEnum):
    """How a member stands who is away, or was."""

    EXCUSED = "excused"
    NO_SLIP = "no_slip"
    SETTLED = "settled"
    MOVING = "moving"
    MOVING_LATE = "moving_late"
    ELSEWHERE = "elsewhere"
    LEFT_AREA = "left_area"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Stands:
    """How a member stands, and until or since which day."""

    how: Whereabouts
    day: date | None = None


def stands(
    session: Session, *, office: Office, case: Case, member_id: UUID | None
) -> tuple[Stands, ...]:
    """How the member of a case about absence stands today, in two statements; nothing for any
    other case, and for one whose member is not known.
    """
    if case.topic is not Topic.ABSENCE_TRANSFER or member_id is None:
        return ()
    found = [*_of_transfers(session, office, member_id), *_of_excusals(session, office, member_id)]
    return tuple(found) or (Stands(Whereabouts.UNKNOWN),)


def _of_excusals(session: Session, office: Office, member_id: UUID) -> list[Stands]:
    """What the newest excusal says."""
    newest = session.scalars(
        select(Excusal)
        .where(
            Excusal.member_id == member_id,
            Excusal.state == ExcusalState.GRANTED,
            Excusal.valid_from <= office.today,
        )
        .order_by(Excusal.valid_from.desc(), Excusal.id.desc())
        .limit(1)
    ).first()
    if newest is None:
        return []
    if newest.ends_on >= office.today:
        return [Stands(Whereabouts.EXCUSED, newest.ends_on)]
    how = Whereabouts.NO_SLIP if newest.settled_on is None else Whereabouts.SETTLED
    return [Stands(how, newest.ends_on)]


def _of_transfers(session: Session, office: Office, member_id: UUID) -> list[Stands]:
    """What the newest transfer says, unless it is over and says nothing of today."""
    newest = session.scalars(
        select(Transfer)
        .where(Transfer.member_id == member_id, Transfer.state != TransferState.CANCELLED)
        .order_by(Transfer.decided_on.desc(), Transfer.id.desc())
        .limit(1)
    ).first()
    if newest is None:
        return []
    if newest.state in UNDER_WAY:
        late = newest.due_on < office.today
        how = Whereabouts.MOVING_LATE if late else Whereabouts.MOVING
        return [Stands(how, newest.due_on)]
    if newest.state is TransferState.LEFT_AREA:
        return [Stands(Whereabouts.LEFT_AREA, newest.ended_on)]
    if newest.kind is TransferKind.TEMPORARY and newest.state is TransferState.ACCEPTED:
        return [Stands(Whereabouts.ELSEWHERE, newest.until)]
    return []
