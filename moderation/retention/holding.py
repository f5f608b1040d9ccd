"""Holding a finished case back from deletion, and letting it go.

A hold ends only when somebody ends it. Both are steps of the case that its writer reads, without
the reason: a deletion that was promised does not come, and they are to know.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.followups import BadDay
from moderation.journal import write_at_desk
from moderation.noting import note
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.retention.days import day_number
from moderation.retention.replaying import QUEUE
from moderation.workflow import Incomplete, Need, NotAvailable
from moderation.workflow.performing import outdate
from portal.db import queue_for
from portal.ledger import open_note
from portal.models import Case, Event, Expiry, RetentionHold
from portal.models.journal import Actor
from portal.vault import CannotOpen
from portal.vocabulary import Deed

#: How far ahead a hold may be put off to be looked at again (design rule).
LONGEST = timedelta(days=365)
#: The steps of a case that it leaves.
HOLD, LET_GO = "hold_back", "let_go"
#: How a case stands: it has not ended, nobody holds it, somebody does.
OPEN, FREE, HELD = "open", "free", "held"


def place(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    reason: str,
    review_on: date,
) -> None:
    """Hold a finished case back, whatever the periods, until somebody lets it go.

    Raises NotAvailable for a case that has not ended, was deleted meanwhile, or is held already,
    Incomplete without a reason, BadDay for a day that is not within the next year.
    """
    if not reason.strip():
        raise Incomplete(Need.REASON)
    if review_on <= office.today:
        raise BadDay("not_ahead")
    if review_on > office.today + LONGEST:
        raise BadDay("too_far")
    _wait(session, case)
    if _running(session, case.id) is not None:
        raise NotAvailable(HOLD)
    facts = {"until": review_on.isoformat()}
    uid = _note(session, office, keys, case, by, action=HOLD, reason=reason, facts=facts)
    hold = RetentionHold(uid=uid, case_id=case.id, review_on=review_on)
    hold.placed_at, hold.placed_by_id = office.at, by.account_id
    session.add(hold)
    write_at_desk(session, office=office, case=case, account_id=by.account_id, deed=Deed.HELD_BACK)


def release(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, reason: str
) -> None:
    """Let a held case go: it is announced anew, so that others have their thirty days to look.

    Raises NotAvailable where it is not held, Incomplete without a reason.
    """
    expiry = _wait(session, case)
    hold = _running(session, case.id)
    if hold is None:
        raise NotAvailable(LET_GO)
    if not reason.strip():
        raise Incomplete(Need.REASON)
    hold.released_at, hold.released_by_id = office.at, by.account_id
    if expiry.announced is not None:
        expiry.announced = day_number(session)
    if expiry.contact_announced is not None:
        expiry.contact_announced = day_number(session)
    _note(session, office, keys, case, by, action=LET_GO, reason=reason)
    write_at_desk(session, office=office, case=case, account_id=by.account_id, deed=Deed.LET_GO)


def state_of(session: Session, *, case_id: int) -> str:
    """Whether a case could be held back, is, or has not ended."""
    if session.get(Expiry, case_id) is None:
        return OPEN
    return FREE if _running(session, case_id) is None else HELD


def reason_of(session: Session, *, keys: CaseKeys, case_id: int) -> str:
    """Why a case is held; nothing where it is not, or where it does not open any more."""
    row = session.execute(
        select(Event.uid, Event.internal_note)
        .join(RetentionHold, RetentionHold.uid == Event.uid)
        .where(RetentionHold.case_id == case_id, RetentionHold.released_at.is_(None))
    ).first()
    try:
        return open_note(keys.internal, row.uid, "internal_note", row.internal_note) if row else ""
    except CannotOpen:
        return ""


def _wait(session: Session, case: Case) -> Expiry:
    """Wait until nothing is being deleted. Raises NotAvailable when this very case was."""
    queue_for(session, QUEUE)
    found = select(Expiry).where(Expiry.case_id == case.id)
    expiry = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if expiry is None:
        raise NotAvailable(HOLD)
    return expiry


def _running(session: Session, case_id: int) -> RetentionHold | None:
    """The hold on a case that nobody has ended."""
    return session.scalars(
        select(RetentionHold).where(
            RetentionHold.case_id == case_id, RetentionHold.released_at.is_(None)
        )
    ).one_or_none()


def _note(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    *,
    action: str,
    reason: str,
    facts: Mapping[str, str] | None = None,
) -> bytes:
    """Write the step, which its writer reads without the reason; every page from before is late."""
    outdate(case)
    return note(
        session,
        keys=keys,
        case=case,
        action=action,
        actor=Actor.MODERATOR,
        at=office.at,
        account_id=by.account_id,
        shown=True,
        facts=facts,
        internal_note=reason.strip(),
    )
