"""Saying that two cases which look alike are two matters: then nobody is asked again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.office import Office
from portal.models import LookAlike


def keep_apart(session: Session, *, office: Office, by: Person, one_id: int, other_id: int) -> None:
    """Write down that these two are two matters. What is written down already stays."""
    for case_id, earlier_id in ((one_id, other_id), (other_id, one_id)):
        row = session.get(LookAlike, (case_id, earlier_id))
        if row is not None and row.apart_at is None:
            row.apart_at, row.apart_by_id = office.at, by.account_id
