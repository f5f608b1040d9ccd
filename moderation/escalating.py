"""Climbing: whoever is slow is reminded, the level above is told, and may then take the case over.

Everybody is told once. What residents are promised is written into the course, so that they read
that somebody was reminded, and who decides now. A case never climbs towards the person concerned.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.claiming import claim_case
from moderation.discretion import check_discreet
from moderation.noting import note
from moderation.office import Office
from moderation.papers import CaseKeys, open_keys
from moderation.raising import desk_above, handler_above
from moderation.workflow import Action, NotAvailable, Who, clocks, perform
from moderation.workflow.filing import file_case
from moderation.workflow.performing import Brought
from portal.clock import local_date
from portal.models import Case, Notice, Organisation, StageClock
from portal.models.journal import Actor
from portal.pacing import Mark, reached

#: What the resident is promised or waits for; the course shows when it is late.
_SHOWN = frozenset({"screening", "pass_on", "accept", "result", "publish", "review"})
_NOTICES = {
    Mark.HALF: "half_used",
    Mark.MOST: "most_used",
    Mark.ALL: "overdue",
    Mark.TOLD: "late_below",
    Mark.OPEN: "may_take_over",
}


def waiting_marks(session: Session, *, at: datetime, limit: int = 50) -> list[int]:
    """The clocks that have reached a mark of which nobody was told, the longest waiting first."""
    return list(
        session.scalars(
            select(StageClock.id)
            .where(StageClock.next_at <= at)
            .order_by(StageClock.next_at, StageClock.id)
            .limit(limit)
        )
    )


def tell_marks(session: Session, *, office: Office, clock_id: int) -> None:
    """Tell whom it concerns how far the time of a stage is used up.

    Of several shares that were passed only the last is told. Nobody is told of copies that wait
    in quarantine, nor of a case that its last writer has left.
    """
    case_id = session.scalar(select(StageClock.case_id).where(StageClock.id == clock_id))
    case = claim_case(session, case_id=case_id) if case_id is not None else None
    # Read only now: before the claim another worker could have told already.
    clock = session.get(StageClock, clock_id)
    if clock is None or case is None or clock.next_at is None or clock.next_at > office.at:
        return
    before = Mark(clock.mark)
    passed = reached(
        office.at,
        stage=clock.stage,
        due_at=clock.due_at,
        working_days=clock.working_days,
        calendar=office.calendar,
        targets=office.targets,
    )
    clocks.pass_mark(case, clock, office, max(before, passed))
    if case.held or case.keep_until is not None:
        return
    marks = [mark for mark in Mark if before < mark <= passed]
    if Mark.MOST in marks:
        marks = [mark for mark in marks if mark is not Mark.HALF]
    if Mark.ALL in marks:
        marks = [mark for mark in marks if mark > Mark.MOST]
    for mark in marks:
        _tell(session, office, case, clock, mark)


def take_over(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, reason: str
) -> None:
    """Let the level above handle a case itself that was late for too long; the resident reads why.

    The status stays. Raises NotAvailable unless it may, Incomplete without a reason, and what
    ``check_discreet`` raises.
    """
    if case.above_id is None or case.take_over_from is None:
        raise NotAvailable(Action.ESCALATE)
    check_discreet(session, office=office, keys=keys, case=case, text=reason)
    hand_over(
        session,
        office=office,
        keys=keys,
        case=case,
        to=session.get_one(Organisation, case.above_id),
        by=by,
        brought=Brought(public_note=office.for_readers(reason).text),
    )


def hand_over(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    to: Organisation,
    by: Person | None,
    brought: Brought,
) -> None:
    """Let another organisation handle the case; the one before is told. By nobody is the clock."""
    before, case.handler_id = case.handler_id, to.id
    due_at = clocks.due_when_taken_over(session, office=office, case=case)
    facts = {"due": local_date(due_at).isoformat()} if due_at is not None else {}
    brought = Brought(
        public_note=brought.public_note, met=brought.met, facts={**brought.facts, **facts}
    )
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.ESCALATE,
        by=by or Who.CLOCK,
        brought=brought,
    )
    notice = Notice(kind="taken_over", case_id=case.id, organisation_id=before, at=office.at)
    session.add(notice)


def _tell(session: Session, office: Office, case: Case, clock: StageClock, mark: Mark) -> None:
    """Tell of one mark."""
    if mark is Mark.TOLD:
        _tell_above(session, office, case, clock)
        return
    if mark is Mark.OPEN:
        if case.above_id is None:
            return
        case.take_over_from = office.at
    place = case.above_id if mark is Mark.OPEN else clocks.owner_of(case, clock.stage)
    session.add(Notice(kind=_NOTICES[mark], case_id=case.id, organisation_id=place, at=office.at))
    if mark is Mark.ALL:
        _write_down(session, office, case, clock, "remind", place)


def _tell_above(session: Session, office: Office, case: Case, clock: StageClock) -> None:
    """Tell the level above that a stage is late; nothing where nobody there may know."""
    handled = clock.stage in clocks.HANDLED
    find = handler_above if handled else desk_above
    level = find(session, office=office, case=case)
    if level is None:
        return
    session.add(
        Notice(kind=_NOTICES[Mark.TOLD], case_id=case.id, organisation_id=level.id, at=office.at)
    )
    _write_down(session, office, case, clock, "tell_above", level.id)
    if handled:
        case.above_id = level.id
        file_case(session, case=case)


def _write_down(
    session: Session,
    office: Office,
    case: Case,
    clock: StageClock,
    action: str,
    organisation_id: int | None,
) -> None:
    """Write into the course that somebody was told."""
    note(
        session,
        keys=open_keys(session, office=office, case_id=case.id),
        case=case,
        action=action,
        actor=Actor.CLOCK,
        at=office.at,
        organisation_id=organisation_id,
        shown=clock.stage in _SHOWN,
        facts={"stage": clock.stage},
    )
