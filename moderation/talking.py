"""Talking about a case: to its writer until it is decided, among the staff of one room, and handing
it to a colleague. Nothing here changes its status.

A writer is written to by moderators alone: a question of a committee could be a way to find out who
wrote. What staff note for themselves is read in the room where it was written and in no other.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import journal
from moderation.access import Person, Relation, identify, relate
from moderation.discretion import check_discreet
from moderation.excluding import eligible_accounts
from moderation.noting import COMMITTEE_REMARK, DESK_REMARK, HAND_OVER, note
from moderation.office import Office
from moderation.papers import CaseKeys, submissions_of
from moderation.screening.asking import addressee
from moderation.screening.looking_up import marks_on
from moderation.searching.following import follow
from moderation.workflow import Action, Incomplete, Need, NotAvailable
from moderation.workflow.performing import LEASE, outdate
from portal.ledger import open_note
from portal.models import Account, Case, Event
from portal.models.case import Part, Room
from portal.models.journal import Actor
from portal.tracking import ALLOWED
from portal.vocabulary import ActKind, Deed, Role, Status

#: While the writer can answer, and somebody has begun to read.
TALKING = ALLOWED[ActKind.SUPPLY] - {Status.RECEIVED}
#: Who had these parts takes no other one on the desk.
_APART = frozenset({Part.HANDLER, Part.CUSTODIAN, Part.REVIEWER})


class NotAColleague(Exception):
    """The case cannot be handed to this person: somebody else, or nobody of this desk."""


def may_write(case: Case, relation: Relation) -> bool:
    """Whether this person may write to the writer now: a moderator in whose way nobody stands."""
    return (
        relation.moderates
        and case.status in TALKING
        and case.keep_until is None
        and not relation.parts & (_APART - {Part.REVIEWER})
        and not relation.leased_by_other
    )


def write_to_writer(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    text: str,
    letter_id: int | None = None,
) -> None:
    """Write to whoever wrote, to one of them where several did; they read it with their code, and
    may answer.

    No clock stops. Raises NotAvailable, also where nobody who wrote is left; Incomplete without a
    text; and what ``check_discreet`` raises for a name.
    """
    relation = relate(session, person=by, case=case)
    if not may_write(case, relation) or not submissions_of(session, case_id=case.id):
        raise NotAvailable(Action.ASK)
    if not text.strip():
        raise Incomplete(Need.PUBLIC_NOTE)
    check_discreet(session, office=office, keys=keys, case=case, text=text)
    outdate(case)
    note(
        session,
        keys=keys,
        case=case,
        action="message",
        actor=Actor.MODERATOR,
        at=office.at,
        account_id=by.account_id,
        submission_id=addressee(session, case=case, letter_id=letter_id),
        shown=True,
        public_note=office.for_readers(text.strip()).text,
    )
    follow(session, office=office, keys=keys, case=case)
    _journal(session, office, case, by, Deed.WROTE)


def may_remark(relation: Relation, room: Room) -> bool:
    """Whether this person works in this room on the case, and may leave a note there."""
    if Part.CUSTODIAN in relation.parts:
        return False
    return relation.moderates if room is Room.DESK else relation.handles


def remark(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    room: Room,
    text: str,
) -> None:
    """Leave a note for those who work in this room. The same note twice is one.

    Raises NotAvailable for whoever does not work there, Incomplete without a text.
    """
    if not may_remark(relate(session, person=by, case=case), room):
        raise NotAvailable(Action.CLAIM)
    if not text.strip():
        raise Incomplete(Need.REASON)
    action = DESK_REMARK if room is Room.DESK else COMMITTEE_REMARK
    if _said_just_now(session, keys, case, by, action, text.strip()):
        return
    note(
        session,
        keys=keys,
        case=case,
        action=action,
        actor=Actor.MODERATOR if room is Room.DESK else Actor.COMMITTEE,
        at=office.at,
        account_id=by.account_id,
        organisation_id=case.handler_id if room is Room.COMMITTEE else None,
        internal_note=text.strip(),
    )
    follow(session, office=office, keys=keys, case=case)
    _journal(session, office, case, by, Deed.REMARKED, room=room)


def colleagues(session: Session, *, office: Office, case: Case, by: Person) -> list[Account]:
    """The moderators of the desk who could go on with the case, less whoever asks, by name."""
    if case.desk_id is None:
        return []
    found = eligible_accounts(
        session,
        office=office,
        organisation_id=case.desk_id,
        role=Role.MODERATOR,
        marks=marks_on(session, case),
    )
    able = [each for each in found if each.id != by.account_id]
    return sorted(
        (each for each in able if _may_go_on(session, office, case, each)), key=lambda a: a.placed
    )


def hand_over(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    to_id: int,
    text: str = "",
) -> None:
    """Hand a case that one holds to a colleague, who holds it from now on for as long as anybody.

    Raises NotAvailable for whoever does not hold it or while a proposal waits, NotAColleague for
    somebody who is excluded, does not screen there, or had another part in it.
    """
    if not may_hand_over(case, relate(session, person=by, case=case)):
        raise NotAvailable(Action.RELEASE)
    able = colleagues(session, office=office, case=case, by=by)
    if all(to_id != each.id for each in able):
        raise NotAColleague
    outdate(case)
    case.claimant_id, case.lease_until = to_id, office.at + LEASE
    note(
        session,
        keys=keys,
        case=case,
        action=HAND_OVER,
        actor=Actor.MODERATOR,
        at=office.at,
        account_id=by.account_id,
        facts={"to": str(to_id)},
        internal_note=text.strip(),
    )
    follow(session, office=office, keys=keys, case=case)
    _journal(session, office, case, by, Deed.HANDED_OVER, subject_id=to_id)


def may_hand_over(case: Case, relation: Relation) -> bool:
    """Whether this person holds the case and may give it away."""
    return relation.moderates and relation.holds_lease and case.proposal is None


def _may_go_on(session: Session, office: Office, case: Case, account: Account) -> bool:
    """Whether somebody has no other part in the case, as they are today."""
    search = office.ring.search
    person = identify(session, search=search, account=account, today=office.today)
    relation = relate(session, person=person, case=case)
    return relation.moderates and not relation.parts & _APART


def _said_just_now(
    session: Session, keys: CaseKeys, case: Case, by: Person, action: str, text: str
) -> bool:
    """Whether the newest note of this kind is the very same: a button was pressed twice."""
    last = session.execute(
        select(Event.uid, Event.account_id, Event.internal_note)
        .where(Event.case_id == case.id, Event.action == action)
        .order_by(Event.id.desc())
        .limit(1)
    ).first()
    if last is None or last.account_id != by.account_id:
        return False
    return open_note(keys.internal, last.uid, "internal_note", last.internal_note) == text


def _journal(
    session: Session,
    office: Office,
    case: Case,
    by: Person,
    deed: Deed,
    *,
    room: Room = Room.DESK,
    subject_id: int | None = None,
) -> None:
    """Write the deed down where it was done."""
    journal.write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=deed,
        account_id=by.account_id,
        case=case,
        organisation_id=case.desk_id if room is Room.DESK else case.handler_id,
        subject_id=subject_id,
    )
