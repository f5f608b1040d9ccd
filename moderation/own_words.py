"""What residents wrote, as they wrote it, opened with the staff key for as long as it is needed.

Nothing is kept open here, and nothing is shown: readers get masked words.
"""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.papers import open_submission_key
from portal.models import ResidentAct, Submission
from portal.text import BadDate, When, parse_date
from portal.tracking import UNPROVEN, open_act
from portal.vault import decrypt
from portal.vocabulary import ActKind
from portal.words import Words


def open_words(session: Session, *, office: Office, submission: Submission) -> Words:
    """The words of a submission as written. Raises CannotOpen."""
    key = open_submission_key(session, office=office, submission_id=submission.id)
    plain = decrypt(key, submission.words, "submission", submission.id, "words")
    return Words.from_bytes(plain)


def open_added(session: Session, *, office: Office, submission: Submission) -> list[str]:
    """What the writer of a submission added later, as written, oldest first. Raises CannotOpen."""
    key = open_submission_key(session, office=office, submission_id=submission.id)
    acts = session.scalars(
        select(ResidentAct)
        .where(
            ResidentAct.submission_id == submission.id,
            ResidentAct.kind == ActKind.SUPPLY,
            or_(ResidentAct.refused.is_(None), ResidentAct.refused != UNPROVEN),
        )
        .order_by(ResidentAct.id)
    )
    return [open_act(key, act) for act in acts]


def happened(words: Words, office: Office) -> When | None:
    """When it happened, where the writer said so."""
    try:
        return parse_date(words.when, office.today)
    except BadDate:
        return None
