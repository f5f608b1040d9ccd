"""Which finished cases expire, when, and which of them may be deleted now.

A row of ``expiry`` follows from its case: it is made when the case has ended, and goes when it is
opened again. Everything is asked anew in the transaction that deletes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from moderation.workflow.table import FINISHED
from portal.models import (
    Case,
    CopyGroup,
    Event,
    Expiry,
    HeldCopy,
    LogLeaf,
    ResidentAct,
    RetentionHold,
    Submission,
)
from portal.periods import CONTEST, NOTICE_DAYS, OF_CASES, Periods
from portal.vocabulary import DeclineReason, Kind, RetentionRule, Status

_NOTICE = timedelta(days=NOTICE_DAYS)
#: So many cases are noted in one transaction.
BATCH = 500
#: What two people found to be no letter to anybody is kept as long as rubbish.
_RUBBISH = frozenset({DeclineReason.SPAM, DeclineReason.ABUSIVE, DeclineReason.TEST})
_BY_STATUS = {
    Status.REFERRED: RetentionRule.REFERRED,
    Status.DECLINED: RetentionRule.DECLINED,
    Status.WITHDRAWN: RetentionRule.WITHDRAWN,
}
#: What was closed is kept under a rule of its own where it is one of these.
_BY_KIND: dict[Kind | None, RetentionRule] = {
    Kind.PRAISE: RetentionRule.PRAISE,
    Kind.NOMINATION: RetentionRule.NOMINATION,
}


def note_finished(session: Session) -> int:
    """Make the rows of some cases that have ended and have none; return how many.

    Call it until it returns nothing.
    """
    rows = session.execute(
        select(Case.id, Case.status, Case.kind, Case.finished_at)
        .where(Case.status.in_(FINISHED), Case.finished_at.is_not(None))
        .where(~exists().where(Expiry.case_id == Case.id))
        .order_by(Case.id)
        .limit(BATCH)
    ).all()
    rubbish = _rubbish(session, [row.id for row in rows if row.status is Status.DECLINED])
    made = [
        {"case_id": row.id, "rule": _rule(row.id, row.status, row.kind, rubbish)}
        | {"since": row.finished_at}
        for row in rows
    ]
    if made:
        session.execute(insert(Expiry), made)
    return len(made)


def forget_reopened(session: Session) -> None:
    """Drop the rows of cases that are open again, or have ended anew since."""
    same = exists().where(Case.id == Expiry.case_id, *_ended())
    session.execute(delete(Expiry).where(~same))


def announce(session: Session, *, periods: Periods, at: datetime, day: int) -> None:
    """Announce what expires within thirty days, and take back what does not any more."""
    for rule in OF_CASES:
        soon = Expiry.since <= at - periods.length(rule) + _NOTICE
        mine = Expiry.rule == rule
        session.execute(
            update(Expiry).where(mine, soon, Expiry.announced.is_(None)).values(announced=day)
        )
        session.execute(
            update(Expiry).where(mine, ~soon, Expiry.announced.is_not(None)).values(announced=None)
        )


def ripe(periods: Periods, *, at: datetime, day: int) -> Select[int]:
    """The cases that may be deleted now, those first that ended first."""
    over = [
        and_(Expiry.rule == rule, Expiry.since <= at - periods.length(rule)) for rule in OF_CASES
    ]
    return (
        select(Expiry.case_id)
        .join(Case, Case.id == Expiry.case_id)
        .where(
            or_(*over),
            Expiry.announced <= day - NOTICE_DAYS,
            *nothing_hinders(at),
        )
        .order_by(Expiry.since, Expiry.case_id)
    )


def nothing_hinders(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """That a case has ended, may be contested no more, is not held, and waits for nothing.

    Asked of ``Expiry`` joined with ``Case``.
    """
    waits = (~each for each in _waits())
    return (Expiry.since <= at - CONTEST, *_ended(), ~is_held(), *waits)


def is_held(case_id: ColumnElement[int] | None = None) -> ColumnElement[bool]:
    """That somebody holds a case back."""
    number = Expiry.case_id if case_id is None else case_id
    return exists().where(RetentionHold.case_id == number, RetentionHold.released_at.is_(None))


def _ended() -> tuple[ColumnElement[bool], ...]:
    """That a case is finished, and has been since its row was made."""
    return Case.status.in_(FINISHED), Case.finished_at == Expiry.since


def _waits() -> Iterator[ColumnElement[bool]]:
    """What keeps a case although its time is over, and ends by itself."""
    # An act of the writer that nobody has carried out yet.
    yield exists().where(
        Submission.case_id == Case.id,
        ResidentAct.submission_id == Submission.id,
        ResidentAct.done_at.is_(None),
    )
    # A step that the public log does not have yet: without its leaf nobody could tell a purge of
    # it from a removal.
    yield exists().where(Event.case_id == Case.id, ~exists().where(LogLeaf.event_uid == Event.uid))
    # The other matter of a letter in it, which its writer reads through the letter.
    part = aliased(Submission)
    yield exists().where(Submission.case_id == Case.id, part.part_of_id == Submission.id)
    # Copies of it of which it is not decided yet what becomes of them.
    copy = aliased(Case)
    yield exists().where(
        CopyGroup.first_id == Case.id,
        HeldCopy.group_id == CopyGroup.id,
        copy.id == HeldCopy.case_id,
        copy.held,
    )


def _rule(
    case_id: int, status: Status, kind: Kind | None, rubbish: frozenset[int]
) -> RetentionRule:
    """The rule under which a case is kept."""
    if case_id in rubbish:
        return RetentionRule.REFUSED
    if status is Status.CLOSED:
        return _BY_KIND.get(kind, RetentionRule.CLOSED)
    return _BY_STATUS[status]


def _rubbish(session: Session, case_ids: list[int]) -> frozenset[int]:
    """Which of these were declined for what they are, and not for what they say."""
    rows = session.execute(
        select(Event.case_id, Event.facts)
        .where(Event.case_id.in_(case_ids), Event.action == "decline")
        .order_by(Event.id)
    )
    last = {row.case_id: row.facts.get("reason") for row in rows}
    return frozenset(number for number, reason in last.items() if reason in _RUBBISH)
