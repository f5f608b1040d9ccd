"""Deleting cases for good: keys, rows and counters, in one transaction, with one event in the log.

The event names the leaves of all cases of the batch together and no case, so that it cannot be read
from it which steps belonged to one another.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from moderation.disclosing.publishing import count_before_deletion
from moderation.journal import write_down
from moderation.making_public.taking_away import forget
from moderation.office import Office
from moderation.retention.counting import count_what_goes
from moderation.retention.deciding import belongs_to, going_with, with_merged
from moderation.retention.marking import case_marks, record
from moderation.verifying.purges import LEAVES, purge_key
from moderation.workflow.filing import unfile
from portal.ledger import PURGE, Step, sealed_row
from portal.models import Base, Event, LogLeaf
from portal.models.journal import Actor
from portal.vocabulary import Deed


def purge(session: Session, *, office: Office, case_ids: Collection[int]) -> bytes:
    """Delete these cases with everything that leads to them; return the uid of the event.

    Whether they may go was asked before, in the same transaction. Raises Undecided while nobody
    has said what becomes of a table; then nothing is deleted.
    """
    case_ids = with_merged(session, case_ids)
    rows = list(going_with(case_ids))
    marks = case_marks(session, search=office.ring.search, case_ids=case_ids)
    # Their lines in the list are written around this transaction.
    record(session, marks.values(), listed=True)
    count_what_goes(session, case_ids=case_ids)
    count_before_deletion(session, office=office, case_ids=case_ids)
    event = _event(session, office, case_ids)
    # It is written before the others go: SQLite would give it the number of one that went, and the
    # public log looks for new events behind the newest number only.
    session.execute(insert(Event).values(event))
    unfile(session, case_ids=case_ids)
    forget(session, case_ids=case_ids)
    for table, condition in rows:
        session.execute(delete(table).where(condition))
    write_down(session, ring=office.ring, at=office.at, deed=Deed.PURGED, account_id=None)
    uid: bytes = event["uid"]
    return uid


def _event(session: Session, office: Office, case_ids: Collection[int]) -> dict[str, Any]:
    """What is left in the course of things: that steps have gone, and which leaves they had."""
    leaves = session.scalars(
        select(LogLeaf.number)
        .join(Event, Event.uid == LogLeaf.event_uid)
        .where(belongs_to(Base.metadata.tables[Event.__tablename__], case_ids))
        .order_by(LogLeaf.number)
    )
    step = Step(
        case_id=None,
        action=PURGE,
        to_status=None,
        actor=Actor.WORKER,
        at=office.at,
        facts={LEAVES: " ".join(map(str, leaves))},
    )
    return sealed_row(step, public=purge_key(office.ring))
