"""What a committee does with a case: accept, return, act, ask the member, hold, extend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.office import Office
from moderation.papers import CaseKeys, file_paper
from moderation.register import above
from moderation.workflow import Action, Incomplete, Need, NotAvailable, clocks, perform
from moderation.workflow.filing import file_case
from moderation.workflow.performing import Brought
from portal.clock import VIETNAM
from portal.deadlines import CLOSING, TARGETS, due
from portal.models import Case, FollowUp, Organisation
from portal.models.case import PaperKind
from portal.vocabulary import ActionKind, StatementOutcome

#: Somebody is unreachable only after two attempts on two different days (design rule).
ATTEMPTS_NEEDED = 2


class BadDay(Exception):
    """A date that does not fit: ``reason`` is a short code."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Deed:
    """One follow-up action as a committee enters it."""

    kind: ActionKind
    done_on: date
    public_note: str = ""
    internal_note: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Statement:
    """The member's side, as taken down: given, declined, unreachable or not applicable."""

    outcome: StatementOutcome
    text: str = ""
    asked_on: date | None = None
    attempts: tuple[date, ...] = ()
    read_back: bool = False


def accept(session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person) -> None:
    """Take the case on."""
    perform(session, office=office, keys=keys, case=case, action=Action.ACCEPT, by=by)


def give_back(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, reason: str
) -> None:
    """Return the case to screening. The second time the level above screens it."""
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.RETURN,
        by=by,
        brought=Brought(reason=reason),
    )
    case.returns += 1
    case.handler_id = None
    case.restricted = False
    if case.returns > 1 and case.desk_id is not None:
        desk = session.get_one(Organisation, case.desk_id)
        higher = above(session, organisation=desk, on=office.today)
        case.desk_id = higher.id if higher else case.desk_id
    file_case(session, case=case)


def record(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    deed: Deed,
) -> None:
    """Record something that was done, with what the resident reads and what stays inside.

    Raises BadDay for a day to come or before the case arrived, Incomplete for discipline
    without the reference of the decision.
    """
    _check_done_on(office, case, deed.done_on)
    if deed.kind.is_discipline and not deed.reference.strip():
        raise Incomplete(Need.REASON)
    uid = perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.FOLLOW_UP,
        by=by,
        brought=Brought(
            public_note="" if deed.kind.is_discipline else deed.public_note,
            reason=deed.internal_note,
            facts=_public_facts(deed),
            met=(Need.ACTION_KIND,),
        ),
    )
    session.add(
        FollowUp(
            case_id=case.id,
            event_uid=uid,
            organisation_id=case.handler_id,
            kind=deed.kind,
            done_on=deed.done_on,
            reference=deed.reference.strip() or None,
        )
    )


def record_statement(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    statement: Statement,
) -> None:
    """Take down the member's side, or that it could not be had.

    Raises Incomplete for a given statement without text, BadDay for attempts that are fewer
    than two different days.
    """
    _check_statement(office, case, statement)
    days = [statement.asked_on, *statement.attempts]
    last = max((moment for moment in days if moment), default=office.today)
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.STATEMENT,
        body={
            "outcome": statement.outcome.value,
            "text": statement.text,
            "asked_on": statement.asked_on.isoformat() if statement.asked_on else None,
            "attempts": [moment.isoformat() for moment in statement.attempts],
            "read_back": statement.read_back,
        },
        account_id=by.account_id,
    )
    record(
        session,
        office=office,
        keys=keys,
        case=case,
        by=by,
        deed=Deed(kind=ActionKind.MEMBER_STATEMENT, done_on=last),
    )


def hold(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    reason: str,
    review_on: date,
) -> None:
    """Pause until an authority has concluded; reviewed within 60 working days."""
    latest = due(office.at, TARGETS["hold_review_max"].working_days, office.calendar)
    until = _until(office, review_on, after=office.at, latest=latest)
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.HOLD,
        by=by,
        brought=Brought(reason=reason, until=until, met=(Need.REVIEW_DATE,)),
    )


def resume_work(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person
) -> None:
    """Go on with a case that was on hold."""
    perform(session, office=office, keys=keys, case=case, action=Action.RESUME_WORK, by=by)


def extend(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    reason: str,
    new_date: date,
) -> None:
    """Move the date of the result, once, by at most ten working days; the resident reads why."""
    now_due = clocks.due_of(session, case=case, stage="result")
    if now_due is None:
        raise NotAvailable(Action.EXTEND)
    latest = due(max(now_due, office.at), TARGETS["extension_max"].working_days, office.calendar)
    until = _until(office, new_date, after=max(now_due, office.at), latest=latest)
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.EXTEND,
        by=by,
        brought=Brought(
            public_note=reason,
            until=until,
            met=(Need.NEW_DATE,),
            facts={"due": new_date.isoformat()},
        ),
    )


def done(session: Session, *, case: Case) -> list[FollowUp]:
    """What was done so far, oldest first."""
    return list(
        session.scalars(select(FollowUp).where(FollowUp.case_id == case.id).order_by(FollowUp.id))
    )


def _public_facts(deed: Deed) -> dict[str, str]:
    """What the resident reads of an action without a key: discipline only as handled."""
    kind = "handled" if deed.kind.is_discipline else deed.kind.value
    return {"kind": kind, "done_on": deed.done_on.isoformat()}


def _check_done_on(office: Office, case: Case, day: date) -> None:
    """Raise unless something could have been done on that day."""
    if day > office.today:
        raise BadDay("future")
    if day < case.arrived_at.astimezone(VIETNAM).date():
        raise BadDay("past")


def _check_statement(office: Office, case: Case, statement: Statement) -> None:
    """Raise unless the statement is whole."""
    for moment in (statement.asked_on, *statement.attempts):
        if moment is not None:
            _check_done_on(office, case, moment)
    if statement.outcome is StatementOutcome.GIVEN and not statement.text.strip():
        raise Incomplete(Need.STATEMENT)
    if (
        statement.outcome is StatementOutcome.UNREACHABLE
        and len(set(statement.attempts)) < ATTEMPTS_NEEDED
    ):
        raise BadDay("attempts")


def _until(office: Office, day: date, *, after: datetime, latest: datetime) -> datetime:
    """17:00 of a day that somebody chose. Raises BadDay outside the bounds."""
    moment = datetime.combine(day, CLOSING, VIETNAM).astimezone(UTC)
    if moment <= after:
        raise BadDay("earlier")
    if moment > latest:
        raise BadDay("too_far")
    if not office.calendar.is_working(day):
        raise BadDay("not_working")
    return moment
