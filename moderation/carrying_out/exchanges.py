"""Putting a code that was exchanged where codes lie, and writing down that it happened."""

from __future__ import annotations

import logging

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.claiming import claim_case
from moderation.noting import note
from moderation.office import Office
from moderation.papers import open_keys, open_submission_key
from portal.models import Case, CodeExchange, Seal, Slip, Submission
from portal.models.journal import Actor
from portal.models.submission import SealHolder, SealTarget
from portal.tracking import is_proven

log = logging.getLogger(__name__)

#: The step that says that a code on a slip was exchanged.
EXCHANGED = "exchange"


def waiting_exchanges(session: Session, *, limit: int = 50) -> list[int]:
    """The submissions whose codes were exchanged and not moved yet, oldest first."""
    return list(
        session.scalars(
            select(CodeExchange.submission_id)
            .join(Submission, Submission.id == CodeExchange.submission_id)
            .join(Case, Case.id == Submission.case_id)
            .where(Case.prepared_at.is_not(None))
            .order_by(CodeExchange.at)
            .limit(limit)
        )
    )


def settle_exchange(session: Session, *, office: Office, submission_id: int) -> None:
    """Move the new code to its place, and leave nothing that the old one opens.

    What was not made by the holder of the slip is thrown away: who has broken into the public
    process must not take letters from their writers.
    """
    row = session.get(CodeExchange, submission_id)
    submission = session.get(Submission, submission_id)
    if row is None or submission is None:
        return
    case = claim_case(session, case_id=submission.case_id)
    if case is None or case.prepared_at is None:
        return
    key = open_submission_key(session, office=office, submission_id=submission_id)
    session.delete(row)
    if not is_proven(key, row):
        log.error("the exchange of the code of %s was not made with its slip", submission_id)
        return
    _move(session, submission, row)
    # Not as an act of the writer: whoever else did it must not keep the news from them.
    note(
        session,
        keys=open_keys(session, office=office, case_id=case.id),
        case=case,
        action=EXCHANGED,
        actor=Actor.WORKER,
        at=office.at,
        submission_id=submission_id,
        shown=True,
    )


def _move(session: Session, submission: Submission, row: CodeExchange) -> None:
    """Let the new code open the submission, as any other code, and the old one nothing."""
    slip = session.get_one(Slip, submission.id)
    slip.box, slip.exchanged_at = None, row.at
    submission.lookup = row.lookup
    session.add(
        Seal(
            target=SealTarget.SUBMISSION,
            target_id=submission.id,
            holder=SealHolder.CODE,
            holder_id=0,
            key_version=row.key_version,
            box=row.box,
        )
    )
