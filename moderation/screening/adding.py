"""What a resident adds to a case that an organisation has: a moderator reads it and releases it.

Design rule: no word of the writer reaches a committee unread. What is passed on stands beside the
text that was passed on first, with the day of its release.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.office import Office
from moderation.own_words import open_added
from moderation.papers import CaseKeys, file_paper, read_paper, submissions_of
from moderation.screening.passing import ParaphraseNeeded, needs_paraphrase, repeats
from moderation.workflow import Action, Incomplete, Need, perform
from moderation.workflow.performing import Brought
from portal.models import Case
from portal.models.case import PaperKind
from portal.text import for_readers


def pass_added(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, text: str
) -> None:
    """Pass on what was added, in these words, with the numbers of people masked.

    Raises Incomplete without a text, and ParaphraseNeeded where the writer could be guessed and
    the text keeps the writer's own words.
    """
    if not text.strip():
        raise Incomplete(Need.SHOWN_TEXT)
    if needs_paraphrase(case) and any(
        repeats(own, text) for own in _own_words(session, office, case)
    ):
        raise ParaphraseNeeded
    paper = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.SHOWN) or {"text": ""}
    released = {"on": office.today.isoformat(), "text": for_readers(text.strip()).text}
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.SHOWN,
        body=paper | {"added": [*paper.get("added", []), released]},
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


def _own_words(session: Session, office: Office, case: Case) -> list[str]:
    """What the writers still in the case have added, as written."""
    return [
        text
        for submission in submissions_of(session, case_id=case.id)
        for text in open_added(session, office=office, submission=submission)
    ]
