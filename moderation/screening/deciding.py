"""Deciding on a case in screening: verify, decline, confirm, object.

Screening says "eligible to be passed on", never "true". Two people are needed; one is enough for
praise that its writer called praise, and for a nomination.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from sqlalchemy.orm import Session

from moderation import excluding
from moderation.access import Person
from moderation.discretion import check_discreet
from moderation.office import Office
from moderation.papers import CaseKeys, file_paper, read_paper
from moderation.screening.classifying import marks_that_stay
from moderation.screening.passing import foresee_route
from moderation.screening.seconding import seat_second
from moderation.workflow import Action, Incomplete, Need, NotAvailable, perform
from moderation.workflow.availability import is_classified, knows_subject, needs_one_person
from moderation.workflow.performing import Brought
from portal.models import Case
from portal.models.case import PaperKind
from portal.vocabulary import DeclineReason


@dataclass(frozen=True)
class Checklist:
    """What "eligible to be passed on" means. Every answer but the last must be yes.

    ``guessable``: a reader could guess who wrote; then the case waits for a paraphrase.
    """

    readable: bool
    in_scope: bool
    masked: bool
    not_duplicate: bool
    right_member: bool
    guessable: bool = False

    @property
    def complete(self) -> bool:
        """Whether everything that must be so is so."""
        return all(getattr(self, field.name) for field in fields(self) if field.name != "guessable")


def verify(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    checklist: Checklist,
) -> None:
    """Say that it may be passed on: at once if its writer called it praise, else proposed.

    Raises Incomplete when the checklist is not, when a member must be matched and is not, or when
    the case is not classified: nothing could be classified once it waits for the second person.
    """
    if not checklist.complete:
        raise Incomplete(Need.CHECKLIST)
    if not is_classified(case):
        raise Incomplete(Need.CLASSIFICATION)
    if not knows_subject(case):
        raise Incomplete(Need.SUBJECT)
    case.guessable = checklist.guessable
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.CHECKLIST,
        body=asdict(checklist),
        account_id=by.account_id,
    )
    if needs_one_person(case):
        _settle(session, office, keys, case, by)
        return
    _propose(session, office, keys, case, by, Action.VERIFY, {})
    foresee_route(session, office=office, keys=keys, case=case, by=by)


def decline(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    reason: DeclineReason,
    note: str,
) -> None:
    """Say why it is not taken. What its writer called praise is declined at once, else proposed."""
    if not note.strip():
        raise Incomplete(Need.PUBLIC_NOTE)
    check_discreet(session, office=office, keys=keys, case=case, text=note)
    body = {"reason": reason.value, "note": note}
    if needs_one_person(case):
        _decline(session, office, keys, case, by, body)
        return
    _propose(session, office, keys, case, by, Action.DECLINE, body)


def confirm(session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person) -> None:
    """Carry out what another person proposed. Raises NotAvailable for one's own proposal."""
    paper = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.PROPOSAL)
    if case.proposal is None or paper is None:
        raise NotAvailable(Action.VERIFY)
    if case.proposal == Action.DECLINE:
        _decline(session, office, keys, case, by, paper)
    else:
        _settle(session, office, keys, case, by)


def object_to(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, reason: str
) -> None:
    """Send a proposal back to the one who made it, with a reason."""
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.OBJECT,
        by=by,
        brought=Brought(reason=reason),
    )


def _settle(session: Session, office: Office, keys: CaseKeys, case: Case, by: Person) -> None:
    """Make the case eligible and leave only the exclusions on it that its subject needs."""
    marks = marks_that_stay(session, office=office, keys=keys, case=case)
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.VERIFY,
        by=by,
        brought=Brought(met=(Need.CHECKLIST,)),
    )
    if marks is not None:
        excluding.write_marks(session, case=case, marks=marks)
    foresee_route(session, office=office, keys=keys, case=case, by=by)


def _decline(
    session: Session, office: Office, keys: CaseKeys, case: Case, by: Person, body: dict[str, str]
) -> None:
    """Carry out a decline, with the reason as a code and the note as the resident reads it."""
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.DECLINE,
        by=by,
        brought=Brought(
            public_note=body["note"],
            facts={"reason": body["reason"]},
            met=(Need.DECLINE_REASON,),
        ),
    )


def _propose(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    action: Action,
    body: dict[str, str],
) -> None:
    """Write down a proposal for a second person, and see to it that there is one."""
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.PROPOSE,
        by=by,
        brought=Brought(met=(Need.PROPOSAL,), facts={"proposal": action.value}),
    )
    case.proposal = action.value
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.PROPOSAL,
        body=body,
        account_id=by.account_id,
    )
    seat_second(session, office=office, case=case)
