"""The letter as it came, for whoever sees both cases that it became."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from moderation.access import Person, visible_to
from moderation.office import Office
from moderation.papers import read_readings
from moderation.reading.letters import Words, words_of
from portal.models import Case, Stay, Submission
from portal.models.case import Room
from portal.models.submission import FIRST_STAY


def read_undivided(session: Session, *, office: Office, person: Person, case: Case) -> Words | None:
    """The masked words of a letter before it was parted, in three statements.

    None for a person who does not see both matters at the desk, and once one of them was taken
    back: its words are shown no more.
    """
    whole, part = aliased(Submission), aliased(Submission)
    seen = visible_to(person, (Room.DESK,))
    home_id = session.scalar(
        select(func.coalesce(Stay.case_id, whole.case_id))
        .select_from(part)
        .join(whole, whole.id == part.part_of_id)
        .outerjoin(Stay, and_(Stay.submission_id == whole.id, Stay.after_id == FIRST_STAY))
        .where(
            or_(part.case_id == case.id, whole.case_id == case.id),
            part.case_id.in_(seen),
            whole.case_id.in_(seen),
            part.state.is_(None),
            whole.state.is_(None),
        )
        .order_by(part.id)
        .limit(1)
    )
    if home_id is None:
        return None
    papers = read_readings(session, office=office, case_ids=[home_id], first=True)
    return words_of(papers[home_id]) if home_id in papers else None
