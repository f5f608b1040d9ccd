"""Telling a member that nothing was found against them, and taking down that it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.followups.recording import Deed, record
from moderation.journal import write_down
from moderation.office import Office
from moderation.papers import CaseKeys, file_paper
from portal.models import Case
from portal.models.case import PaperKind
from portal.vocabulary import ActionKind, Telling
from portal.vocabulary import Deed as StaffDeed


@dataclass(frozen=True)
class Clearing:
    """How and when a member was told that nothing was found against them.

    ``note`` stays inside; most often residents read nothing of it before they have the answer.
    """

    how: Telling
    told_on: date
    note: str = ""
    public_note: str = ""


def clear_name(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    clearing: Clearing,
) -> None:
    """Take down how and when the member was told of being cleared, before that is reported.

    Design rule: whoever was wrongly named learns it from their own committee, and it is on record
    that they did. Raises BadDay for a day to come or before the case arrived.
    """
    deed, how = _as_deed(clearing), clearing.how.value
    record(session, office=office, keys=keys, case=case, by=by, deed=deed)
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.CLEARING,
        body={"how": how, "told_on": clearing.told_on.isoformat(), "note": clearing.note},
        account_id=by.account_id,
    )
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=StaffDeed.NAME_CLEARED,
        account_id=by.account_id,
        case=case,
        organisation_id=case.handler_id,
    )


def _as_deed(clearing: Clearing) -> Deed:
    """What was done, as the course has it."""
    return Deed(
        kind=ActionKind.CLEAR_NAME,
        done_on=clearing.told_on,
        public_note=clearing.public_note,
        internal_note=clearing.note,
        quiet=not clearing.public_note,
    )
