"""Writing down that a resident is to be told of news, in the commit of what happened."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal.models import NoticeAddress, Submission


def queue_news(
    session: Session, *, case_id: int, at: datetime, submission_id: int | None = None
) -> None:
    """Let the writers of a case be told of a step that they can read; one of them, if named.

    Nothing is written for whoever left no address, nor where the address was given up.
    """
    letters = select(Submission.id).where(Submission.case_id == case_id)
    if submission_id is not None:
        letters = letters.where(Submission.id == submission_id)
    session.execute(
        update(NoticeAddress)
        .where(NoticeAddress.submission_id.in_(letters), NoticeAddress.refused_at.is_(None))
        .values(news_at=at, next_at=func.coalesce(NoticeAddress.next_at, at))
        .execution_options(synchronize_session=False)
    )
