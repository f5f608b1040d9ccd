"""Taking a case to the level above: its handling organisation, or its desk.

The step is written into the course, so that everybody, the resident too, reads who has it now.
It never changes a status.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.excluding import eligible_accounts
from moderation.noting import note
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.register import above, accounts_at, commission_of
from moderation.screening.looking_up import handled, marks_on
from moderation.workflow.filing import file_case
from portal.models import Case, CasePart, Notice, Organisation
from portal.models.case import Part
from portal.models.journal import Actor
from portal.vocabulary import OrganisationKind, Role


def raise_handler(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person
) -> None:
    """Let the next level whose committee may see the case handle it; nothing if none may."""
    higher = handler_above(session, office=office, case=case)
    if higher is None:
        return
    case.handler_id = higher.id
    _write_down(session, office, keys, case, by, higher, Actor.MODERATOR)
    file_case(session, case=case)


def raise_desk(session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person) -> None:
    """Let the next level whose moderators may see the case screen it; nothing if none may."""
    higher = desk_above(session, office=office, case=case)
    if higher is None:
        return
    case.desk_id = higher.id
    _write_down(session, office, keys, case, by, higher, Actor.COMMITTEE)
    file_case(session, case=case)


def handler_above(
    session: Session, *, office: Office, case: Case, above_of: Organisation | None = None
) -> Organisation | None:
    """Which level above could handle the case, never towards the person concerned.

    Above its handler, or above another organisation. The next committee upwards, or the commission
    beside it. Design rules: a level is passed over on whose committee sits whom the case is about,
    or somebody tied to them, unless no other is left; and what only a commission may see goes from
    commission to commission, at last to the highest level.
    """
    marks = marks_on(session, case)
    able = [
        level
        for level in _line_above(session, office, case, above_of)
        if handled(session, office, case, level, marks)
    ]
    free = (level for level in able if _nobody_tied(session, office, level, marks))
    return next(free, able[0] if able else None)


def decider_of(session: Session, *, office: Office, case: Case) -> int | None:
    """Whose people must give the answer that the desk may not give alone.

    The moderators of a level above, else the commission of that level. Where nothing stands above
    the desk it is another of its moderators than the one who confirmed the case, else the desk's
    own commission. Design rule: every open status can always move on, so the desk is the last.
    """
    level = desk_above(session, office=office, case=case)
    desk = session.get(Organisation, case.desk_id) if case.desk_id else None
    if level is not None or desk is None:
        return level.id if level else None
    higher = above(session, organisation=desk, on=office.today)
    found = _commission(session, office, case, higher) if higher else None
    if found is None and not _has_another(session, office, case, desk):
        found = _commission(session, office, case, desk)
    return (found or desk).id


def desk_above(session: Session, *, office: Office, case: Case) -> Organisation | None:
    """The nearest level above the desk that has a moderator who may see the case."""
    marks = marks_on(session, case)
    return _next(
        session,
        office,
        case.desk_id,
        lambda level: bool(
            eligible_accounts(
                session,
                office=office,
                organisation_id=level.id,
                role=Role.MODERATOR,
                marks=marks,
            )
        ),
    )


def _line_above(
    session: Session, office: Office, case: Case, above_of: Organisation | None
) -> Iterator[Organisation]:
    """The organisations above the one that handles a case, or another, the nearest first."""
    today, handler = office.today, above_of
    if handler is None and case.handler_id:
        handler = session.get(Organisation, case.handler_id)
    level = above(session, organisation=handler, on=today) if handler else None
    if case.restricted and handler is not None and handler.kind is OrganisationKind.COMMISSION:
        level = above(session, organisation=level, on=today) if level else None
    highest = level
    while level is not None:
        if not case.restricted:
            yield level
        found = commission_of(session, organisation=level, on=today)
        if found is not None and found.parent_id == level.id and found is not handler:
            yield found
        highest, level = level, above(session, organisation=level, on=today)
    if case.restricted and highest is not None:
        yield highest


def _nobody_tied(session: Session, office: Office, level: Organisation, marks: set[bytes]) -> bool:
    """Whether no account of a committee is hidden from the case."""
    there = accounts_at(session, organisation_ids=(level.id,), role=Role.COMMITTEE, on=office.today)
    able = eligible_accounts(
        session, office=office, organisation_id=level.id, role=Role.COMMITTEE, marks=marks
    )
    return len(able) == len(there)


def _commission(
    session: Session, office: Office, case: Case, level: Organisation
) -> Organisation | None:
    """The commission of a level, where somebody there may see the case and did not handle it."""
    found = commission_of(session, organisation=level, on=office.today)
    if found is None or found.id == case.handler_id:
        return None
    return found if handled(session, office, case, found, marks_on(session, case)) else None


def _has_another(session: Session, office: Office, case: Case, desk: Organisation) -> bool:
    """Whether a desk has a moderator for a case beside the one who confirmed it."""
    able = eligible_accounts(
        session,
        office=office,
        organisation_id=desk.id,
        role=Role.MODERATOR,
        marks=marks_on(session, case),
    )
    confirmed = session.scalars(
        select(CasePart.account_id).where(
            CasePart.case_id == case.id, CasePart.part == Part.CONFIRMER
        )
    )
    return bool({each.id for each in able} - set(confirmed))


def _next(
    session: Session, office: Office, start: int | None, fits: Callable[[Organisation], bool]
) -> Organisation | None:
    """The nearest organisation above one that fits."""
    level = session.get(Organisation, start) if start is not None else None
    while level is not None:
        level = above(session, organisation=level, on=office.today)
        if level is not None and fits(level):
            return level
    return None


def _write_down(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    higher: Organisation,
    actor: Actor,
) -> None:
    """Write the step into the course, and tell the level that has it now."""
    note(
        session,
        keys=keys,
        case=case,
        action="raise",
        actor=actor,
        at=office.at,
        account_id=by.account_id,
        organisation_id=higher.id,
        shown=True,
    )
    session.add(Notice(kind="raise", case_id=case.id, organisation_id=higher.id, at=office.at))
