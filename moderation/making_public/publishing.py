"""What the worker publishes: everything is asked anew on the day."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from moderation.making_public.alike import crowd_of, quarter_of
from moderation.making_public.taking_away import lock
from moderation.making_public.writing import next_month
from moderation.office import Office
from moderation.papers import open_keys, read_paper
from portal.models import AnswerConsent, AnswerInvitation, AnswerRelease, Case, PublishedAnswer
from portal.models.case import PaperKind
from portal.vault import new_uid
from portal.vocabulary import Publication, Status


def ripe_answers(session: Session, *, office: Office, limit: int = 50) -> list[int]:
    """The cases whose answers are to be published by today."""
    return list(
        session.scalars(
            select(AnswerRelease.case_id)
            .where(AnswerRelease.publish_on <= office.today)
            .order_by(AnswerRelease.publish_on, AnswerRelease.case_id)
            .limit(limit)
        )
    )


def publish(session: Session, *, office: Office, case_id: int) -> None:
    """Publish the answer of a case, confirmed by two people and allowed by its writer to this day.

    Where too few cases are left that are like it, it waits until the first of the next month.
    """
    release = lock(session, case_id=case_id)
    if release is None or release.publish_on is None or release.publish_on > office.today:
        return
    invitation = session.get_one(AnswerInvitation, release.mark)
    case = session.get_one(Case, case_id)
    if invitation.state is not Publication.CONFIRMED or case.status is not Status.CLOSED:
        release.publish_on = None
        return
    if _unheard(session, release):
        return
    crowd = crowd_of(session, case=case, closed_on=release.closed_on)
    keys = open_keys(session, office=office, case_id=case_id)
    paper = read_paper(session, keys=keys, case_id=case_id, kind=PaperKind.PUBLIC_ANSWER)
    if crowd is None or not crowd.enough or paper is None or case.topic is None:
        release.publish_on = next_month(office.today)
        return
    answer = PublishedAnswer(uid=new_uid(), unit_id=crowd.unit.id, topic=case.topic)
    answer.quarter, answer.words = quarter_of(release.closed_on), paper["text"]
    session.add(answer)
    release.published, release.unit_id, release.publish_on = answer.uid, crowd.unit.id, None
    invitation.state = Publication.PUBLISHED


def _unheard(session: Session, release: AnswerRelease) -> bool:
    """Whether its writer has said something that was not followed yet: it may be a no."""
    waits = exists().where(AnswerConsent.mark == release.mark, AnswerConsent.done.is_(False))
    return bool(session.scalar(select(waits)))
