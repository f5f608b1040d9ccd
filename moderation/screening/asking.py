"""Asking a writer for more, while a case is screened."""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.discretion import check_discreet
from moderation.office import Office
from moderation.papers import CaseKeys, submissions_of
from moderation.workflow import Action, NotAvailable, perform
from moderation.workflow.performing import Brought
from portal.models import Case


def ask(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    question: str,
    letter_id: int | None = None,
) -> None:
    """Ask the resident; the clock pauses until the answer, at most ten working days.

    Where several have written one of them is asked, ``letter_id`` or else whose words the page
    shows: a question may tell what only that writer has told. Raises NotAvailable for a letter
    that is not in the case.
    """
    asked = addressee(session, case=case, letter_id=letter_id)
    check_discreet(session, office=office, keys=keys, case=case, text=question)
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.ASK,
        by=by,
        brought=Brought(public_note=office.for_readers(question).text, submission_id=asked),
    )


def addressee(session: Session, *, case: Case, letter_id: int | None) -> int | None:
    """The letter whose writer reads a text: the one named, or else whose words the page shows;
    nothing where there is only one. Raises NotAvailable for a letter that is not in the case.
    """
    letters = {letter.id: letter for letter in submissions_of(session, case_id=case.id)}
    if len(letters) < 2:
        return None
    if letter_id is None:
        return min(letters, key=lambda each: (letters[each].moved_at is not None, each))
    if letter_id not in letters:
        raise NotAvailable(Action.ASK)
    return letter_id
