"""Remembering who did which part of a case, so that the same person does not do another."""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation.workflow.actions import Action
from portal.models import Case, CasePart
from portal.models.case import Part

#: What makes somebody which part. Pointing elsewhere is a decision like any other.
_PARTS = {
    Action.PROPOSE: Part.PROPOSER,
    Action.VERIFY: Part.CONFIRMER,
    Action.DECLINE: Part.CONFIRMER,
    Action.REFER: Part.CONFIRMER,
    Action.ACCEPT: Part.HANDLER,
    Action.REPORT: Part.HANDLER,
    Action.ESCALATE: Part.HANDLER,
    Action.PUBLISH: Part.ANSWERER,
    Action.UPHOLD: Part.REVIEWER,
    Action.REOPEN: Part.REVIEWER,
    Action.RESCREEN: Part.REVIEWER,
}


def take_part(session: Session, *, case: Case, action: Action, account_id: int) -> None:
    """Write down the part that an action makes of somebody, once."""
    part = _PARTS.get(action)
    if part is None:
        return
    if action is Action.PROPOSE:
        case.proposer_id = account_id
    if session.get(CasePart, (case.id, account_id, part)) is None:
        session.add(CasePart(case_id=case.id, account_id=account_id, part=part))
