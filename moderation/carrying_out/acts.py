"""Carrying out what residents did with their code."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import seeking
from moderation.carrying_out.judging import have_rated
from moderation.claiming import claim_act, claim_case
from moderation.identity.destroying import destroy
from moderation.merging import retell
from moderation.noting import note, note_arrival
from moderation.office import Office
from moderation.papers import CaseKeys, open_keys, open_submission_key, submissions_of
from moderation.retention.marking import WITHDRAWN, mark_letters
from moderation.reviewing import contest
from moderation.screening import retitle
from moderation.searching.following import follow
from moderation.workflow import Action, NotAvailable, Who, clocks, find_transition, perform
from moderation.workflow.performing import Brought
from moderation.workflow.table import SEEKING
from portal.models import Case, Event, ResidentAct, Submission
from portal.models.journal import Actor
from portal.tracking import ALLOWED, UNPROVEN, open_act
from portal.vault import CannotOpen
from portal.vocabulary import ActKind, Status, SubmissionState

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Matter:
    """What an act concerns."""

    office: Office
    case: Case
    submission: Submission


@dataclass(frozen=True)
class Todo(Matter):
    """One act with what it concerns."""

    act: ResidentAct


def waiting_acts(session: Session, *, limit: int = 50) -> list[int]:
    """The acts that wait, oldest first."""
    return list(
        session.scalars(
            select(ResidentAct.id)
            .where(ResidentAct.done_at.is_(None))
            .order_by(ResidentAct.id)
            .limit(limit)
        )
    )


def carry_out(session: Session, *, office: Office, act_id: int) -> None:
    """Carry out one act of a resident. An act that no longer fits is marked, never lost."""
    act = claim_act(session, act_id=act_id)
    if act is None or act.done_at is not None:
        return
    submission = session.get_one(Submission, act.submission_id)
    case = claim_case(session, case_id=submission.case_id)
    if case is None or case.prepared_at is None:
        return
    if not _was_done_with_the_code(session, office, act):
        log.error("act %s was not done with the code of its letter", act.id)
        act.refused = UNPROVEN
    else:
        try:
            _ACTS[act.kind](session, Todo(office, case, submission, act))
        except NotAvailable:
            act.refused = "too_late"
    act.done_at = office.at


def _was_done_with_the_code(session: Session, office: Office, act: ResidentAct) -> bool:
    """Whether the holder of the code did this. Raises CannotOpen when nobody can tell any more."""
    key = open_submission_key(session, office=office, submission_id=act.submission_id)
    try:
        open_act(key, act)
    except CannotOpen:
        return False
    return True


def _supply(session: Session, todo: Todo) -> None:
    """New words from the resident: an asked case goes on, others just have more to read.

    Either way a moderator must read them, and the course says that they came.
    """
    asked = todo.case.status is Status.NEED_INFO and _was_asked(session, todo)
    if asked and not todo.submission.state:
        _perform(session, todo, Action.RESUME, todo.submission.id)
    elif todo.case.status not in ALLOWED[ActKind.SUPPLY] or todo.submission.state:
        raise NotAvailable(Action.RESUME)
    else:
        _note_arrival(session, todo, "supply")
    todo.case.supplied_at = todo.office.at
    if todo.case.status in SEEKING:
        seeking.seek_on(session, case=todo.case, at=todo.office.at)


def _was_asked(session: Session, todo: Todo) -> bool:
    """Whether the newest question went to this writer: another one of the case just adds words."""
    newest = session.execute(
        select(Event.submission_id)
        .where(Event.case_id == todo.case.id, Event.action == Action.ASK.value)
        .order_by(Event.id.desc())
        .limit(1)
    ).first()
    return newest is None or newest.submission_id in {None, todo.submission.id}


def _attach(session: Session, todo: Todo) -> None:
    """A file from the resident. It lies there already; whoever has looked at the case is told."""
    if todo.case.status not in ALLOWED[ActKind.ATTACH] or todo.submission.state:
        raise NotAvailable(Action.NOTE_ADDED)
    _note_arrival(session, todo, "attach")
    if todo.case.status is not Status.RECEIVED:
        todo.case.supplied_at = todo.office.at


def _note_arrival(session: Session, todo: Todo, action: str) -> None:
    """Write into the course that something came, and tell the desk."""
    case, number = todo.case, todo.submission.id
    note_arrival(session, office=todo.office, case=case, action=action, submission_id=number)
    follow(session, office=todo.office, keys=_keys(session, todo), case=case)


def _rate(session: Session, todo: Todo) -> None:
    """The resident's judgement, which also closes the case, once all who wrote have judged."""
    rated = have_rated(session, case=todo.case)
    if todo.case.status is not Status.ANSWERED or todo.submission.id in rated:
        raise NotAvailable(Action.CLOSE)
    todo.submission.rating = todo.act.rating
    everybody = {letter.id for letter in submissions_of(session, case_id=todo.case.id)}
    if everybody <= rated | {todo.submission.id}:
        _perform(session, todo, Action.CLOSE)
        return
    _note(session, todo, "rate")


