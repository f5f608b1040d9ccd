"""Pointing a writer to the authority that is competent, and writing down what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.discretion import check_discreet
from moderation.followups.days import check_done_on
from moderation.office import Office
from moderation.papers import CaseKeys, file_paper
from moderation.workflow import Action, Need, perform
from moderation.workflow.performing import Brought
from portal.models import Case
from portal.models.case import PaperKind


@dataclass(frozen=True)
class Transfer:
    """By which paper the matter itself was passed on, and when; nothing where it was not."""

    number: str = ""
    on: date | None = None

    def facts(self) -> dict[str, str]:
        """What may be read of it without a key: a number of a paper names nobody."""
        told = {"number": self.number.strip(), "on": self.on.isoformat() if self.on else ""}
        return {name: value for name, value in told.items() if value}


def refer(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    authority: str,
    note: str,
    transfer: Transfer | None = None,
) -> None:
    """Point the resident to the authority that is competent, and close the case here.

    Raises Incomplete without an authority or a note, BadDay for a transfer that cannot have been.
    """
    transfer = transfer or Transfer()
    if transfer.on is not None:
        check_done_on(office, case, transfer.on)
    check_discreet(session, office=office, keys=keys, case=case, text=f"{authority}. {note}")
    met = (Need.AUTHORITY,) if authority.strip() else ()
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.REFERRAL,
        body={"authority": authority, "note": note, **transfer.facts()},
        account_id=by.account_id,
    )
    public = f"{authority.strip()}\n\n{note.strip()}" if note.strip() else ""
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.REFER,
        by=by,
        brought=Brought(public_note=public, met=met, facts=transfer.facts()),
    )


def record_reply(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    text: str,
    transfer: Transfer,
) -> None:
    """Write down what the authority has answered, in words for the resident; the case stays closed.

    Raises Incomplete without words, BadDay, NamesSomebody, TellsMembership.
    """
    if transfer.on is not None:
        check_done_on(office, case, transfer.on)
    check_discreet(session, office=office, keys=keys, case=case, text=text)
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.RECORD_REPLY,
        by=by,
        brought=Brought(public_note=office.for_readers(text).text, facts=transfer.facts()),
    )
