"""The other matter of a letter that was parted: opened with the same code, through the letter."""

from __future__ import annotations

from sqlalchemy import bindparam

from portal.db import RowSession
from portal.models import Submission
from portal.models.submission import SealHolder, SealTarget
from portal.tracking.finding import Tracked, found_by, opened, own_seal

_submission = Submission.__table__.c
_FIND = found_by(
    own_seal,
    (own_seal.c.target == SealTarget.SUBMISSION)
    & (own_seal.c.target_id == _submission.id)
    & (own_seal.c.holder == SealHolder.SUBMISSION)
    & (own_seal.c.holder_id == _submission.part_of_id),
    _submission.part_of_id == bindparam("letter"),
)


def find_part(session: RowSession, *, letter: Tracked) -> Tracked | None:
    """The matter that was taken out of a letter, or nothing; no statement for a whole letter."""
    if letter.divided_at is None:
        return None
    for row in _FIND.rows(session, letter=letter.submission_id):
        part = opened(row, letter.key, "submission", is_part=True)
        if part is not None:
            return part
    return None
