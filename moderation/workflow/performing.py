"""Carrying out a transition. This is the only place that assigns a status.

The order inside is always: check, change, record the event, file, queue the notice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from moderation.access import Person, Relation, relate
from moderation.clearing import leave_member
from moderation.identity.destroying import forget_addresses
from moderation.making_public.inviting import follow_status
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.searching.following import follow
from moderation.workflow import clocks
from moderation.workflow.actions import Action, Need, Who
from moderation.workflow.availability import is_classified, knows_subject, may_run_out, permits
from moderation.workflow.filing import file_case
from moderation.workflow.parts import take_part
from moderation.workflow.reaching import note_reached
from moderation.workflow.table import FINISHED, Transition, find_transition
from moderation.workflow.waiting import settle
from moderation.writing_down import write_down
from portal.ledger import Step
from portal.models import Case, Notice
from portal.models.journal import Actor
from portal.vocabulary import Status

#: How long a moderator holds a case without working on it (design rule).
LEASE = timedelta(hours=2)

#: After these nobody holds the case any more.
_LETS_GO = frozenset(
    {
        Action.RELEASE,
        Action.ASK,
        Action.DECLINE,
        Action.REFER,
        Action.VERIFY,
        Action.ROUTE,
        Action.WITHDRAW,
        Action.RETURN,
        Action.RESUME,
        Action.SEND_BACK,
        Action.MERGE,
    }
)

#: A moderator does these without taking the case.
_HOLDS_NOTHING = frozenset(
    {
        *(Action.OBJECT, Action.PUBLISH, Action.KEEP),
        *(Action.PASS_ADDED, Action.REVISE, Action.NOTE_ADDED, Action.RECORD_REPLY),
        Action.UNMERGE,
    }
)


class NotAvailable(Exception):
    """The action does not fit where the case stands, or this person may not do it."""


class Conflict(Exception):
    """Somebody changed the case in the meantime."""


class Incomplete(Exception):
    """Something that the action needs was not brought; ``need`` says what."""

    def __init__(self, need: Need) -> None:
        """Keep what is missing."""
        super().__init__(need)
        self.need = need


@dataclass(frozen=True)
class Brought:
    """What comes with an action: notes, facts that may be read, and needs already met."""

    public_note: str = ""
    reason: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    met: Collection[Need] = ()
    until: datetime | None = None
    submission_id: int | None = None
    #: Whose step it is, where not of the organisation that has the case.
    place: int | None = None
    #: A step that the resident need not read, although the row would show it.
    quiet: bool = False
    #: One of many alike: nobody is sent a notice for each.
    told: bool = True


def check_version(case: Case, version: int) -> None:
    """Raise Conflict when the page that somebody worked on is no longer true."""
    if case.version != version:
        raise Conflict


def outdate(case: Case) -> None:
    """Raise the version of a case even when no column of it changes: a step that only adds rows
    must also make every open page late, or a second press of its button would write it down twice.
    """
    flag_modified(case, "status")


def perform(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    action: Action,
    by: Person | Who,
    brought: Brought | None = None,
) -> bytes:
    """Carry out one action and return the uid of its event.

    Raises NotAvailable when it does not fit or is not allowed, Incomplete when a need is
    not met. Nothing is committed here.
    """
    brought = brought or Brought()
    row = find_transition(action, case.status)
    if row is None:
        raise NotAvailable(action)
    relation = relate(session, person=by, case=case) if isinstance(by, Person) else None
    _check(row, case, by, relation, brought)
    before = case.status
    _change(session, office, case, row, by)
    clocks.turn(session, office=office, case=case, row=row, until=brought.until)
    uid = _record(session, office, keys, case, row, by, relation, brought, before)
    if row.target is Status.CLOSED:
        leave_member(session, keys=keys, case=case)
    follow_status(session, office=office, keys=keys, case=case, status=row.target)
    if row.target in FINISHED:
        forget_addresses(session, search=office.ring.search, case_id=case.id)
    file_case(session, case=case)
    follow(session, office=office, keys=keys, case=case)
    if brought.told:
        _tell(session, office, case, row)
    return uid


def _check(
    row: Transition, case: Case, by: Person | Who, relation: Relation | None, brought: Brought
) -> None:
    """Raise unless this side may do it and everything needed is there."""
    allowed = permits(row, case, relation) if relation is not None else by in row.who
    if not allowed or (by is Who.CLOCK and not may_run_out(row, case)):
        raise NotAvailable(row.action)
    met = set(brought.met)
    if brought.reason.strip():
        met.add(Need.REASON)
    if brought.public_note.strip():
        met.add(Need.PUBLIC_NOTE)
    if knows_subject(case):
        met.add(Need.SUBJECT)
    if is_classified(case):
        met.add(Need.CLASSIFICATION)
    if case.handler_id is not None:
        met.add(Need.ORGANISATION)
    for need in sorted(row.needs):
        if need not in met:
            raise Incomplete(need)


def _change(
    session: Session, office: Office, case: Case, row: Transition, by: Person | Who
) -> None:
    """Assign the status and what follows from it."""
    outdate(case)
    if row.target is not None:
        case.status = row.target
        note_reached(case, at=office.at)
    if isinstance(by, Person):
        take_part(session, case=case, action=row.action, account_id=by.account_id)
        if Who.MODERATOR in row.who and row.action not in _HOLDS_NOTHING:
            case.claimant_id, case.lease_until = by.account_id, office.at + LEASE
    if row.action in _LETS_GO:
        case.claimant_id = case.lease_until = None
    if row.action in {Action.OBJECT, Action.VERIFY, Action.DECLINE, Action.WITHDRAW}:
        case.proposal = case.proposer_id = case.decider_id = None
    settle(session, case, row, by_person=isinstance(by, Person), at=office.at)
    if row.action is Action.EXTEND:
        case.extended = True
    if row.target is Status.MERGED:
        case.held = False
    elif row.target in FINISHED:
        case.finished_at, case.held = office.at, False
    elif row.target is Status.REVIEW:
        case.finished_at = None


def _record(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    row: Transition,
    by: Person | Who,
    relation: Relation | None,
    brought: Brought,
    before: Status,
) -> bytes:
    """Write the event, sealed and bound."""
    step = Step(
        case_id=case.id,
        submission_id=brought.submission_id,
        action=row.action.value,
        from_status=before,
        to_status=case.status,
        actor=_actor(row, by, relation),
        account_id=by.account_id if isinstance(by, Person) else None,
        organisation_id=brought.place or case.handler_id,
        at=office.at,
        shown=row.shown and not brought.quiet,
        facts=brought.facts,
        public_note=brought.public_note.strip(),
        internal_note=brought.reason.strip(),
    )
    return write_down(session, keys=keys, step=step)


def _actor(row: Transition, by: Person | Who, relation: Relation | None) -> Actor:
    """Which side the event is written down to."""
    if relation is not None and Who.REVIEWER in row.who:
        return Actor.COMMITTEE if relation.reviews else Actor.MODERATOR
    if relation is not None:
        inside = relation.handles or relation.judges or relation.oversees
        return Actor.COMMITTEE if inside and not relation.moderates else Actor.MODERATOR
    return Actor.RESIDENT if by is Who.RESIDENT else Actor.CLOCK


def _tell(session: Session, office: Office, case: Case, row: Transition) -> None:
    """Queue the notice in the same commit; sending is the outbox's business."""
    places = {"desk": case.desk_id, "handler": case.handler_id, "decider": case.decider_id}
    organisation_id = places.get(row.tells)
    if organisation_id is not None:
        kind, case_id = row.action.value, case.id
        session.add(
            Notice(kind=kind, case_id=case_id, organisation_id=organisation_id, at=office.at)
        )
