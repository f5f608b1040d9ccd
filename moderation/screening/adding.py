"""What a resident adds to a case that an organisation has: a moderator reads it and releases it.

Design rule: no word of the writer reaches a committee unread. What is passed on stands beside the
text that was passed on first, with the day of its release.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.office import Office
from moderation.own_words import open_added
from moderation.papers import Body, CaseKeys, file_paper, read_papers, submissions_of
from moderation.versions import ParaphraseNeeded, check_put, needs_paraphrase, repeats
from moderation.workflow import Action, Incomplete, Need, perform
from moderation.workflow.performing import Brought
from portal.models import Case
from portal.models.case import PaperKind


def pass_added(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    text: str,
    put: str = "",
) -> None:
    """Pass on what was added, in these words, with the numbers of people masked; ``put`` is what of
    it may be put to the member.

    Raises Incomplete without a text, ParaphraseNeeded where the writer could be guessed and the
    text keeps the writer's own words, or where ``put`` does, and TellsDetail.
    """
    parts = _parts(text, put, own=_own_words(session, office, case), case=case)
    papers = read_papers(session, keys=keys, case_id=case.id, kinds=parts)
    for kind, part in parts.items():
        file_paper(
            session,
            office=office,
            keys=keys,
            case=case,
            kind=kind,
            body=_with(papers.get(kind), part, office),
            account_id=by.account_id,
        )
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.PASS_ADDED,
        by=by,
        brought=Brought(met=(Need.SHOWN_TEXT,)),
    )


def note_added(session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person) -> None:
    """Say that what was added has been read, and goes no further."""
    perform(session, office=office, keys=keys, case=case, action=Action.NOTE_ADDED, by=by)


def _parts(text: str, put: str, *, own: list[str], case: Case) -> dict[PaperKind, str]:
    """What becomes part of which text. Raises as ``pass_added`` does."""
    if not text.strip():
        raise Incomplete(Need.SHOWN_TEXT)
    if needs_paraphrase(case) and any(repeats(each, text) for each in own):
        raise ParaphraseNeeded
    if not put.strip():
        return {PaperKind.SHOWN: text}
    for each in own:
        check_put(put, {"what": each})
    return {PaperKind.SHOWN: text, PaperKind.PUT: put}


def _with(paper: Body | None, text: str, office: Office) -> Body:
    """A paper with one more text behind it."""
    before = paper or {"text": ""}
    released = {"on": office.today.isoformat(), "text": office.for_readers(text.strip()).text}
    return before | {"added": [*before.get("added", []), released]}


def _own_words(session: Session, office: Office, case: Case) -> list[str]:
    """What the writers still in the case have added, as written."""
    return [
        text
        for submission in submissions_of(session, case_id=case.id)
        for text in open_added(session, office=office, submission=submission)
    ]