def withdraw(session: Session, todo: Matter) -> None:
    """The resident takes the submission back. Raises NotAvailable.

    Who wrote is destroyed at once. A case with nobody left is withdrawn, unless an organisation
    has it already: then moderators have two working days to keep it with a reason (design rule),
    and nobody works on it.
    """
    case = todo.case
    if case.status not in ALLOWED[ActKind.WITHDRAW] or todo.submission.state:
        raise NotAvailable(Action.WITHDRAW)
    todo.submission.state = SubmissionState.WITHDRAWN
    search, number = todo.office.ring.search, todo.submission.id
    mark_letters(session, search=search, thing=WITHDRAWN, numbers=[number])
    destroy(session, office=todo.office, submission_id=todo.submission.id)
    if submissions_of(session, case_id=case.id):
        keys = _keys(session, todo)
        retell(session, office=todo.office, keys=keys, case=case)
        _note(session, todo, "step_out", shown=True)
        follow(session, office=todo.office, keys=keys, case=case)
        return
    if find_transition(Action.LEAVE, case.status) is None:
        _perform(session, todo, Action.WITHDRAW, todo.submission.id)
        return
    _perform(session, todo, Action.LEAVE, todo.submission.id)
    case.keep_until = clocks.due_of(session, case=case, stage="keep")
    retitle(session, office=todo.office, case=case)


def _contest(session: Session, todo: Todo) -> None:
    """The resident does not agree: the level above decides."""
    keys, number = _keys(session, todo), todo.submission.id
    contest(session, office=todo.office, keys=keys, case=todo.case, submission_id=number)


def _note(session: Session, todo: Matter, action: str, *, shown: bool = False) -> None:
    """Write down what one of several writers did; the others do not read it."""
    note(
        session,
        keys=_keys(session, todo),
        case=todo.case,
        action=action,
        actor=Actor.RESIDENT,
        at=todo.office.at,
        submission_id=todo.submission.id,
        shown=shown,
    )


def _keys(session: Session, todo: Matter) -> CaseKeys:
    return open_keys(session, office=todo.office, case_id=todo.case.id)


def _perform(session: Session, todo: Matter, action: Action, number: int | None = None) -> None:
    """Perform an action in the resident's name."""
    perform(
        session,
        office=todo.office,
        keys=_keys(session, todo),
        case=todo.case,
        action=action,
        by=Who.RESIDENT,
        brought=Brought(submission_id=number),
    )


_ACTS = {
    ActKind.SAVED: lambda _session, _todo: None,
    ActKind.SUPPLY: _supply,
    ActKind.ATTACH: _attach,
    ActKind.RATE: _rate,
    ActKind.CONTEST: _contest,
    ActKind.WITHDRAW: withdraw,
}
