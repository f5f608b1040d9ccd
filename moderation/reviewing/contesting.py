"""Carrying out what a resident contests: the case goes to whoever decides on it."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from moderation.clearing import return_to_member
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.reviewing.seating import reviewer_of
from moderation.workflow import Action, Need, NotAvailable, Who, find_transition, perform
from moderation.workflow.performing import Brought
from moderation.workflow.table import REFUSALS
from portal.models import Case, ResidentAct
from portal.vocabulary import ActKind, Status


def contest(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, submission_id: int
) -> None:
    """Let the level above decide on a result, in its writer's name. The reason stays in the act.

    Raises NotAvailable where there is no result, and for a second time of the same writer.
    """
    if find_transition(Action.CONTEST, case.status) is None or _did(session, submission_id):
        raise NotAvailable(Action.CONTEST)
    return_to_member(session, office=office, keys=keys, case=case)
    case.contested_from = _contested(case)
    case.decider_id = reviewer_of(session, office=office, case=case)
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.CONTEST,
        by=Who.RESIDENT,
        brought=Brought(met=(Need.REASON,), place=case.decider_id),
    )


def _contested(case: Case) -> Status:
    """What is contested. What was closed without an answer is still the refusal."""
    if case.status is Status.CLOSED and case.handler_id is None:
        return Status.DECLINED
    before = case.contested_from
    if case.status is Status.CLOSED and before is not None and before in REFUSALS:
        return before
    return case.status


def _did(session: Session, submission_id: int) -> bool:
    """Whether the writer of a submission has contested before."""
    before = exists().where(
        ResidentAct.submission_id == submission_id,
        ResidentAct.kind == ActKind.CONTEST,
        ResidentAct.done_at.is_not(None),
        ResidentAct.refused.is_(None),
    )
    return bool(session.scalar(select(before)))
