"""Writing down that a resident is to be told of news, in the commit of what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from portal.models import Case, NoticeAddress, Submission


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
        .where(
            NoticeAddress.submission_id.in_(letters.union(_wholes(letters))),
            NoticeAddress.refused_at.is_(None),
        )
        .values(news_at=at, next_at=func.coalesce(NoticeAddress.next_at, at))
        .execution_options(synchronize_session=False)
    )


def has_open_part(submission_id: Any) -> ColumnElement[bool]:
    """That the other matter of a letter goes on: its writer is still to be told of that."""
    part, its_case = aliased(Submission), aliased(Case)
    return exists().where(
        part.part_of_id == submission_id,
        its_case.id == part.case_id,
        its_case.finished_at.is_(None),
    )


def _wholes(letters: Select[int]) -> Select[Any]:
    """The letters of which these are one matter: who wrote left an address there."""
    part = aliased(Submission)
    return select(part.part_of_id).where(part.id.in_(letters), part.part_of_id.is_not(None))
