"""The course of a case as steps: who did what and when, with the notes for this reader."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from moderation.noting import (
    FOR_COMMITTEES,
    HAND_OVER,
    HIDDEN_FROM_COMMITTEES,
    HIDDEN_FROM_DESKS,
)
from moderation.papers import CaseKeys, tell_shut
from portal.answer import Answer
from portal.ledger import open_note
from portal.models import Account, Event, FollowUp, Organisation
from portal.models.journal import Actor
from portal.vault import CannotOpen
from portal.vocabulary import ActionKind, Finding


@dataclass(frozen=True)
class Step:
    """One step. ``who`` is empty for residents, the clock, and readers who get no names.

    ``shut`` says that a note of it does not open any more.
    """

    action: str
    at: datetime
    actor: Actor
    account_id: int | None
    who: str
    organisation_id: int | None
    organisation: str
    facts: dict[str, str]
    deed: ActionKind | None
    reference: str
    note: str
    inside: str
    finding: Finding | None
    shut: bool
    #: To whom the case was handed by it.
    to: str = ""


def whole_course(session: Session, *, keys: CaseKeys, case_id: int) -> tuple[Step, ...]:
    """Every step with the names of staff and all notes, oldest first, in one statement; in one
    more where the case was handed to somebody.

    What a committee notes for itself is not among them.
    """
    seen = Event.action.not_in(sorted(HIDDEN_FROM_DESKS))
    rows = session.execute(_steps(case_id).where(seen))
    course = tuple(_step(row, keys, who=row.who or "", inside=None) for row in rows)
    handed = {int(step.facts["to"]) for step in course if step.action == HAND_OVER}
    if not handed:
        return course
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(handed)))
    names = {row.id: row.name for row in rows}
    return tuple(
        replace(step, to=names[int(step.facts["to"])]) if step.action == HAND_OVER else step
        for step in course
    )


def course_since_routing(session: Session, *, keys: CaseKeys, case_id: int) -> tuple[Step, ...]:
    """The steps since the case was last passed on, without names of staff, in one statement.

    What is done with the writer's words, or with who wrote, is not among them.
    """
    routed = (
        select(func.max(Event.id))
        .where(Event.case_id == case_id, Event.action == "route")
        .scalar_subquery()
    )
    rows = session.execute(
        _steps(case_id).where(
            Event.id >= routed, Event.action.not_in(sorted(HIDDEN_FROM_COMMITTEES))
        )
    )
    return tuple(_step(row, keys, who="", inside=FOR_COMMITTEES) for row in rows)


def latest_step(
    session: Session, *, keys: CaseKeys, case_id: int, without: Collection[str] = ()
) -> Step | None:
    """The newest step that is none of these, with the name of who took it and no note."""
    steps = _steps(case_id).where(Event.action.not_in(sorted(without)))
    row = session.execute(steps.order_by(None).order_by(Event.id.desc()).limit(1)).first()
    return _step(row, keys, who=row.who or "", inside=()) if row is not None else None


def _steps(case_id: int) -> Select[*tuple[Any, ...]]:
    """The events of a case with what names them."""
    return (
        select(
            Event.uid,
            Event.case_id,
            Event.action,
            Event.at,
            Event.actor,
            Event.account_id,
            Event.organisation_id,
            Event.facts,
            Event.public_note,
            Event.internal_note,
            Account.name.label("who"),
            Organisation.name.label("organisation"),
            FollowUp.kind.label("deed"),
            FollowUp.reference,
        )
        .outerjoin(Account, Account.id == Event.account_id)
        .outerjoin(Organisation, Organisation.id == Event.organisation_id)
        .outerjoin(FollowUp, FollowUp.event_uid == Event.uid)
        .where(Event.case_id == case_id)
        .order_by(Event.id)
    )


def _step(row: Any, keys: CaseKeys, *, who: str, inside: Collection[str] | None) -> Step:
    """One step, opened. ``inside`` names the actions whose inner note is shown; none means all.

    The note of the very first event lies under the submission's own key; it has none.
    """
    kept = row.internal_note if inside is None or row.action in inside else None
    note, hidden, finding, shut = "", "", None, False
    try:
        note = open_note(keys.public, row.uid, "public_note", row.public_note)
        hidden = open_note(keys.internal, row.uid, "internal_note", kept)
    except CannotOpen:
        tell_shut(row.case_id, f"a note of {row.action}")
        shut = True
    if row.action == "publish" and note:
        answer = Answer.from_note(note)
        note, finding = answer.text, answer.finding
    return Step(
        action=row.action,
        at=row.at,
        actor=row.actor,
        account_id=row.account_id,
        who=who,
        organisation_id=row.organisation_id,
        organisation=row.organisation or "",
        facts=row.facts,
        deed=row.deed,
        reference=row.reference or "",
        note=note,
        inside=hidden,
        finding=finding,
        shut=shut,
    )
