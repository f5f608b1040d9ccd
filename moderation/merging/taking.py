"""What is written down at the case that letters came into, or went out of."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.journal import write_at_desk
from moderation.merging.stock import take_stock
from moderation.noting import note
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.searching.following import follow
from moderation.workflow.filing import file_case
from moderation.workflow.performing import outdate
from portal.models import Case
from portal.models.journal import Actor
from portal.models.submission import reference_of
from portal.vocabulary import Deed


def write_into(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    other: Case,
    action: str,
    deed: Deed,
    facts: Mapping[str, str] | None = None,
) -> None:
    """Count its letters anew, note which case they were those of, and file it and find it so."""
    take_stock(session, case=case)
    outdate(case)
    note(
        session,
        keys=keys,
        case=case,
        action=action,
        actor=Actor.MODERATOR,
        at=office.at,
        account_id=by.account_id,
        internal_note=reference_of(other.id),
        facts=facts,
    )
    file_case(session, case=case)
    follow(session, office=office, keys=keys, case=case)
    write_at_desk(session, office=office, case=case, account_id=by.account_id, deed=deed)
