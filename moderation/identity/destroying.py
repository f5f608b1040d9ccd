"""Destroying who wrote: at once when a letter is taken back, and what was opened when its day ends.

Rows that say that something was asked and opened stay; what they led to is gone.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from moderation.identity import sealing
from moderation.notifying.queueing import has_open_part
from moderation.office import Office
from moderation.retention.marking import ADDRESS, WRITER, mark_letters
from portal.models import (
    Identity,
    IdentityOpening,
    IdentityRequest,
    IdentityShare,
    NoticeAddress,
    Submission,
)
from portal.models.submission import SealTarget
from portal.vocabulary import IdentityOutcome

_BATCH = 50


def destroy(session: Session, *, office: Office, submission_id: int) -> None:
    """Destroy who wrote a submission, in the same commit as what asks for it.

    Whoever was reading reads it no more, and what was asked for ends. No restored backup brings
    it back.
    """
    mark_letters(session, search=office.ring.search, thing=WRITER, numbers=[submission_id])
    for model in (IdentityShare, Identity, NoticeAddress):
        session.execute(delete(model).where(model.submission_id == submission_id))
    requests = session.scalars(
        select(IdentityRequest).where(IdentityRequest.submission_id == submission_id)
    )
    for request in requests.all():
        _close(session, office, request)
        if request.outcome is None:
            request.outcome, request.ended_at = IdentityOutcome.DESTROYED, office.at


def forget_addresses(session: Session, *, search: bytes, case_id: int) -> None:
    """Destroy where the writers of a case wanted to be told of news: it has finished.

    An address whose last news waits goes with it, three days later at the latest (``notifying``).
    """
    letters = select(Submission.id).where(Submission.case_id == case_id)
    wanted = select(NoticeAddress.submission_id).where(
        NoticeAddress.submission_id.in_(letters),
        NoticeAddress.next_at.is_(None),
        ~has_open_part(NoticeAddress.submission_id),
    )
    forget(session, search=search, submission_ids=session.scalars(wanted).all())


def forget(session: Session, *, search: bytes, submission_ids: Collection[int]) -> None:
    """Destroy the addresses of these letters; no restored backup brings them back."""
    if submission_ids:
        mark_letters(session, search=search, thing=ADDRESS, numbers=submission_ids)
        gone = delete(NoticeAddress).where(NoticeAddress.submission_id.in_(submission_ids))
        session.execute(gone)


def ended_requests(session: Session, *, at: datetime) -> list[int]:
    """The requests to which too few agreed in time, and the openings whose time is over."""
    waiting = select(IdentityRequest.id).where(
        IdentityRequest.outcome.is_(None), IdentityRequest.expires_at <= at
    )
    opened = select(IdentityOpening.request_id).where(
        IdentityOpening.gone_at.is_(None), IdentityOpening.until <= at
    )
    return [
        number for rows in (waiting, opened) for number in session.scalars(rows.limit(_BATCH)).all()
    ]


def end_request(session: Session, *, office: Office, request_id: int) -> None:
    """Let the clock end a request or an opening: the share or the identity it led to is gone."""
    request = session.get_one(IdentityRequest, request_id, with_for_update={"key_share": True})
    if request.outcome is None and request.expires_at <= office.at:
        request.outcome, request.ended_at = IdentityOutcome.EXPIRED, office.at
        sealing.drop(session, SealTarget.IDENTITY_APPROVAL, request.id)
    opening = session.get(IdentityOpening, request_id)
    if opening is not None and opening.until <= office.at:
        _close(session, office, request)


def end_all_requests(session: Session, *, office: Office) -> None:
    """End whatever was asked for or opened: in a restored database nobody knows what came of it."""
    opened = select(IdentityOpening.request_id).where(IdentityOpening.gone_at.is_(None))
    wanted = or_(IdentityRequest.outcome.is_(None), IdentityRequest.id.in_(opened))
    for request in session.scalars(select(IdentityRequest).where(wanted)).all():
        _close(session, office, request)
        if request.outcome is None:
            request.outcome, request.ended_at = IdentityOutcome.EXPIRED, office.at


def _close(session: Session, office: Office, request: IdentityRequest) -> None:
    """Let all that is sealed to the staff for a request be gone."""
    for target in (SealTarget.IDENTITY_APPROVAL, SealTarget.IDENTITY_OPENING):
        sealing.drop(session, target, request.id)
    opening = session.get(IdentityOpening, request.id)
    if opening is not None and opening.gone_at is None:
        opening.gone_at = office.at
