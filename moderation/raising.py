"""Taking a case to the level above: its handling organisation, or its desk.

The step is written into the course, so that everybody, the resident too, reads who has it now.
It never changes a status.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.excluding import eligible_accounts
from moderation.noting import note
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.register import above
from moderation.screening.looking_up import handled, marks_on
from moderation.workflow.filing import file_case
from portal.models import Case, Notice, Organisation
from portal.models.journal import Actor
from portal.vocabulary import Role


def raise_handler(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person
) -> None:
    """Let the next level whose committee may see the case handle it; nothing if none may."""
    marks = marks_on(session, case)
    higher = _next(
        session,
        office,
        case.handler_id,
        lambda level: handled(session, office, level, marks),
    )
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
