"""Saying that two cases which look alike are two matters: then nobody is asked again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation.access import Person, find_case, relate
from moderation.journal import write_at_desk
from moderation.office import Office
from moderation.workflow import Action, NotAvailable
from portal.models import Case, LookAlike
from portal.models.case import Room
from portal.vocabulary import Deed


def keep_apart(session: Session, *, office: Office, case: Case, by: Person, other_id: int) -> None:
    """Write down that another case is another matter than this one.

    Raises NotVisible for a case that this person does not see at the desk, NotAvailable for
    whoever does not moderate this one, and where nobody thought that they were one.
    """
    other = find_case(session, person=by, case_id=other_id, room=Room.DESK)
    if not relate(session, person=by, case=case).moderates:
        raise NotAvailable(Action.MERGE)
    if not part(session, office=office, by=by, one_id=case.id, other_id=other.id):
        raise NotAvailable(Action.MERGE)
    write_at_desk(session, office=office, case=case, account_id=by.account_id, deed=Deed.KEPT_APART)


def part(session: Session, *, office: Office, by: Person, one_id: int, other_id: int) -> bool:
    """Propose these two no more; tell whether they were proposed. What was said before stays."""
    rows = [
        row
        for pair in ((one_id, other_id), (other_id, one_id))
        if (row := session.get(LookAlike, pair)) is not None and row.apart_at is None
    ]
    for row in rows:
        row.apart_at, row.apart_by_id = office.at, by.account_id
    return bool(rows)
