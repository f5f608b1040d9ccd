"""Following what writers say: a yes asks moderators for a text, a no takes everything away."""

from __future__ import annotations

import logging

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.making_public.taking_away import lock, take_away
from moderation.office import Office
from moderation.papers import open_submission_key
from portal.models import AnswerConsent, AnswerInvitation, AnswerRelease, Case
from portal.tracking.consenting import says_yes
from portal.vault import CannotOpen
from portal.vocabulary import Publication, Status

log = logging.getLogger(__name__)

_MAY_BE_ALLOWED = frozenset({Publication.ASKED, Publication.REFUSED})


def waiting_consents(session: Session, *, limit: int = 50) -> list[int]:
    """The words of writers that wait, oldest first."""
    return list(
        session.scalars(
            select(AnswerConsent.id)
            .where(AnswerConsent.done.is_(False))
            .order_by(AnswerConsent.id)
            .limit(limit)
        )
    )


def follow_consent(session: Session, *, office: Office, consent_id: int) -> None:
    """Follow one word, unless a later one was followed, or nobody with the code has said it."""
    said = session.get_one(AnswerConsent, consent_id, with_for_update={"key_share": True})
    case_id = session.scalar(select(AnswerRelease.case_id).where(AnswerRelease.mark == said.mark))
    release = lock(session, case_id=case_id) if case_id is not None else None
    if said.done or release is None:
        said.done = True
        return
    said.done = True
    agrees = _proven(session, office, release, said)
    if agrees is None or said.turn <= release.turn:
        return
    release.turn = said.turn
    invitation = session.get_one(AnswerInvitation, release.mark)
    if not agrees and invitation.state is not Publication.STOPPED:
        take_away(session, search=office.ring.search, release=release, state=Publication.REFUSED)
    elif agrees and invitation.state in _MAY_BE_ALLOWED and _is_closed(session, release):
        invitation.state = Publication.AGREED


def _proven(
    session: Session, office: Office, release: AnswerRelease, said: AnswerConsent
) -> bool | None:
    """Whether the holder of the code said yes; nothing where somebody else said it."""
    key = open_submission_key(session, office=office, submission_id=release.submission_id)
    try:
        return says_yes(key, said)
    except CannotOpen:
        log.error("consent %s was not given with the code of its letter", said.id)
        return None


def _is_closed(session: Session, release: AnswerRelease) -> bool:
    """Whether the case has an end that nobody contests."""
    return session.get_one(Case, release.case_id).status is Status.CLOSED
