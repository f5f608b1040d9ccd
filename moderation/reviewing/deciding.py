"""Deciding on what was contested: the result stands, or the case is opened again."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.discretion import check_discreet
from moderation.journal import write_down
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.reviewing.seating import handler_anew
from moderation.workflow import Action, Incomplete, Need, perform
from moderation.workflow.filing import file_case
from moderation.workflow.performing import Brought
from moderation.workflow.table import REFUSALS
from portal.models import Case, Paper
from portal.models.case import PaperKind
from portal.vocabulary import Deed

#: What a new result needs anew, and as what the old one is kept.
_SET_ASIDE = {
    PaperKind.STATEMENT: PaperKind.EARLIER_STATEMENT,
    PaperKind.REPORT: PaperKind.EARLIER_REPORT,
    PaperKind.CLEARING: PaperKind.EARLIER_CLEARING,
}


def decide(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    again: bool,
    reason: str,
) -> None:
    """Let a contested result stand, or have the matter looked at ``again``; its writer reads why.

    Raises NotAvailable for whoever had a part in the case, Incomplete without a reason, and
    NamesSomebody or TellsMembership for what a resident must not read.
    """
    if not reason.strip():
        raise Incomplete(Need.PUBLIC_NOTE)
    check_discreet(session, office=office, keys=keys, case=case, text=reason)
    decider_id, note = case.decider_id, office.for_readers(reason.strip()).text
    if not again:
        _perform(session, office, keys, case, by, Action.UPHOLD, note)
    elif case.contested_from in REFUSALS:
        _perform(session, office, keys, case, by, Action.RESCREEN, note)
        case.handler_id, case.restricted = None, False
    else:
        _handle_anew(session, office, keys, case, by, note)
    if again:
        _open_again(session, office, case)
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.RESULT_REOPENED if again else Deed.RESULT_UPHELD,
        account_id=by.account_id,
        case=case,
        organisation_id=decider_id,
    )


def _handle_anew(
    session: Session, office: Office, keys: CaseKeys, case: Case, by: Person, note: str
) -> None:
    """Send it to an organisation of the deciding level. What its writer added waits for a
    moderator, who passes it on in other words.
    """
    case.handler_id = handler_anew(
        session,
        office=office,
        case=case,
        decider_id=case.decider_id or case.handler_id or 0,
        without=by.account_id,
    )
    _perform(session, office, keys, case, by, Action.REOPEN, note)
    case.supplied_at = office.at


def _perform(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    action: Action,
    note: str,
) -> None:
    """Carry out one of the three decisions."""
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=action,
        by=by,
        brought=Brought(
            public_note=note, place=case.handler_id if action is Action.REOPEN else case.decider_id
        ),
    )


def _open_again(session: Session, office: Office, case: Case) -> None:
    """Let go of who decided, and set aside what carried the old result: a finding needs the
    member's side anew.
    """
    case.decider_id, case.reopened_at, case.finding = None, office.at, None
    session.flush()
    for kind, earlier in _SET_ASIDE.items():
        session.execute(
            update(Paper).where(Paper.case_id == case.id, Paper.kind == kind).values(kind=earlier)
        )
    file_case(session, case=case)
