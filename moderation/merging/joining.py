"""Merging a case into another one: its letters go on there, whoever it is hidden from stays out.

Design rules: a letter whose writer fears retaliation, or that may be a denunciation, goes into no
case that was passed on to somebody else than a commission; two cases that are about different
members are two matters; and nobody who has a case may lose it by what one moderator merges.
"""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from moderation import excluding
from moderation.access import Person, find_case, relate
from moderation.merging.moving import move_letters
from moderation.merging.taking import write_into
from moderation.noting import BROUGHT_ALONG
from moderation.office import Office
from moderation.papers import CaseKeys, open_keys
from moderation.workflow import Action, Need, NotAvailable, find_transition, perform
from moderation.workflow.joined_clocks import hasten
from moderation.workflow.performing import Brought
from moderation.workflow.table import OPEN, PASSED_ON
from portal.models import Case, CasePart, Event
from portal.models.case import Room
from portal.models.submission import reference_of
from portal.vocabulary import Deed, Kind, Role, Status

#: What takes other letters in: what is not answered yet, and not being decided on once more.
TAKES_IN = OPEN - {Status.ANSWERED, Status.REVIEW}


class OtherPerson(Exception):
    """Both cases have their member, and it is not the same one: they are two matters."""


class OtherKind(OtherPerson):
    """One names somebody for a cell to consider and the other does not: they are two matters."""


class GoesAnotherWay(Exception):
    """Its writer fears retaliation, or it may be a denunciation: only a commission may have it."""


class HidesFromHandler(Exception):
    """Nobody who has the other case could see it any more: whom this one means comes first."""


def merge(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, other_id: int
) -> None:
    """Let the letters of another case go on in this one.

    Raises NotVisible for a case that this person does not see at the desk, NotAvailable where
    either is not where it could be merged, OtherPerson, OtherKind, GoesAnotherWay and
    HidesFromHandler.
    """
    if case.proposal is not None:
        raise NotAvailable(Action.MERGE)
    other = find_case(session, person=by, case_id=other_id, room=Room.DESK)
    merge_copy(session, office=office, keys=keys, case=case, by=by, other=other)


def merge_copy(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, other: Case
) -> None:
    """The same for a case that was found already, also while a proposal waits on this one: a copy
    says nothing that whoever confirms has not read. Raises what ``merge`` does.
    """
    check_merge(session, office=office, case=case, by=by, other=other)
    marks = excluding.marks_on(session, case=other)
    after_id = _leave(session, office, case, by, other)
    move_letters(session, office=office, keys=keys, case=case, other=other, after_id=after_id)
    excluding.borrow_marks(session, case=case, marks=marks)
    there = excluding.marks_on(session, case=case)
    excluding.lift_desk(session, office=office, case=case, marks=there)
    hasten(session, office=office, case=case, other=other)
    _share_parts(session, case, other)
    _take_in(session, office, keys, case, by, other)


def check_merge(session: Session, *, office: Office, case: Case, by: Person, other: Case) -> None:
    """Raise what ``merge`` would for these two, and change nothing."""
    _check(session, case, by, other)
    _check_handler(session, office, case, excluding.marks_on(session, case=other))


def movable(case: Case) -> bool:
    """Whether a case as it stands may go on in another one: no proposal waits, nobody has it."""
    return find_transition(Action.MERGE, case.status) is not None and case.proposal is None


def may_take_in(case: Case) -> bool:
    """Whether other letters may go on in a case as it stands."""
    return case.status in TAKES_IN and case.keep_until is None and case.proposal is None


def _check(session: Session, case: Case, by: Person, other: Case) -> None:
    """Raise unless these two may become one by this person."""
    fits = case.id != other.id and case.status in TAKES_IN and case.keep_until is None
    if not fits or not relate(session, person=by, case=case).moderates:
        raise NotAvailable(Action.MERGE)
    if (case.kind is Kind.NOMINATION) != (other.kind is Kind.NOMINATION):
        raise OtherKind
    subjects = {case.subject_mark, other.subject_mark} - {None}
    if len(subjects) > 1:
        raise OtherPerson
    narrow = other.fears_retaliation or other.possible_denunciation
    if case.status in PASSED_ON and narrow and not case.restricted:
        raise GoesAnotherWay


def _check_handler(session: Session, office: Office, case: Case, marks: set[bytes]) -> None:
    """Raise when nobody who has this case could see it together with the other."""
    if case.status not in PASSED_ON or case.handler_id is None:
        return
    if not excluding.eligible_accounts(
        session,
        office=office,
        organisation_id=case.handler_id,
        role=Role.COMMITTEE,
        marks=marks | excluding.marks_on(session, case=case),
    ):
        raise HidesFromHandler


def _leave(session: Session, office: Office, case: Case, by: Person, other: Case) -> int:
    """End the course of the other case for now; return the number of that step."""
    number = reference_of(case.id)
    uid = perform(
        session,
        office=office,
        keys=open_keys(session, office=office, case_id=other.id),
        case=other,
        action=Action.MERGE,
        by=by,
        brought=Brought(
            reason=number,
            met=(Need.OTHER_CASE,),
            place=case.handler_id,
        ),
    )
    session.flush()
    # What was merged into the other one goes on here as well.
    session.execute(
        update(Case)
        .where(Case.merged_into_id == other.id)
        .values(merged_into_id=case.id)
        .execution_options(synchronize_session=False)
    )
    other.merged_into_id = case.id
    return session.scalars(select(Event.id).where(Event.uid == uid)).one()


def _share_parts(session: Session, case: Case, other: Case) -> None:
    """Whoever had a part in the other case has it in this one: different people do them."""
    rows = session.execute(
        select(CasePart.case_id, CasePart.account_id, CasePart.part).where(
            CasePart.case_id.in_((case.id, other.id))
        )
    ).all()
    there = {(row.account_id, row.part) for row in rows if row.case_id == case.id}
    for account_id, part in {(row.account_id, row.part) for row in rows} - there:
        session.add(CasePart(case_id=case.id, account_id=account_id, part=part))


def _take_in(
    session: Session, office: Office, keys: CaseKeys, case: Case, by: Person, other: Case
) -> None:
    """Write down that letters came; a committee reads of them what a moderator passes on."""
    if case.status in PASSED_ON:
        case.supplied_at = office.at
    brought = other.possible_denunciation and not case.possible_denunciation
    case.possible_denunciation |= other.possible_denunciation
    write_into(
        session,
        office=office,
        keys=keys,
        case=case,
        by=by,
        other=other,
        action="take_in",
        deed=Deed.MERGED,
        facts={BROUGHT_ALONG: "1"} if brought else {},
    )
