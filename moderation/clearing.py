"""Clearing a name: a case in which nothing was found leaves everything that is told by member.

Design rule: "unsubstantiated" clears the name. Once such a case has ended, no mark says whom it was
about, and no search finds it. Whoever has its number reads it until its time is over; who is
excluded from it stays so. When it is contested it is about its member again.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from moderation.access import member_mark
from moderation.office import Office
from moderation.papers import Body, CaseKeys, read_paper
from portal.models import Case
from portal.models.case import PaperKind
from portal.vocabulary import Finding, Status


def is_cleared(case: Case, report: Body | None) -> bool:
    """Whether a case has ended with nothing found, as its newest report says."""
    found = (report or {}).get("finding")
    return case.status is Status.CLOSED and found == Finding.UNSUBSTANTIATED


def leave_member(session: Session, *, keys: CaseKeys, case: Case) -> None:
    """Let nothing lead from a member to a case that has cleared them."""
    report = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.REPORT)
    if is_cleared(case, report):
        case.subject_mark = None


def return_to_member(session: Session, *, office: Office, keys: CaseKeys, case: Case) -> None:
    """Let a case be about its member again, because its result is contested."""
    paper = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.SUBJECT)
    if case.subject_mark is None and case.handler_id is not None and paper is not None:
        case.subject_mark = member_mark(office.ring.search, UUID(paper["member_id"]))
