"""Setting copies aside. The first of a group is on the desk already; no copy is ever lost."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.noting import note
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.quarantining.comparing import first_alike, remember, signature_of
from portal.models import Case, CopyGroup, HeldCopy, Notice, Submission
from portal.models.journal import Actor
from portal.words import Words


def set_aside_if_copy(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    submission: Submission,
    words: Words,
) -> None:
    """Hold a case when its submission came over a limit and is a copy of one on its desk.

    Everything else goes to the desk at once, and nothing is left of the suspicion. A text that is
    like none before it is remembered, so that its own copies are found.
    """
    signature = signature_of(words, search=office.ring.search, desk_id=case.desk_id or 0)
    first_id = first_alike(session, signature=signature)
    why, submission.suspicion = submission.suspicion, None
    if first_id is None:
        remember(session, office=office, case_id=case.id, signature=signature)
    elif why is not None:
        submission.suspicion, case.held = why, True
        group = _group(session, office, case, first_id)
        session.add(HeldCopy(case_id=case.id, group_id=group.id, why=why))
        note(
            session,
            keys=keys,
            case=case,
            action="set_aside",
            actor=Actor.WORKER,
            at=office.at,
            facts={"why": why.value},
        )


def _group(session: Session, office: Office, case: Case, first_id: int) -> CopyGroup:
    """The group of a copy; a new one where this is the first. The desk is told once a day."""
    group = session.scalars(
        select(CopyGroup).where(CopyGroup.first_id == first_id, CopyGroup.desk_id == case.desk_id)
    ).one_or_none()
    if group is None:
        group = CopyGroup(first_id=first_id, desk_id=case.desk_id, opened_at=office.at)
        session.add(group)
    if group.told_on != office.today and not _told(session, office, case):
        group.told_on = office.today
        session.add(
            Notice(kind="flood", case_id=case.id, organisation_id=case.desk_id, at=office.at)
        )
    session.flush()
    return group


def _told(session: Session, office: Office, case: Case) -> bool:
    """Whether the desk was told of a flood today."""
    found = session.scalars(
        select(CopyGroup.id)
        .where(CopyGroup.desk_id == case.desk_id, CopyGroup.told_on == office.today)
        .limit(1)
    )
    return found.first() is not None
