"""The other matter of a letter that was parted: opened with the same code, through the letter."""

from __future__ import annotations

from sqlalchemy import bindparam, exists, select

from portal.db import RowSession
from portal.models import Case, ResidentAct, Seal, Submission
from portal.models.submission import SealHolder, SealTarget
from portal.prepared import Prepared
from portal.tracking.finding import Tracked
from portal.vault import CannotOpen, decrypt

_submission, _case, _act = (model.__table__.c for model in (Submission, Case, ResidentAct))
_own_seal, _case_seal = (Seal.__table__.alias(name) for name in ("own", "of_case"))
_FIND = Prepared(
    select(
        _submission.id,
        _submission.case_id,
        _case.status,
        _submission.state,
        _submission.rating,
        _submission.received_at,
        _case.extended,
        _submission.fears_retaliation,
        _submission.moved_at,
        _own_seal.c.box.label("own_box"),
        _case_seal.c.box.label("case_box"),
        exists().where(_act.submission_id == _submission.id).label("acted"),
    )
    .join_from(Submission.__table__, Case.__table__, _case.id == _submission.case_id)
    .join(
        _own_seal,
        (_own_seal.c.target == SealTarget.SUBMISSION)
        & (_own_seal.c.target_id == _submission.id)
        & (_own_seal.c.holder == SealHolder.SUBMISSION)
        & (_own_seal.c.holder_id == _submission.part_of_id),
    )
    .join(
        _case_seal,
        (_case_seal.c.target == SealTarget.CASE_PUBLIC)
        & (_case_seal.c.target_id == _submission.case_id)
        & (_case_seal.c.holder == SealHolder.SUBMISSION)
        & (_case_seal.c.holder_id == _submission.id),
    )
    .where(_submission.part_of_id == bindparam("letter"))
)


def find_part(session: RowSession, *, letter: Tracked) -> Tracked | None:
    """The matter that was taken out of a letter, or nothing; no statement for a whole letter."""
    if letter.divided_at is None:
        return None
    for row in _FIND.rows(session, letter=letter.submission_id):
        try:
            key = decrypt(letter.key, row.own_box, "seal", row.id, "submission")
            public_key = decrypt(key, row.case_box, "seal", row.case_id, "case_public")
        except CannotOpen:
            continue
        return Tracked(
            submission_id=row.id,
            case_id=row.case_id,
            status=row.status,
            state=row.state,
            rating=row.rating,
            received_at=row.received_at,
            extended=row.extended,
            fears_retaliation=row.fears_retaliation,
            acted=row.acted,
            key=key,
            public_key=public_key,
            moved_at=row.moved_at,
            is_part=True,
        )
    return None
