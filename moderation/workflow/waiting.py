"""What waits on a case beside its clocks: somebody to be chosen, an addition to be read,
a decision to keep it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from moderation.papers import forget_papers
from moderation.workflow.actions import Action, Gate, Who
from moderation.workflow.table import FINISHED, SEEKING, Transition
from portal.models import Case, Seeking
from portal.models.case import PaperKind


def settle(session: Session, case: Case, row: Transition, *, by_person: bool, at: datetime) -> None:
    """Let go of what a row answers or ends, and note that an addition was passed on."""
    over = row.target in FINISHED
    if row.gate is Gate.LEFT:
        case.keep_until = None
    if row.gate is Gate.ADDED or over:
        case.supplied_at = None
    if over or (by_person and Who.COMMITTEE in row.who):
        case.passed_at = None
    if row.action is Action.PASS_ADDED:
        case.passed_at = at
    _seek(session, case, row, at)


def _seek(session: Session, case: Case, row: Transition, at: datetime) -> None:
    """Have the worker look for whom a case means as long as somebody has to be chosen.

    Afterwards nothing is left of those who might have been meant.
    """
    if case.status in SEEKING:
        if not case.held and session.get(Seeking, case.id) is None:
            session.add(Seeking(case_id=case.id, at=at))
    elif row.sources & SEEKING:
        session.execute(delete(Seeking).where(Seeking.case_id == case.id))
        forget_papers(session, case_id=case.id, kind=PaperKind.CANDIDATES)
