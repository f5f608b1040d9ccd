"""Writing into the course of a case what happened to it without changing its status.

What changes a status is written by ``workflow.perform`` alone, and never here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.papers import CaseKeys, open_keys
from moderation.writing_down import write_down
from portal.ledger import Step
from portal.models import Case, Notice
from portal.models.journal import Actor

#: A note that one room keeps for itself, and a case that goes to a colleague of the desk.
DESK_REMARK, COMMITTEE_REMARK, HAND_OVER = "desk_remark", "committee_remark", "hand_over"
#: The facts that tell why a case may be a denunciation: a moderator said so or took it back, or the
#: letters of another case brought it along.
BY_HAND, BROUGHT_ALONG = "denunciation", "denunciation_brought"
#: The steps whose inner note was written for the committee or by it.
FOR_COMMITTEES = frozenset({"follow_up", "hold", "send_back", "return", COMMITTEE_REMARK})
#: What no desk reads: what a committee notes for itself.
HIDDEN_FROM_DESKS = frozenset({COMMITTEE_REMARK})
#: What is done with the writer's words, or with who wrote, what the desk and the writer tell each
#: other, and what the desk notes for itself: no committee reads that it was.
HIDDEN_FROM_COMMITTEES = frozenset(
    {"unmask", "exchange", "read_out", "message", DESK_REMARK, HAND_OVER}
    | {"identity_asked", "identity_agreed", "identity_refused", "identity_opened"}
)


def note(
    session: Session,
    *,
    keys: CaseKeys,
    case: Case,
    action: str,
    actor: Actor,
    at: datetime,
    account_id: int | None = None,
    organisation_id: int | None = None,
    submission_id: int | None = None,
    shown: bool = False,
    facts: Mapping[str, str] | None = None,
    public_note: str = "",
    internal_note: str = "",
) -> bytes:
    """Write one step, sealed and bound, under the status that the case has now; return its uid.

    What is in ``facts`` may be read without a key; the resident reads the step if ``shown``.
    """
    step = Step(
        case_id=case.id,
        action=action,
        from_status=case.status,
        to_status=case.status,
        actor=actor,
        at=at,
        account_id=account_id,
        organisation_id=organisation_id,
        submission_id=submission_id,
        shown=shown,
        facts=facts or {},
        public_note=public_note,
        internal_note=internal_note,
    )
    return write_down(session, keys=keys, step=step)


def note_arrival(
    session: Session, *, office: Office, case: Case, action: str, submission_id: int
) -> None:
    """Write down that something came from a resident, never what, and queue the notices.

    Where a writer may be in danger, the commission that handles the case is told beside the desk:
    that somebody asks around must not wait until the desk has read it (DOMAIN 7, S-15).
    """
    note(
        session,
        keys=open_keys(session, office=office, case_id=case.id),
        case=case,
        action=action,
        actor=Actor.RESIDENT,
        at=office.at,
        submission_id=submission_id,
    )
    guarded = case.fears_retaliation or case.possible_denunciation
    for place in (case.desk_id, case.handler_id if guarded else None):
        if place is not None:
            session.add(
                Notice(kind="supplied", case_id=case.id, organisation_id=place, at=office.at)
            )
