"""What a resident does with the code: each act is one inserted row.

No status is written here. The worker carries an act out within seconds; until then the
tracking page says that it waits.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from portal.clock import local_date
from portal.db import queue_for
from portal.deadlines import CONTEST_CALENDAR_DAYS
from portal.models import Event, ResidentAct
from portal.tracking.finding import Tracked
from portal.tracking.sealing import open_act, seal_act
from portal.vault import CannotOpen, new_uid
from portal.vocabulary import ActKind, Rating, Status

#: In which statuses of the case an act makes sense. The staff room's table takes its own from
#: here, so that a page never offers what the worker would refuse. Design rule: what has been
#: answered is judged, not taken back; nobody can press a writer to undo a result.
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
    ActKind.SUPPLY: _OPEN | {Status.REVIEW},
    ActKind.ATTACH: _OPEN | {Status.REVIEW},
    ActKind.WITHDRAW: _OPEN,
    ActKind.RATE: frozenset({Status.ANSWERED}),
    ActKind.CONTEST: frozenset({Status.ANSWERED, Status.DECLINED, Status.REFERRED, Status.CLOSED}),
}
#: The steps that give a result; what was judged or contested before one of them is past.
RESULTS = frozenset({"publish", "decline", "refer"})


CONTEST_DAYS = timedelta(days=CONTEST_CALENDAR_DAYS)

#: So often words may be added after the newest question (design rule): people read each of them,
#: and one code must not be enough to fill a desk.
MOST_ADDED = 20
#: These never stand in another one's way.
_SIDE_BY_SIDE = frozenset({ActKind.SUPPLY, ActKind.ATTACH})


class CannotAct(Exception):
    """The act does not fit where the case stands, or another one waits in its way."""


class AddedEnough(CannotAct):
    """Words were added so often that they must be read first."""


class CannotContest(CannotAct):
    """It was contested before, or the days in which it may be are over."""


def may_act(tracked: Tracked, kind: ActKind) -> bool:
    """Whether the resident may do this now."""
    return tracked.state is None and tracked.status in ALLOWED[kind]


def supply(session: Session, *, tracked: Tracked, text: str, at: datetime) -> None:
    """Add information, or answer a question. Raises CannotAct, and AddedEnough after many times."""
    _insert(session, tracked, ActKind.SUPPLY, at=at, text=text)


def announce_file(session: Session, *, tracked: Tracked, uid: bytes, at: datetime) -> None:
    """Let the worker know of a file by its name in the store. Raises CannotAct."""
    _insert(session, tracked, ActKind.ATTACH, at=at, text=uid.hex())


def rate(
    session: Session, *, tracked: Tracked, rating: Rating, text: str = "", at: datetime
) -> None:
    """Judge the answer, once, with an optional comment. Raises CannotAct."""
    _insert(session, tracked, ActKind.RATE, at=at, text=text, rating=rating)


def contest(session: Session, *, tracked: Tracked, text: str, at: datetime) -> None:
    """Ask that the level above looks at the result again, with a reason.

    Once, within thirty days of the day on which it was given. Raises CannotAct, CannotContest.
    """
    given = session.scalar(
        select(func.max(Event.at)).where(
            Event.case_id == tracked.case_id, Event.action.in_(RESULTS)
        )
    )
    if given is None or local_date(at) > local_date(given) + CONTEST_DAYS:
        raise CannotContest(ActKind.CONTEST)
    _insert(session, tracked, ActKind.CONTEST, at=at, text=text)


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
    """Insert one act. What was done before in the same words is done already: nothing more.

    The same words after a new question are a new answer. Raises CannotAct when the act does
    not fit, or another judgement or a withdrawal waits; CannotContest for a second time.
    """
    queue_for(session, f"acts of {tracked.submission_id}".encode())
    earlier = _earlier(session, tracked, kind)
    if any((act.kind, act.rating, act.text) == (kind, rating, text) for act in earlier):
        return
    if kind is ActKind.CONTEST and any(act.kind is kind for act in earlier):
        raise CannotContest(kind)
    rival = any(act.waiting and act.kind not in _SIDE_BY_SIDE for act in earlier)
    if rival or not may_act(tracked, kind):
        raise CannotAct(kind)
    if sum(act.kind is ActKind.SUPPLY for act in earlier) >= MOST_ADDED:
        raise AddedEnough(kind)
    uid = new_uid()
    session.execute(
        insert(ResidentAct).values(
            uid=uid,
            submission_id=tracked.submission_id,
            kind=kind,
            rating=rating,
            body=seal_act(tracked.key, uid=uid, kind=kind, rating=rating, text=text),
            at=at,
        )
    )


@dataclass(frozen=True)
class _Earlier:
    kind: ActKind
    rating: Rating | None
    text: str
    waiting: bool


def _earlier(session: Session, tracked: Tracked, kind: ActKind) -> list[_Earlier]:
    """The acts of this kind since the newest question or answer, less those refused, and any
    withdrawal. What may be done once is looked for since the beginning.
    """
    asked = None
    if kind is not ActKind.CONTEST:
        asked = session.scalar(
            select(func.max(Event.at)).where(
                Event.case_id == tracked.case_id, Event.action.in_(("ask", "publish"))
            )
        )
    rows = session.execute(
        select(
            ResidentAct.uid,
            ResidentAct.kind,
            ResidentAct.rating,
            ResidentAct.body,
            ResidentAct.done_at,
        ).where(
            ResidentAct.submission_id == tracked.submission_id,
            ResidentAct.kind.in_((kind, ActKind.WITHDRAW)),
            ResidentAct.refused.is_(None),
            ResidentAct.at >= (asked or tracked.received_at),
        )
    )
    found = []
    for row in rows:
        # What does not open was not done with this code: it stands in nobody's way.
        with suppress(CannotOpen):
            text = open_act(tracked.key, row)
            found.append(_Earlier(row.kind, row.rating, text, row.done_at is None))
    return found
