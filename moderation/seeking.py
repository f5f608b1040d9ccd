"""Looking for whom a case may mean, so that no page has to: the worker does it, ahead of readers.

What is found names members, so it lies sealed under the internal key, and of each only who it is,
how well they fit and why; the page asks the register for the rest. Until a member is matched,
everybody who could be meant is hidden from the case.

It is done anew when the writer adds words, when a case comes back to screening, and every day as
long as somebody has to be chosen. A version of the register would not do: it is effective-dated,
so posts begin and end on their day without any row being written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import excluding, matching
from moderation.claiming import claim_case
from moderation.matching import Candidate, Found, Kept
from moderation.office import Office
from moderation.own_words import happened, open_added, open_words
from moderation.papers import (
    Body,
    CaseKeys,
    file_paper,
    forget_papers,
    open_keys,
    submissions_of,
    tell_shut,
)
from portal.clock import start_of
from portal.models import Case, Seeking, Submission
from portal.models.case import PaperKind
from portal.vault import CannotOpen
from portal.vocabulary import Kind
from portal.words import Words

#: So many are proposed, and so much of what was added is read.
_MOST: Final = 12
_MOST_ADDED: Final = 2_000
#: Of the letters that were merged into a case so many are asked whom they mean, too.
_MOST_LETTERS: Final = 20


def seek(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    submission: Submission,
    words: Words,
) -> frozenset[UUID]:
    """File who is proposed, in place of what was found before; return all who could be meant.

    A nomination names somebody who is most often in no register: there only those could be meant
    whose name or post it gives, and not everybody of the neighbourhood. What was added later is
    read once more as an answer to "who?". Raises CannotOpen.
    """
    added = "\n".join(open_added(session, office=office, submission=submission))
    lines = [words.about, added[-_MOST_ADDED:]] if added else [words.about]
    found = [_find(session, office, submission, words, about) for about in lines]
    forget_papers(session, case_id=case.id, kind=PaperKind.CANDIDATES)
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.CANDIDATES,
        body=_body(found),
    )
    nominates = case.kind is Kind.NOMINATION
    return frozenset().union(*(each.agreeing if nominates else each.possible for each in found))


def kept_in(paper: Body | None) -> tuple[Kept, ...]:
    """Who is proposed in a paper, the likeliest first."""
    rows = paper["found"] if paper else ()
    return tuple(Kept(UUID(row["member"]), row["score"], tuple(row["why"])) for row in rows)


def next_day(office: Office) -> datetime:
    """When everybody is sought anew: at the beginning of the next day in Vietnam."""
    return start_of(office.today + timedelta(days=1))


def seek_on(session: Session, *, case: Case, at: datetime) -> None:
    """Have the worker seek anew from this moment on, instead of whenever else it was to."""
    session.merge(Seeking(case_id=case.id, at=at))


def waiting(session: Session, *, at: datetime, limit: int = 20) -> list[int]:
    """The cases for which somebody must be sought anew, the longest waiting first."""
    return list(
        session.scalars(
            select(Seeking.case_id)
            .where(Seeking.at <= at)
            .order_by(Seeking.at, Seeking.case_id)
            .limit(limit)
        )
    )


def seek_again(session: Session, *, office: Office, case_id: int) -> None:
    """Seek anew whom a case may mean, and hide it from whoever has come to be among them.

    It makes no page that is open late: nothing changes that somebody could have decided on. What
    does not open is tried again the next day.
    """
    case = claim_case(session, case_id=case_id)
    due = session.get(Seeking, case_id)
    if case is None or due is None or due.at > office.at:
        return
    due.at = next_day(office)
    letters = submissions_of(session, case_id=case.id)
    if not letters:
        return
    submission, *others = sorted(letters, key=lambda each: each.moved_at is not None)
    try:
        words = open_words(session, office=office, submission=submission)
        keys = open_keys(session, office=office, case_id=case.id)
        possible = seek(
            session, office=office, keys=keys, case=case, submission=submission, words=words
        )
        for other in others[:_MOST_LETTERS]:
            theirs = open_words(session, office=office, submission=other)
            possible |= _find(session, office, other, theirs, theirs.about).possible
    except CannotOpen:
        tell_shut(case.id, "what the writer wrote")
        return
    if case.subject_mark is None:
        _hide(session, office, case, words, possible)


def _find(
    session: Session, office: Office, submission: Submission, words: Words, about: str
) -> Found:
    """Ask the register for whom a line means."""
    return matching.find(
        session,
        about=about,
        what=words.what,
        unit_id=submission.unit_id,
        unit_text=words.unit,
        context=submission.context,
        today=office.today,
        limit=_MOST,
    )


def _body(found: Iterable[Found]) -> Body:
    """The paper: the better of two finds of somebody, the best first."""
    best: dict[UUID, Candidate] = {}
    for each in (one for part in found for one in part.listed):
        if each.member_id not in best or each.score > best[each.member_id].score:
            best[each.member_id] = each
    ranked = sorted(best.values(), key=lambda each: -each.score)[:_MOST]
    rows = [
        {"member": each.member_id.hex, "score": each.score, "why": list(each.reasons)}
        for each in ranked
    ]
    return {"found": rows}


def _hide(
    session: Session, office: Office, case: Case, words: Words, possible: Iterable[UUID]
) -> None:
    """Hide the case from these members too, and let another desk have it if it must."""
    when = happened(words, office)
    marks = excluding.marks_of(
        session,
        office=office,
        case=case,
        members=possible,
        happened=(when.start, when.end) if when else (),
    )
    there = excluding.add_marks(session, case=case, marks=marks)
    excluding.lift_desk(session, office=office, case=case, marks=there)
