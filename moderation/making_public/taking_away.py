"""Taking an answer away from everybody: at once, whoever asks for it, and with its case."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from moderation.retention.marking import REFUSED, STOPPED, mark_letters
from portal.models import AnswerConsent, AnswerInvitation, AnswerRelease, PublishedAnswer
from portal.vocabulary import Publication

_MARKS = {Publication.REFUSED: REFUSED, Publication.STOPPED: STOPPED}


def take_away(
    session: Session, *, search: bytes, release: AnswerRelease, state: Publication
) -> None:
    """Let nobody read the answer any more. The text stays a sealed paper of its case, as all do.

    No restored backup tells it again.
    """
    numbers = [release.submission_id]
    mark_letters(session, search=search, thing=_MARKS[state], numbers=numbers)
    if release.published is not None:
        session.execute(delete(PublishedAnswer).where(PublishedAnswer.uid == release.published))
    release.published = release.publish_on = None
    release.unit_id = release.writer_id = release.confirmer_id = None
    session.get_one(AnswerInvitation, release.mark).state = state


def take_away_again(
    session: Session, *, search: bytes, submission_id: int, state: Publication
) -> bool:
    """Take away again what had been, after an older database was put in place; whether there was
    anything to take.

    A writer who allowed it once more since then is asked anew: what was said in between is lost.
    """
    release = session.scalars(
        select(AnswerRelease).where(AnswerRelease.submission_id == submission_id)
    ).one_or_none()
    if release is None:
        return False
    before = session.get_one(AnswerInvitation, release.mark).state
    if before in {state, Publication.STOPPED}:
        return False
    take_away(session, search=search, release=release, state=state)
    # A yes that waited when the backup was made was taken back since.
    said = update(AnswerConsent).where(AnswerConsent.mark == release.mark)
    session.execute(said.values(done=True))
    return True


def take_away_contested(session: Session, *, search: bytes, case_id: int) -> None:
    """Let nobody read the answer of a case whose result is looked at again, nor any later one."""
    release = lock(session, case_id=case_id)
    if release is not None:
        take_away(session, search=search, release=release, state=Publication.STOPPED)


def forget(session: Session, *, case_ids: Collection[int]) -> None:
    """Delete everything of these cases that lies without their numbers; they are being purged.

    A published answer goes with its case: nobody could take it away any more, because the code of
    its writer opens nothing from then on.
    """
    rows = session.execute(
        select(AnswerRelease.mark, AnswerRelease.published).where(
            AnswerRelease.case_id.in_(case_ids)
        )
    ).all()
    if not rows:
        return
    marks, published = [row.mark for row in rows], [row.published for row in rows if row.published]
    session.execute(delete(PublishedAnswer).where(PublishedAnswer.uid.in_(published)))
    session.execute(delete(AnswerRelease).where(AnswerRelease.case_id.in_(case_ids)))
    session.execute(delete(AnswerConsent).where(AnswerConsent.mark.in_(marks)))
    session.execute(delete(AnswerInvitation).where(AnswerInvitation.mark.in_(marks)))


def lock(session: Session, *, case_id: int) -> AnswerRelease | None:
    """What the staff know of telling the answer of a case, held for this transaction."""
    return session.scalars(
        select(AnswerRelease)
        .where(AnswerRelease.case_id == case_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
