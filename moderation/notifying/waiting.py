"""The mails that wait: taken by one worker at a time, tried again later, and in the end given up.

Between the taking and the marking lies the conversation with the server, which no transaction
waits for. A worker that is killed there lets the same mail go out once more, after ``LEASE``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from moderation.identity.destroying import forget
from moderation.notifying.queueing import has_open_part
from portal.db import queue_for
from portal.models import Case, Heartbeat, NoticeAddress, Submission

HEART = "mail"
#: Within this time nobody else takes what was taken; talking to a server takes less.
LEASE = timedelta(minutes=5)
#: One address is sent one mail in this time, whatever happens.
APART = timedelta(days=1)
#: How long an address outlives its case for the last news.
LAST_NEWS = timedelta(days=3)
#: Without success for so long mail is down.
DOWN = timedelta(minutes=60)
#: Minutes until the next try; after the last of them every hour.
_PAUSES = (1, 5, 15, 60)
#: Tries after which an address is given up: refused for good, and for the time being.
_TRIES = {True: 24, False: 72}


@dataclass(frozen=True, repr=False)
class Taken:
    """What one mail needs: the row, what opens it, and of which news it tells."""

    submission_id: int
    key_version: int
    box: bytes
    news_at: datetime
    #: When it was due, to be put back where the server does not answer.
    due_at: datetime


@dataclass(frozen=True)
class MailState:
    """How mail does, for administrators: numbers and moments, no address."""

    down_since: datetime | None
    refused: int


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries without success, at least one."""
    return timedelta(minutes=_PAUSES[min(tries, len(_PAUSES)) - 1])


def due_news(session: Session, *, at: datetime, limit: int = 50) -> list[int]:
    """The submissions whose writers are to be told now, the longest waiting first."""
    return list(
        session.scalars(
            select(NoticeAddress.submission_id)
            .where(NoticeAddress.next_at <= at)
            .order_by(NoticeAddress.next_at, NoticeAddress.submission_id)
            .limit(limit)
        )
    )


def take(session: Session, *, submission_id: int, at: datetime) -> Taken | None:
    """Take one mail; nothing when another worker has it or the writer was told within a day."""
    row = _held(session, submission_id, or_skip=True)
    if row is None or row.next_at is None or row.news_at is None or row.next_at > at:
        return None
    if row.told_at is not None and row.told_at + APART > at:
        row.next_at = row.told_at + APART
        return None
    due_at, row.next_at = row.next_at, at + LEASE
    return Taken(submission_id, row.key_version, row.box, row.news_at, due_at)


def mark_told(session: Session, *, search: bytes, taken: Taken, at: datetime) -> None:
    """Note that the server accepted the mail. News that came meanwhile waits for the next day.

    The address of a case that has finished is destroyed with its last news.
    """
    row = _held(session, taken.submission_id)
    queue_for(session, b"mail")
    session.merge(Heartbeat(name=HEART, at=at))
    if row is None:
        return
    row.told_at, row.tries = at, 0
    if row.news_at != taken.news_at:
        row.next_at = at + APART
    elif _is_finished(session, row.submission_id):
        forget(session, search=search, submission_ids=[row.submission_id])
    else:
        row.news_at = row.next_at = None


def put_off(session: Session, *, taken: Taken, until: datetime) -> None:
    """Let a mail wait that nobody refused: its try does not count."""
    row = _held(session, taken.submission_id)
    if row is not None and row.next_at is not None:
        row.next_at = until


def mark_refused(
    session: Session, *, search: bytes, taken: Taken, at: datetime, for_good: bool
) -> None:
    """Note that the server refused the recipient; after many tries the address is given up."""
    row = _held(session, taken.submission_id)
    if row is None:
        return
    row.tries += 1
    if row.tries < _TRIES[for_good]:
        row.next_at = at + pause_after(row.tries)
        return
    give_up(session, search=search, taken=taken, at=at)


def give_up(session: Session, *, search: bytes, taken: Taken, at: datetime) -> None:
    """Send nothing to this address any more; when its case has finished, it is destroyed."""
    row = _held(session, taken.submission_id)
    if row is None:
        return
    row.news_at, row.next_at, row.refused_at = None, None, at
    if _is_finished(session, row.submission_id):
        forget(session, search=search, submission_ids=[row.submission_id])


def left_over(session: Session, *, before: datetime, limit: int = 200) -> list[int]:
    """The submissions with an address whose case had finished before then."""
    return list(
        session.scalars(
            select(NoticeAddress.submission_id)
            .join(Submission, Submission.id == NoticeAddress.submission_id)
            .join(Case, Case.id == Submission.case_id)
            .where(Case.finished_at <= before, ~has_open_part(NoticeAddress.submission_id))
            .order_by(NoticeAddress.submission_id)
            .limit(limit)
        )
    )


def mail_state(session: Session, *, at: datetime) -> MailState:
    """Whether mail is down, and how many addresses are refused again and again.

    It is down when something that nobody refused waits for an hour and nothing was sent in it.
    """
    oldest = session.scalar(select(func.min(NoticeAddress.next_at)).where(NoticeAddress.tries == 0))
    sent = session.scalar(select(Heartbeat.at).where(Heartbeat.name == HEART))
    quiet = sent is None or sent <= at - DOWN
    down = oldest is not None and oldest <= at - DOWN and quiet
    refused = session.scalar(select(func.count()).select_from(NoticeAddress).where(_refused()))
    return MailState(down_since=oldest if down else None, refused=refused or 0)


def _refused() -> ColumnElement[bool]:
    """That an address was given up, or was refused for more than an hour."""
    return or_(NoticeAddress.refused_at.is_not(None), NoticeAddress.tries > len(_PAUSES))


def _held(session: Session, submission_id: int, *, or_skip: bool = False) -> NoticeAddress | None:
    """The row of an address, held until the transaction ends; nothing where it was destroyed.

    While another holds it, one waits, or skips it as if it were not there.
    """
    wanted = select(NoticeAddress).where(NoticeAddress.submission_id == submission_id)
    return session.scalars(
        wanted.with_for_update(key_share=True, skip_locked=or_skip)
    ).one_or_none()


def _is_finished(session: Session, submission_id: int) -> bool:
    """Whether the case of a submission has finished."""
    wanted = select(Case.finished_at).join(Submission, Submission.case_id == Case.id)
    ended = wanted.where(Submission.id == submission_id, ~has_open_part(submission_id))
    return session.scalar(ended) is not None
