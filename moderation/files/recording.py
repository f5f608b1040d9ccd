"""Writing down what became of a file: a step of its case, and an entry in the journal."""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation import journal
from moderation.access import Person
from moderation.noting import note
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.searching.following import follow
from moderation.workflow.performing import outdate
from portal.models import Case
from portal.models.journal import Actor
from portal.vocabulary import Deed


def write_down(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    action: str,
    deed: Deed,
    sender_id: int | None = None,
) -> None:
    """Write both down, last in a verb; every page of the case from before is late from now on.

    The step of a resident's file is a moderator's, and its sender (``sender_id`` is their
    submission) reads it. Any other is the committee's and stays inside.
    """
    outdate(case)
    follow(session, office=office, keys=keys, case=case)
    sent = sender_id is not None
    note(
        session,
        keys=keys,
        case=case,
        action=action,
        actor=Actor.MODERATOR if sent else Actor.COMMITTEE,
        at=office.at,
        account_id=by.account_id,
        organisation_id=case.handler_id,
        submission_id=sender_id,
        shown=sent,
    )
    journal.write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=deed,
        account_id=by.account_id,
        case=case,
        organisation_id=case.desk_id if sent else case.handler_id,
    )
