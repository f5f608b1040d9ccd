"""Taking a case on, giving it back, and moving its dates."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.discretion import check_discreet
from moderation.followups.days import closing_of
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.raising import raise_desk
from moderation.workflow import Action, NotAvailable, clocks, perform
from moderation.workflow.actions import Need
from moderation.workflow.filing import file_case
from moderation.workflow.performing import Brought
from portal.deadlines import due
from portal.models import Case


def accept(session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person) -> None:
    """Take the case on."""
    perform(session, office=office, keys=keys, case=case, action=Action.ACCEPT, by=by)


def give_back(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, reason: str
) -> None:
    """Return the case to screening. The second time the level above screens it."""
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.RETURN,
        by=by,
        brought=Brought(reason=reason),
    )
    case.returns += 1
    case.handler_id = None
    case.restricted = False
    if case.returns > 1:
        raise_desk(session, office=office, keys=keys, case=case, by=by)
    file_case(session, case=case)


def hold(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    reason: str,
    review_on: date,
    public_note: str = "",
) -> None:
    """Pause until an authority has concluded; reviewed within 60 working days.

    The resident reads the review date, and the public note where there is one; never the reason.
    """
    latest = due(office.at, office.targets["hold_review_max"].working_days, office.calendar)
    check_discreet(session, office=office, keys=keys, case=case, text=public_note)
    until = closing_of(office, review_on, after=office.at, latest=latest)
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.HOLD,
        by=by,
        brought=Brought(
            public_note=office.for_readers(public_note).text,
            reason=reason,
            until=until,
            met=(Need.REVIEW_DATE,),
            facts={"until": review_on.isoformat()},
        ),
    )


def resume_work(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person
) -> None:
    """Go on with a case that was on hold."""
    perform(session, office=office, keys=keys, case=case, action=Action.RESUME_WORK, by=by)


def extend(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    reason: str,
    new_date: date,
) -> None:
    """Move the date of the result, once, by at most ten working days; the resident reads why."""
    now_due = clocks.due_of(session, case=case, stage="result")
    if now_due is None:
        raise NotAvailable(Action.EXTEND)
    most = office.targets["extension_max"].working_days
    latest = due(max(now_due, office.at), most, office.calendar)
    check_discreet(session, office=office, keys=keys, case=case, text=reason)
    until = closing_of(office, new_date, after=max(now_due, office.at), latest=latest)
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.EXTEND,
        by=by,
        brought=Brought(
            public_note=office.for_readers(reason).text,
            until=until,
            met=(Need.NEW_DATE,),
            facts={"due": new_date.isoformat()},
        ),
    )
