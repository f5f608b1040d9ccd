"""Releasing a resident's file to the organisation that handles the case, and taking that back.

Design rule: what a picture shows cannot be put in other words, so a moderator looks at it first
and answers for it that it does not show who wrote.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from moderation.access import Person, Relation, relate
from moderation.attachments import CaseFile, files_for_desk, reader_of
from moderation.files.finding import pick
from moderation.files.recording import write_down
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.releases import is_hidden
from moderation.workflow import Action, NotAvailable
from moderation.workflow.table import PASSED_ON, REFUSALS
from portal.models import Attachment, Case, Notice
from portal.vocabulary import Deed, Status


def may_release(case: Case, relation: Relation) -> bool:
    """Whether this moderator may release files now: an organisation must have the case, or decide
    on what became of it.
    """
    contested = case.status is Status.REVIEW and case.contested_from not in REFUSALS
    there = case.status in PASSED_ON or contested
    return relation.moderates and there and not is_hidden(case)


def release_file(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    file_id: int | None,
) -> None:
    """Let the organisation that has the case have a file; the resident reads that it does.

    Raises NoSuchFile, and NotAvailable where no organisation has the case or for somebody else.
    """
    file = _of_resident(session, office, keys, case, by, file_id)
    reader = reader_of(case)
    if file.released_to == reader:
        raise NotAvailable(Action.PASS_ADDED)
    _set(session, file, reader, office.at)
    write_down(
        session,
        office=office,
        keys=keys,
        case=case,
        by=by,
        action="release_file",
        deed=Deed.FILE_RELEASED,
        sender_id=file.submission_id,
    )
    session.add(Notice(kind="file_released", case_id=case.id, organisation_id=reader, at=office.at))


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
    write_down(
        session,
        office=office,
        keys=keys,
        case=case,
        by=by,
        action="withhold_file",
        deed=Deed.FILE_WITHHELD,
        sender_id=file.submission_id,
    )


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
