"""Which of the writers of a case have judged its answer."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.workflow import Action
from portal.models import Case, Event, ResidentAct, Submission
from portal.vocabulary import ActKind


def have_rated(session: Session, *, case: Case) -> set[int]:
    """The submissions whose writers have judged the newest answer of a case."""
    answered = (
        select(func.max(Event.at))
        .where(Event.case_id == case.id, Event.action == Action.PUBLISH.value)
        .scalar_subquery()
    )
    return set(
        session.scalars(
            select(ResidentAct.submission_id)
            .join(Submission, Submission.id == ResidentAct.submission_id)
            .where(
                Submission.case_id == case.id,
                ResidentAct.kind == ActKind.RATE,
                ResidentAct.done_at.is_not(None),
                ResidentAct.refused.is_(None),
                ResidentAct.at >= answered,
            )
        )
    )
