"""Finding a submission by its code. What is not found and what does not open look alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from portal.models import Case, Seal, Submission
from portal.models.submission import SealHolder, SealTarget, reference_of
from portal.vault import CannotOpen, Code, Ring, decrypt
from portal.vocabulary import Rating, Status, SubmissionState
from portal.words import Words


@dataclass(frozen=True, repr=False)
class Tracked:
    """One submission, opened by its code for the length of one request."""

    submission_id: int
    case_id: int
    status: Status
    state: SubmissionState | None
    rating: Rating | None
    received_at: datetime
    extended: bool
    fears_retaliation: bool
    key: bytes
    public_key: bytes

    @property
    def reference(self) -> str:
        """The number people quote."""
        return reference_of(self.submission_id)


# The statements are made once: making one anew costs more than carrying it out.
_submission, _case, _seal = (model.__table__.c for model in (Submission, Case, Seal))
_FIND = (
    select(
        _submission.id,
        _submission.case_id,
        _case.status,
        _submission.state,
        _submission.rating,
        _submission.received_at,
        _case.extended,
        _submission.fears_retaliation,
    )
    .join_from(Submission.__table__, Case.__table__, _case.id == _submission.case_id)
    .where(_submission.lookup == bindparam("lookup"))
)
_SEALS = select(_seal.target, _seal.box).where(
    or_(
        (_seal.target == SealTarget.SUBMISSION)
        & (_seal.target_id == bindparam("submission"))
        & (_seal.holder == SealHolder.CODE),
        (_seal.target == SealTarget.CASE_PUBLIC)
        & (_seal.target_id == bindparam("case"))
        & (_seal.holder == SealHolder.SUBMISSION)
        & (_seal.holder_id == bindparam("submission")),
    )
)


def find(session: Session, *, ring: Ring, code: Code) -> Tracked | None:
    """The submission that ``code`` opens, or nothing."""
    for pepper in ring.peppers.values():
        row = session.execute(_FIND, {"lookup": code.lookup(pepper)}).one_or_none()
        if row is None:
            continue
        keys = _open_keys(session, code.key(pepper), row.id, row.case_id)
        if keys is not None:
            return Tracked(
                submission_id=row.id,
                case_id=row.case_id,
                status=row.status,
                state=row.state,
                rating=row.rating,
                received_at=row.received_at,
                extended=row.extended,
                fears_retaliation=row.fears_retaliation,
                key=keys[0],
                public_key=keys[1],
            )
    return None


def own_words(session: Session, *, tracked: Tracked) -> Words:
    """The writer's own words, as written."""
    box = session.execute(
        select(Submission.words).where(Submission.id == tracked.submission_id)
    ).scalar_one()
    plain = decrypt(tracked.key, box, "submission", tracked.submission_id, "words")
    return Words.from_bytes(plain)


def _open_keys(
    session: Session, code_key: bytes, submission_id: int, case_id: int
) -> tuple[bytes, bytes] | None:
    """The submission's key and its case's public key, or nothing when a seal is gone."""
    wanted = {"submission": submission_id, "case": case_id}
    boxes = {row.target: row.box for row in session.execute(_SEALS, wanted)}
    try:
        key = decrypt(
            code_key,
            boxes[SealTarget.SUBMISSION],
            "seal",
            submission_id,
            "code",
        )
        public = decrypt(
            key,
            boxes[SealTarget.CASE_PUBLIC],
            "seal",
            case_id,
            "case_public",
        )
    except (KeyError, CannotOpen):
        return None
    return key, public
