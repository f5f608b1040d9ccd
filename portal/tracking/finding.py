"""Finding a submission by its code. What is not found and what does not open look alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
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
    key: bytes
    public_key: bytes

    @property
    def reference(self) -> str:
        """The number people quote."""
        return reference_of(self.submission_id)


def find(session: Session, *, ring: Ring, code: Code) -> Tracked | None:
    """The submission that ``code`` opens, or nothing."""
    for pepper in ring.peppers.values():
        row = session.execute(
            select(
                Submission.id,
                Submission.case_id,
                Case.status,
                Submission.state,
                Submission.rating,
                Submission.received_at,
                Case.extended,
            )
            .join(Case, Case.id == Submission.case_id)
            .where(Submission.lookup == code.lookup(pepper))
        ).one_or_none()
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
    boxes = {
        (row.target, row.holder): row.box
        for row in session.execute(
            select(Seal.target, Seal.holder, Seal.box).where(
                or_(
                    (Seal.target == SealTarget.SUBMISSION)
                    & (Seal.target_id == submission_id)
                    & (Seal.holder == SealHolder.CODE),
                    (Seal.target == SealTarget.CASE_PUBLIC)
                    & (Seal.target_id == case_id)
                    & (Seal.holder == SealHolder.SUBMISSION)
                    & (Seal.holder_id == submission_id),
                )
            )
        )
    }
    try:
        key = decrypt(
            code_key,
            boxes[SealTarget.SUBMISSION, SealHolder.CODE],
            "seal",
            submission_id,
            "code",
        )
        public = decrypt(
            key,
            boxes[SealTarget.CASE_PUBLIC, SealHolder.SUBMISSION],
            "seal",
            case_id,
            "case_public",
        )
    except (KeyError, CannotOpen):
        return None
    return key, public
