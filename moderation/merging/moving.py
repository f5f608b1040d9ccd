"""Moving letters between cases: who wrote reads on where a letter is, nowhere else.

A letter's key opens the public key of every case it has been in, so that its writer reads the whole
course with one code. Taking it out again deletes that seal.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.papers import CaseKeys, open_submission_key, submissions_of
from portal.models import Case, Seal, Stay, Submission
from portal.models.submission import FIRST_STAY, SealHolder, SealTarget
from portal.vault import encrypt


def move_letters(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, other: Case, after_id: int
) -> None:
    """Let the letters of another case go on in this one. Raises CannotOpen.

    ``after_id`` is the step with which they left: of this case their writers read what comes later.
    """
    for letter in submissions_of(session, case_id=other.id):
        key = open_submission_key(session, office=office, submission_id=letter.id)
        if letter.moved_at is None:
            letter.moved_at = office.at
            session.add(Stay(submission_id=letter.id, case_id=other.id, after_id=FIRST_STAY))
        session.add(Stay(submission_id=letter.id, case_id=case.id, after_id=after_id))
        box = encrypt(key, keys.public, "seal", case.id, "case_public")
        session.add(
            Seal(
                target=SealTarget.CASE_PUBLIC,
                target_id=case.id,
                holder=SealHolder.SUBMISSION,
                holder_id=letter.id,
                key_version=0,
                box=box,
            )
        )
        letter.case_id = case.id
    session.flush()


def letters_from(session: Session, *, case: Case, other_id: int) -> list[Submission]:
    """The letters in a case that began in another one, also those that were taken back since."""
    return list(
        session.scalars(
            select(Submission)
            .join(Stay, Stay.submission_id == Submission.id)
            .where(
                Submission.case_id == case.id, Stay.case_id == other_id, Stay.after_id == FIRST_STAY
            )
            .order_by(Submission.id)
        )
    )


def move_back(session: Session, *, letters: Iterable[Submission], home_id: int) -> None:
    """Let letters be where they began, and read of no other case any more."""
    numbers = []
    for letter in letters:
        letter.case_id = home_id
        numbers.append(letter.id)
    session.flush()
    session.execute(delete(Stay).where(Stay.submission_id.in_(numbers), Stay.case_id != home_id))
    session.execute(
        delete(Seal).where(
            Seal.target == SealTarget.CASE_PUBLIC,
            Seal.holder == SealHolder.SUBMISSION,
            Seal.holder_id.in_(numbers),
            Seal.target_id != home_id,
        )
    )
