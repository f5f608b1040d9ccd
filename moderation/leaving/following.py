"""Open cases follow the member they are about to the cell that has taken them in.

A case holds only a keyed mark of its member; by that it is found. The letter, its code and its
course stay as they are; another organisation has it, by the step that the clock takes when one
has ended. Where nobody of the new cell may see it, a level above that cell has it.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import member_mark
from moderation.escalating import hand_over
from moderation.office import Office
from moderation.papers import open_keys
from moderation.raising import handler_above
from moderation.screening.looking_up import handled, marks_on
from moderation.workflow import Need
from moderation.workflow.performing import Brought
from moderation.workflow.table import PASSED_ON
from portal.models import Case, Organisation


def follow(
    session: Session, *, office: Office, member_id: UUID, old_id: int, new: Organisation
) -> list[int]:
    """Let what the old cell has about a member go to the new one; the numbers of what went.

    What a level above or a commission has stays there: it was not for the cell. Whoever takes the
    member in learns nothing by it of what they may not see.
    """
    mark = member_mark(office.ring.search, member_id)
    numbers = session.scalars(
        select(Case.id)
        .where(Case.subject_mark == mark, Case.handler_id == old_id, Case.status.in_(PASSED_ON))
        .order_by(Case.id)
    ).all()
    return [number for number in numbers if _hand_on(session, office, number, old_id, new)]


def _hand_on(session: Session, office: Office, number: int, old_id: int, new: Organisation) -> bool:
    """Let one case go to the new cell, or to the level above that may see it."""
    case = session.get(Case, number, with_for_update={"key_share": True}, populate_existing=True)
    if case is None or case.handler_id != old_id or case.keep_until is not None:
        return False
    fits = handled(session, office, case, new, marks_on(session, case))
    target = new if fits else handler_above(session, office=office, case=case, above_of=new)
    if target is None:
        return False
    hand_over(
        session,
        office=office,
        keys=open_keys(session, office=office, case_id=case.id),
        case=case,
        to=target,
        by=None,
        brought=Brought(met=(Need.PUBLIC_NOTE,), facts={"reason": "handed_on"}),
    )
    return True
