"""Carrying out what was decided on a group, a batch at a time, so that nobody waits for it.

Each copy is opened to the person who decided exactly as a single case would be: what they may
not see or do is passed over, and stays where it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation import seeking
from moderation.access import NotVisible, Person, find_case, identify
from moderation.merging import GoesAnotherWay, HidesFromHandler, OtherPerson, merge_copy
from moderation.noting import note
from moderation.office import Office
from moderation.own_words import open_words
from moderation.papers import CaseKeys, open_keys, submissions_of
from moderation.quarantining.deciding import (
    DECLINE,
    MERGE,
    RELEASE,
    Decline,
    copies_of,
    read_proposal,
    settle,
)
from moderation.resembling import place
from moderation.workflow import Action, Need, NotAvailable, perform
from moderation.workflow.filing import file_case
from moderation.workflow.performing import Brought, outdate
from portal.models import Account, Case, CopyGroup, HeldCopy
from portal.models.case import Room
from portal.models.journal import Actor
from portal.vault import CannotOpen

#: Copies in one transaction: a writer waits no longer for it than for any other.
BATCH = 20


@dataclass(frozen=True, repr=False)
class _Task:
    """What is carried out, for whom."""

    office: Office
    by: Person
    proposer: Person | None
    decline: Decline | None


def task_groups(session: Session, *, limit: int = 10) -> list[int]:
    """The groups on which something waits to be carried out."""
    return list(
        session.scalars(
            select(CopyGroup.id)
            .where(CopyGroup.task.is_not(None))
            .order_by(CopyGroup.id)
            .limit(limit)
        )
    )


def work_off(session: Session, *, office: Office, group_id: int) -> None:
    """Carry out the next batch of a group; after the last one nothing waits any more."""
    group = session.get_one(CopyGroup, group_id)
    if group.task is None or group.tasked_by is None:
        return
    task = _Task(
        office=office,
        by=_person(session, office, group.tasked_by),
        proposer=_person(session, office, group.proposer_id) if group.proposer_id else None,
        decline=read_proposal(session, office=office, group=group),
    )
    batch = list(
        session.scalars(
            copies_of(group, task.by)
            .where(Case.id > (group.reached_id or 0), Case.id <= (group.through_id or 0))
            .join(Case)
            .order_by(Case.id)
            .limit(BATCH)
        )
    )
    for case_id in batch:
        _try(session, task, group.task, case_id)
        group.reached_id = case_id
    if len(batch) < BATCH:
        settle(group)


def _person(session: Session, office: Office, account_id: int) -> Person:
    """Somebody as they are today: whoever lost a role in the meantime decides nothing."""
    account = session.get_one(Account, account_id)
    return identify(session, search=office.ring.search, account=account, today=office.today)


def _try(session: Session, task: _Task, name: str, case_id: int) -> None:
    """Carry it out on one copy, or leave that copy wholly as it was."""
    case = session.get_one(Case, case_id)
    try:
        with session.begin_nested():
            keys = open_keys(session, office=task.office, case_id=case_id)
            _TASKS[name](session, task, case, keys)
    except (NotAvailable, NotVisible, CannotOpen, OtherPerson, GoesAnotherWay, HidesFromHandler):
        return


def _release(session: Session, task: _Task, case: Case, keys: CaseKeys) -> None:
    """Put a copy on the desk."""
    case.held = False
    seeking.seek_on(session, case=case, at=task.office.at)
    letter = submissions_of(session, case_id=case.id)[0]
    words = open_words(session, office=task.office, submission=letter)
    place(session, office=task.office, case=case, submission=letter, words=words, possible=())
    outdate(case)
    note(
        session,
        keys=keys,
        case=case,
        action="let_through",
        actor=Actor.MODERATOR,
        at=task.office.at,
        account_id=task.by.account_id,
    )
    file_case(session, case=case)


def _decline(session: Session, task: _Task, case: Case, keys: CaseKeys) -> None:
    """Decline a copy by the steps of any other case: taken, proposed, confirmed by another."""
    if task.proposer is None or task.decline is None:
        raise NotAvailable(Action.DECLINE)
    body = task.decline
    steps = (
        (Action.CLAIM, task.proposer, Brought(told=False)),
        (
            Action.PROPOSE,
            task.proposer,
            Brought(met=(Need.PROPOSAL,), facts={"proposal": Action.DECLINE.value}, told=False),
        ),
        (
            Action.DECLINE,
            task.by,
            Brought(
                public_note=body.note,
                facts={"reason": body.reason.value},
                met=(Need.DECLINE_REASON,),
                told=False,
            ),
        ),
    )
    for action, person, brought in steps:
        perform(
            session,
            office=task.office,
            keys=keys,
            case=case,
            action=action,
            by=person,
            brought=brought,
        )
        if action is Action.PROPOSE:
            case.proposal = Action.DECLINE.value


def _merge(session: Session, task: _Task, case: Case, _keys: CaseKeys) -> None:
    """Let a copy go on where the first of its group is now."""
    number = session.scalars(
        select(func.coalesce(Case.merged_into_id, Case.id))
        .join(CopyGroup, CopyGroup.first_id == Case.id)
        .join(HeldCopy, HeldCopy.group_id == CopyGroup.id)
        .where(HeldCopy.case_id == case.id)
    ).one()
    first = find_case(session, person=task.by, case_id=number, room=Room.DESK)
    keys = open_keys(session, office=task.office, case_id=first.id)
    merge_copy(session, office=task.office, keys=keys, case=first, by=task.by, other=case)


_TASKS: dict[str, Callable[[Session, _Task, Case, CaseKeys], None]] = {
    RELEASE: _release,
    DECLINE: _decline,
    MERGE: _merge,
}
