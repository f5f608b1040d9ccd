"""Carrying out what the clock asks for: waits, leases, and cases that their writers have left."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.carrying_out.judging import have_rated
from moderation.claiming import claim_case
from moderation.office import Office
from moderation.papers import open_keys
from moderation.screening import seat_second
from moderation.workflow import Action, Who, find_transition, perform
from moderation.workflow.performing import Brought
from portal.models import Case
from portal.vocabulary import Status


def overdue_waits(session: Session, *, office: Office, limit: int = 50) -> list[int]:
    """The cases that the clock moves on: nothing is left to wait for."""
    return list(
        session.scalars(
            select(Case.id)
            .where(
                Case.status.in_((Status.NEED_INFO, Status.ANSWERED, Status.ON_HOLD)),
                Case.due_at < office.at,
            )
            .order_by(Case.due_at)
            .limit(limit)
        )
    )


def move_on(session: Session, *, office: Office, case_id: int) -> None:
    """Let the clock move a case on: decide on what there is, count silence, look again."""
    case = claim_case(session, case_id=case_id)
    if case is None:
        return
    action = {
        Status.NEED_INFO: Action.RESUME,
        Status.ANSWERED: Action.CLOSE,
        Status.ON_HOLD: Action.RESUME_WORK,
    }.get(case.status)
    if action is None or case.due_at is None or case.due_at >= office.at:
        return
    perform(
        session,
        office=office,
        keys=open_keys(session, office=office, case_id=case.id),
        case=case,
        action=action,
        by=Who.CLOCK,
        brought=Brought(facts=_silence(session, case) if action is Action.CLOSE else {}),
    )


def _silence(session: Session, case: Case) -> dict[str, str]:
    """That nobody judged the answer: it is counted as silence, and never as a judgement."""
    return {} if have_rated(session, case=case) else {"silent": "yes"}


def left_behind(session: Session, *, at: datetime, limit: int = 50) -> list[int]:
    """The cases whose last writer has gone and which nobody kept in time."""
    return list(
        session.scalars(
            select(Case.id).where(Case.keep_until < at).order_by(Case.keep_until).limit(limit)
        )
    )


def give_up(session: Session, *, office: Office, case_id: int) -> None:
    """Withdraw a case that nobody kept after its last writer had gone."""
    case = session.get_one(Case, case_id)
    if case.keep_until is None or case.keep_until >= office.at:
        return
    perform(
        session,
        office=office,
        keys=open_keys(session, office=office, case_id=case.id),
        case=case,
        action=Action.WITHDRAW,
        by=Who.CLOCK,
    )


def ended_leases(session: Session, *, at: datetime, limit: int = 50) -> list[int]:
    """The cases whose lease has run out."""
    return list(
        session.scalars(
            select(Case.id).where(Case.lease_until < at).order_by(Case.lease_until).limit(limit)
        )
    )


def end_lease(session: Session, *, office: Office, case_id: int) -> None:
    """Let go of a case that nobody works on: back to the queue, unless a proposal waits."""
    case = claim_case(session, case_id=case_id)
    if case is not None and case.lease_until is not None and case.lease_until < office.at:
        let_go(session, office=office, case=case)


def let_go(session: Session, *, office: Office, case: Case) -> None:
    """End a claim: back to the queue, unless it is past screening or a proposal has its second."""
    screened = find_transition(Action.RELEASE, case.status) is not None
    if screened and case.claimant_id is not None and case.proposal is None:
        keys = open_keys(session, office=office, case_id=case.id)
        perform(session, office=office, keys=keys, case=case, action=Action.RELEASE, by=Who.CLOCK)
    case.claimant_id = case.lease_until = None
    seat_second(session, office=office, case=case)
