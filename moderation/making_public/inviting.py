"""Whose answer may be told to everybody at all: asking a writer when the case is closed.

Design rules. Nobody is asked who fears retaliation or could be guessed, who denounces somebody or
names somebody outstanding, whose letter a commission has handled, whose result names no grounds,
whose answer was contested, who shares the case with other letters or has parted theirs, whose name
was asked for, or whose code the staff still know. Nor where the matter itself tells whose it is:
a family, somebody's absence, a hint of corruption, or what fits no topic.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from moderation.making_public.taking_away import take_away_contested
from moderation.office import Office
from moderation.papers import CaseKeys, open_submission_key, read_paper
from portal.clock import local_date
from portal.models import (
    AnswerInvitation,
    AnswerRelease,
    Case,
    Event,
    FollowUp,
    IdentityRequest,
    Organisation,
    Slip,
    Submission,
)
from portal.models.case import PaperKind
from portal.tracking.consenting import mark_of
from portal.vocabulary import (
    ActionKind,
    Finding,
    Kind,
    OrganisationKind,
    Publication,
    Status,
    SubmissionState,
    Topic,
)

#: What may be told of a case; where nothing was found, nothing is told of anybody.
FINDINGS = frozenset(
    {Finding.SUBSTANTIATED, Finding.PARTLY, Finding.CLARIFIED, Finding.PRAISE_NOTED}
)
_FINDINGS = {finding.value: finding for finding in Finding}
TOPICS = frozenset(Topic) - {
    *(Topic.CORRUPTION_HINT, Topic.FAMILY, Topic.ABSENCE_TRANSFER, Topic.OTHER)
}


def follow_status(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, status: Status | None
) -> None:
    """Ask the writer of a case that turns to this status, or take away what is contested."""
    if status is Status.CLOSED:
        invite(session, office=office, keys=keys, case=case)
    elif status is Status.REVIEW:
        take_away_contested(session, search=office.ring.search, case_id=case.id)


def invite(session: Session, *, office: Office, keys: CaseKeys, case: Case) -> None:
    """Ask the writer of a case that was just closed, where its answer may be told at all."""
    if not _may_be_told(case) or _finding(session, keys, case) not in FINDINGS:
        return
    letters = session.scalars(select(Submission.id).where(*_plain_letters(case))).all()
    if len(letters) != 1 or case.finished_at is None:
        return
    key = open_submission_key(session, office=office, submission_id=letters[0])
    invitation = AnswerInvitation(mark=mark_of(key), state=Publication.ASKED)
    session.add(invitation)
    session.flush()
    release = AnswerRelease(case_id=case.id, submission_id=letters[0], mark=invitation.mark)
    release.closed_on = local_date(case.finished_at)
    session.add(release)


def _may_be_told(case: Case) -> bool:
    """What the case itself says."""
    guarded = case.fears_retaliation or case.guessable or case.restricted
    nominates = Kind.NOMINATION in {case.kind, case.sent_as}
    return (
        case.status is Status.CLOSED
        and not (guarded or case.possible_denunciation or nominates)
        and case.contested_from is None
        and case.reopened_at is None
        and case.letter_count == 1
        and case.topic in TOPICS
    )


def _finding(session: Session, keys: CaseKeys, case: Case) -> Finding | None:
    """What was found."""
    report = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.REPORT)
    return _FINDINGS[report["finding"]] if report else None


def _plain_letters(case: Case) -> tuple[ColumnElement[bool], ...]:
    """The letters of the case of which nothing speaks against it."""
    apart = exists().where(
        Submission.case_id == case.id, Submission.state == SubmissionState.WITHDRAWN
    )
    cleared = exists().where(FollowUp.case_id == case.id, FollowUp.kind == ActionKind.CLEAR_NAME)
    inspected = exists().where(
        Event.case_id == case.id,
        Event.organisation_id == Organisation.id,
        Organisation.kind == OrganisationKind.COMMISSION,
    )
    known = exists().where(Slip.submission_id == Submission.id, Slip.exchanged_at.is_(None))
    return (
        Submission.case_id == case.id,
        Submission.state.is_(None),
        Submission.fears_retaliation.is_(False),
        Submission.moved_at.is_(None),
        Submission.part_of_id.is_(None),
        Submission.divided_at.is_(None),
        ~exists().where(IdentityRequest.submission_id == Submission.id),
        ~exists().where(AnswerRelease.case_id == case.id),
        *(~apart, ~cleared, ~inspected, ~known),
    )
