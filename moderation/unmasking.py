"""Showing what was masked, to one reader, once, with a reason that stays with the case.

A moderator sometimes needs a number that a resident wrote, to call an office or to tell two
letters apart. Nothing is kept unmasked: the next page is masked again.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation import journal
from moderation.access import Person, relate
from moderation.noting import note
from moderation.office import Office
from moderation.own_words import open_words
from moderation.papers import CaseKeys, read_paper, submissions_of
from moderation.searching.following import follow
from moderation.workflow import Incomplete, Need
from portal.models import Case
from portal.models.case import PaperKind
from portal.models.journal import Actor
from portal.vocabulary import Deed
from portal.words import Words


class NothingMasked(Exception):
    """There is nothing to show: it is not this person's to see, or the words are gone."""


def hides_something(session: Session, *, keys: CaseKeys, case: Case, by: Person) -> bool:
    """Whether something was masked for this person, in words that may still be read."""
    if not relate(session, person=by, case=case).moderates:
        return False
    reading = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.READING)
    masked = reading is not None and int(reading["masked"]) > 0
    return masked and bool(submissions_of(session, case_id=case.id))


def unmask(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, reason: str
) -> tuple[Words, ...]:
    """The words of a case as written, once, written down with the reason before they are shown.

    Raises NothingMasked for whoever does not moderate it and where nothing is hidden, Incomplete
    without a reason.
    """
    if not hides_something(session, keys=keys, case=case, by=by):
        raise NothingMasked
    if not reason.strip():
        raise Incomplete(Need.REASON)
    words = tuple(
        open_words(session, office=office, submission=each)
        for each in submissions_of(session, case_id=case.id)
    )
    note(
        session,
        keys=keys,
        case=case,
        action="unmask",
        actor=Actor.MODERATOR,
        at=office.at,
        account_id=by.account_id,
        internal_note=reason.strip(),
    )
    follow(session, office=office, keys=keys, case=case)
    journal.write_at_desk(
        session, office=office, case=case, account_id=by.account_id, deed=Deed.UNMASKED
    )
    return words
