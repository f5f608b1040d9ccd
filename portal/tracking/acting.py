"""What a resident does with the code: each act is one inserted row.

No status is written here. The worker carries an act out within seconds; until then the
tracking page says that it waits.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.models import ResidentAct
from portal.tracking.finding import Tracked
from portal.vault import encrypt, new_uid
from portal.vocabulary import ActKind, Rating, Status

#: In which statuses of the case an act makes sense.
_OPEN = frozenset(
    {
        Status.RECEIVED,
        Status.SCREENING,
        Status.NEED_INFO,
        Status.ELIGIBLE,
        Status.ROUTED,
        Status.IN_PROGRESS,
        Status.ON_HOLD,
        Status.REPORTED,
    }
)
ALLOWED: dict[ActKind, frozenset[Status]] = {
    ActKind.SUPPLY: _OPEN,
    ActKind.WITHDRAW: _OPEN,
    ActKind.RATE: frozenset({Status.ANSWERED}),
}


class CannotAct(Exception):
    """The act does not fit where the case stands, or the same act waits already."""


def may_act(tracked: Tracked, kind: ActKind) -> bool:
    """Whether the resident may do this now."""
    return tracked.state is None and tracked.status in ALLOWED[kind]


def supply(session: Session, *, tracked: Tracked, text: str, at: datetime) -> None:
    """Add information, or answer a question. Raises CannotAct."""
    _insert(session, tracked, ActKind.SUPPLY, at=at, text=text)


def rate(
    session: Session, *, tracked: Tracked, rating: Rating, text: str = "", at: datetime
) -> None:
    """Judge the answer, once, with an optional comment. Raises CannotAct."""
    _insert(session, tracked, ActKind.RATE, at=at, text=text, rating=rating)


def withdraw(session: Session, *, tracked: Tracked, at: datetime) -> None:
    """Take the submission back. Raises CannotAct."""
    _insert(session, tracked, ActKind.WITHDRAW, at=at)


def _insert(
    session: Session,
    tracked: Tracked,
    kind: ActKind,
    *,
    at: datetime,
    text: str = "",
    rating: Rating | None = None,
) -> None:
    """Insert one act, unless it does not fit or the same one is waiting."""
    if not may_act(tracked, kind):
        raise CannotAct(kind)
    waiting = session.execute(
        select(ResidentAct.uid, ResidentAct.body, ResidentAct.kind).where(
            ResidentAct.submission_id == tracked.submission_id,
            ResidentAct.kind.in_((kind, ActKind.WITHDRAW)),
            ResidentAct.done_at.is_(None),
        )
    ).all()
    if any(row.kind is not ActKind.SUPPLY for row in waiting):
        raise CannotAct(kind)
    uid = new_uid()
    session.execute(
        insert(ResidentAct).values(
            uid=uid,
            submission_id=tracked.submission_id,
            kind=kind,
            rating=rating,
            body=encrypt(tracked.key, text.encode(), "resident_act", uid, "body") if text else None,
            at=at,
        )
    )
