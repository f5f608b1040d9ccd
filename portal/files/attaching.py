"""A resident's files: one more with a comment that is still open, and which there are."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from portal.db import RowSession, queue_for
from portal.files.taking import Sealed, Twice
from portal.models import Attachment
from portal.prepared import Prepared
from portal.tracking import CannotAct, Tracked, announce_file, may_act
from portal.vocabulary import ActKind, FileKind, Status

#: How many files come with one comment (design rule).
MOST_FILES = 5

_file = Attachment.__table__.c
_SENT = Prepared(
    select(_file.kind, _file.size, _file.at)
    .where(_file.submission_id == bindparam("submission"))
    .order_by(_file.id)
)


def most_files(tracked: Tracked) -> int:
    """How many files a comment may have by now: as many again while it is looked at once more."""
    return MOST_FILES * 2 if tracked.status is Status.REVIEW else MOST_FILES


class Sent(NamedTuple):
    """What a resident is shown of a file: its kind, its size in bytes, and when it was sent."""

    kind: FileKind
    size: int
    at: datetime


class TooMany(Exception):
    """The comment has as many files as it may have."""


def sent_files(session: RowSession, *, tracked: Tracked) -> tuple[Sent, ...]:
    """The files of a comment, oldest first. Whoever never came back has sent none: then nothing
    is asked.
    """
    if not tracked.acted:
        return ()
    rows = _SENT.rows(session, submission=tracked.submission_id)
    return tuple(Sent(row.kind, row.size, row.at) for row in rows)


def is_sent(session: RowSession, *, mark: bytes) -> bool:
    """Whether a file with this mark has been sent already."""
    return session.execute(select(_file.id).where(_file.mark == mark)).first() is not None


def check_room(session: RowSession, *, tracked: Tracked) -> None:
    """Raise CannotAct where no file may be added any more, and TooMany where there are enough."""
    if not may_act(tracked, ActKind.ATTACH):
        raise CannotAct(ActKind.ATTACH)
    if len(_SENT.rows(session, submission=tracked.submission_id)) >= most_files(tracked):
        raise TooMany


def attach(session: Session, *, tracked: Tracked, sealed: Sealed, at: datetime) -> None:
    """Give a comment a file that lies in the store, and let the worker know.

    Raises CannotAct when the comment is finished or is being taken back, TooMany for the sixth
    file, Twice for one that came in by another way in the meantime.
    """
    queue_for(session, f"acts of {tracked.submission_id}".encode())
    check_room(session, tracked=tracked)
    if is_sent(session, mark=sealed.mark):
        raise Twice
    announce_file(session, tracked=tracked, uid=sealed.uid, at=at)
    session.execute(
        insert(Attachment).values(
            uid=sealed.uid,
            submission_id=tracked.submission_id,
            kind=sealed.kind,
            size=sealed.size,
            at=at,
            mark=sealed.mark,
            lock=sealed.lock,
            name=sealed.name,
        )
    )
