"""Releasing a resident's file to the organisation that handles the case, and taking that back.

Design rule: what a picture shows cannot be put in other words, so a moderator looks at it first
and answers for it that it does not show who wrote.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from moderation import journal
from moderation.access import Person, Relation, relate
from moderation.files.finding import CaseFile, files_for_desk, pick
from moderation.noting import note
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.releases import is_hidden
from moderation.workflow import Action, NotAvailable
from moderation.workflow.performing import outdate
from moderation.workflow.table import PASSED_ON
from portal.models import Attachment, Case, Notice
from portal.models.journal import Actor
from portal.vocabulary import Deed


def may_release(case: Case, relation: Relation) -> bool:
    """Whether this moderator may release files now: an organisation must have the case."""
    return relation.moderates and case.status in PASSED_ON and not is_hidden(case)


def release_file(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    file_id: int | None,
) -> None:
    """Let the organisation that handles the case have a file; the resident reads that it does.

    Raises NoSuchFile, and NotAvailable where no organisation has the case or for somebody else.
    """
    file = _of_resident(session, office, keys, case, by, file_id)
    if file.released_to == case.handler_id:
        raise NotAvailable(Action.PASS_ADDED)
    _set(session, file, case.handler_id, office.at)
    _write(session, office, keys, case, by, file, "release_file", Deed.FILE_RELEASED)
    session.add(
        Notice(kind="file_released", case_id=case.id, organisation_id=case.handler_id, at=office.at)
    )


def withhold_file(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    file_id: int | None,
) -> None:
    """Take a release back: from now on nobody there opens the file. What was opened is known.

    Raises NoSuchFile, and NotAvailable for what was not released.
    """
    file = _of_resident(session, office, keys, case, by, file_id)
    if file.released_to is None:
        raise NotAvailable(Action.PASS_ADDED)
    _set(session, file, None, None)
    _write(session, office, keys, case, by, file, "withhold_file", Deed.FILE_WITHHELD)


def _of_resident(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    file_id: int | None,
) -> CaseFile:
    """A file that a resident sent, for a moderator who may release it."""
    if not may_release(case, relate(session, person=by, case=case)):
        raise NotAvailable(Action.PASS_ADDED)
    files = files_for_desk(session, office=office, keys=keys, case=case)
    return pick((file for file in files if file.submission_id is not None), file_id)


def _set(session: Session, file: CaseFile, place: int | None, at: datetime | None) -> None:
    """Write down who may have it since when."""
    row = session.get_one(Attachment, file.id)
    row.released_to, row.released_at = place, at


def _write(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    file: CaseFile,
    action: str,
    deed: Deed,
) -> None:
    """A step that the file's own sender reads, and an entry; every page from before is late."""
    outdate(case)
    note(
        session,
        keys=keys,
        case=case,
        action=action,
        actor=Actor.MODERATOR,
        at=office.at,
        account_id=by.account_id,
        organisation_id=case.handler_id,
        submission_id=file.submission_id,
        shown=True,
    )
    journal.write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=deed,
        account_id=by.account_id,
        case=case,
        organisation_id=case.desk_id,
    )
