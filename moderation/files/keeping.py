"""A file that a committee keeps with something it did. It stays inside: no resident reads it."""

from __future__ import annotations

from sqlalchemy import Insert, func, insert, select
from sqlalchemy.orm import Session

from moderation.access import Person, relate
from moderation.files.recording import write_down
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.workflow import Action, NotAvailable, available
from portal.db import queue_for
from portal.files.attaching import MOST_FILES, TooMany, is_sent
from portal.files.taking import Sealed, Twice
from portal.models import Attachment, Case, FollowUp
from portal.vocabulary import Deed


def deeds_of(session: Session, *, case: Case) -> list[FollowUp]:
    """What the organisation that handles the case has done, newest first."""
    return list(
        session.scalars(
            select(FollowUp)
            .where(FollowUp.case_id == case.id, FollowUp.organisation_id == case.handler_id)
            .order_by(FollowUp.id.desc())
        )
    )


def keep_file(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    follow_up_id: int,
    sealed: Sealed,
) -> None:
    """Keep a file that lies in the store with one deed of the committee, sealed to staff only.

    Raises NotAvailable for whoever does not work on the case and for a deed that is not theirs,
    TooMany for the sixth file of a deed, Twice for one that the case has already.
    """
    queue_for(session, f"files of {case.id}".encode())
    offered = {row.action for row in available(case, relate(session, person=by, case=case))}
    ours = {deed.id for deed in deeds_of(session, case=case)}
    if Action.FOLLOW_UP not in offered or follow_up_id not in ours:
        raise NotAvailable(Action.FOLLOW_UP)
    if _count(session, follow_up_id) >= MOST_FILES:
        raise TooMany
    if is_sent(session, mark=sealed.mark):
        raise Twice
    session.execute(_row(office, case, by, follow_up_id, sealed))
    write_down(
        session,
        office=office,
        keys=keys,
        case=case,
        by=by,
        action="keep_file",
        deed=Deed.FILE_KEPT,
    )


def _count(session: Session, follow_up_id: int) -> int:
    """How many files a deed has."""
    wanted = select(func.count()).where(Attachment.follow_up_id == follow_up_id)
    return session.scalar(wanted) or 0


def _row(office: Office, case: Case, by: Person, follow_up_id: int, sealed: Sealed) -> Insert:
    """What makes a file in the store one of this deed's."""
    return insert(Attachment).values(
        uid=sealed.uid,
        case_id=case.id,
        follow_up_id=follow_up_id,
        account_id=by.account_id,
        kind=sealed.kind,
        size=sealed.size,
        at=office.at,
        mark=sealed.mark,
        lock=sealed.lock,
        name=sealed.name,
    )
