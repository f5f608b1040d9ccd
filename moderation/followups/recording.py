"""Recording what a committee did, and the member's side of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.discretion import check_discreet
from moderation.followups.days import BadDay, check_done_on
from moderation.leaving.keeping_sealed import check_reason_kept
from moderation.office import Office
from moderation.papers import Body, CaseKeys, file_paper
from moderation.workflow import Action, Incomplete, Need, NotAvailable, perform
from moderation.workflow.availability import is_nomination
from moderation.workflow.performing import Brought
from portal.clock import local_date
from portal.models import Case, FollowUp
from portal.models.case import PaperKind
from portal.vocabulary import ActionKind, StatementOutcome

#: What each outcome of asking the member is as an action; of the rest, that they were asked.
_ASKED = {
    StatementOutcome.GIVEN: ActionKind.MEMBER_STATEMENT,
    StatementOutcome.NOT_APPLICABLE: ActionKind.MEMBER_NOT_ASKED,
}

#: Where the member was spoken to, the day of it is part of the record.
_DATED = frozenset({StatementOutcome.GIVEN, StatementOutcome.DECLINED})

#: Somebody is unreachable only after two attempts on two different days (design rule).
ATTEMPTS_NEEDED = 2


@dataclass(frozen=True)
class Deed:
    """One follow-up action as a committee enters it."""

    kind: ActionKind
    done_on: date
    public_note: str = ""
    internal_note: str = ""
    reference: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Statement:
    """The member's side, as taken down: given, declined, unreachable or not applicable.

    ``read_back`` and ``read_on``: the member read it again, or heard it, and agreed; and when.
    """

    outcome: StatementOutcome
    text: str = ""
    asked_on: date | None = None
    attempts: tuple[date, ...] = ()
    read_back: bool = False
    read_on: date | None = None


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

    Numbers of people are masked in what the resident reads, as in what committees read. Of a
    nomination the resident reads once that it was considered, whatever was done.
    Raises BadDay for a day to come or before the case arrived, Incomplete for discipline
    without its reference, NamesSomebody for a name in what the resident reads, TellsReason for why
    a member is excused, and NotAvailable for what is not done about such a case.
    """
    if deed.kind.is_about_nominee is not is_nomination(case):
        raise NotAvailable(Action.FOLLOW_UP)
    check_done_on(office, case, deed.done_on)
    if deed.kind.is_discipline and not deed.reference.strip():
        raise Incomplete(Need.REASON)
    brought = _brought(session, office, case, deed)
    check_discreet(session, office=office, keys=keys, case=case, text=brought.public_note)
    check_reason_kept(session, office=office, keys=keys, case=case, by=by, text=brought.public_note)
    action = Action.FOLLOW_UP
    uid = perform(
        session, office=office, keys=keys, case=case, action=action, by=by, brought=brought
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

    Raises Incomplete for a given statement without text, or one that the member did not read
    again before it was kept; BadDay for attempts that are fewer than two different days.
    """
    _check_statement(office, case, statement)
    days = [statement.asked_on, statement.read_on, *statement.attempts]
    last = max((moment for moment in days if moment), default=office.today)
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.STATEMENT,
        body=_paper(statement),
        account_id=by.account_id,
    )
    record(
        session,
        office=office,
        keys=keys,
        case=case,
        by=by,
        deed=Deed(
            kind=_ASKED.get(statement.outcome, ActionKind.MEMBER_ASKED),
            done_on=last,
            quiet=statement.outcome is StatementOutcome.NOT_APPLICABLE,
        ),
    )


def kinds_done(session: Session, *, case: Case) -> frozenset[ActionKind]:
    """What kinds of things were done, since the case was opened again if it was."""
    wanted = select(FollowUp.kind).where(FollowUp.case_id == case.id)
    if case.reopened_at is not None:
        wanted = wanted.where(FollowUp.done_on >= local_date(case.reopened_at))
    return frozenset(session.scalars(wanted))


def kinds_for(case: Case) -> tuple[ActionKind, ...]:
    """What may be done about a case: about somebody who was nominated, or about all else."""
    nominated = is_nomination(case)
    return tuple(kind for kind in ActionKind if kind.is_about_nominee is nominated)


def done(session: Session, *, case: Case) -> list[FollowUp]:
    """What was done so far, oldest first."""
    return list(
        session.scalars(select(FollowUp).where(FollowUp.case_id == case.id).order_by(FollowUp.id))
    )


def _brought(session: Session, office: Office, case: Case, deed: Deed) -> Brought:
    """What comes with the step of an action, and whether the resident reads it."""
    note = "" if deed.kind.is_told_in_general else office.for_readers(deed.public_note).text
    told = deed.kind.is_about_nominee and bool(kinds_done(session, case=case))
    return Brought(
        public_note=note,
        reason=deed.internal_note,
        facts=_public_facts(deed),
        met=(Need.ACTION_KIND,),
        quiet=deed.quiet or told,
    )


def _public_facts(deed: Deed) -> dict[str, str]:
    """What may be read of an action without a key: of some only that something was done."""
    return {"kind": deed.kind.told_as, "done_on": deed.done_on.isoformat()}


def _paper(statement: Statement) -> Body:
    """The statement as it is kept, sealed."""
    return {
        "outcome": statement.outcome.value,
        "text": statement.text,
        "asked_on": statement.asked_on.isoformat() if statement.asked_on else None,
        "attempts": [moment.isoformat() for moment in statement.attempts],
        "read_back": statement.read_back,
        "read_on": statement.read_on.isoformat() if statement.read_on else None,
    }


def _check_statement(office: Office, case: Case, statement: Statement) -> None:
    """Raise unless the statement is whole."""
    for moment in (statement.asked_on, statement.read_on, *statement.attempts):
        if moment is not None:
            check_done_on(office, case, moment)
    if statement.outcome is StatementOutcome.GIVEN:
        if not statement.text.strip():
            raise Incomplete(Need.STATEMENT)
        if not statement.read_back or statement.read_on is None:
            raise Incomplete(Need.READ_BACK)
    if statement.outcome in _DATED and statement.asked_on is None:
        raise BadDay("asked")
    if (
        statement.outcome is StatementOutcome.UNREACHABLE
        and len(set(statement.attempts)) < ATTEMPTS_NEEDED
    ):
        raise BadDay("attempts")
