"""Taking an answer away from everybody: at once, whoever asks for it, and with its case."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.models import AnswerConsent, AnswerInvitation, AnswerRelease, PublishedAnswer
from portal.vocabulary import Publication


def take_away(session: Session, *, release: AnswerRelease, state: Publication) -> None:
    """Let nobody read the answer any more. The text stays a sealed paper of its case, as all do."""
    if release.published is not None:
        session.execute(delete(PublishedAnswer).where(PublishedAnswer.uid == release.published))
    release.published = release.publish_on = None
    release.unit_id = release.writer_id = release.confirmer_id = None
    session.get_one(AnswerInvitation, release.mark).state = state


def take_away_contested(session: Session, *, case_id: int) -> None:
    """Let nobody read the answer of a case whose result is looked at again, nor any later one."""
    release = lock(session, case_id=case_id)
    if release is not None:
        take_away(session, release=release, state=Publication.STOPPED)


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
