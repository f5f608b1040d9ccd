"""Writing one step into the course of a case; residents who want to be told of it will be."""

from __future__ import annotations

from sqlalchemy import insert
from sqlalchemy.orm import Session

from moderation.notifying.queueing import queue_news
from moderation.papers import CaseKeys
from portal.ledger import Step, sealed_row
from portal.models import Event
from portal.models.journal import Actor


def write_down(session: Session, *, keys: CaseKeys, step: Step) -> bytes:
    """Write the step, sealed and bound, and return its uid.

    What a resident did is no news to them.
    """
    row = sealed_row(step, public=keys.public, internal=keys.internal)
    session.execute(insert(Event).values(row))
    if step.shown and step.actor is not Actor.RESIDENT and step.case_id is not None:
        queue_news(session, case_id=step.case_id, at=step.at, submission_id=step.submission_id)
    uid: bytes = row["uid"]
    return uid
