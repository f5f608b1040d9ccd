"""Asking that one reader may see who wrote one letter, with a reason that its writer will read."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person, Relation
from moderation.discretion import check_discreet
from moderation.excluding import eligible_accounts
from moderation.identity.deciders import deciders_of
from moderation.identity.standing import find_standing, is_open_to
from moderation.journal import write_down
from moderation.noting import note
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.register import line
from moderation.screening.looking_up import marks_on
from portal.db import queue_for
from portal.identity import LEAST
from portal.models import Account, Case, IdentityRequest, Organisation
from portal.models.journal import Actor
from portal.vault import encrypt, new_uid
from portal.vocabulary import Deed, OrganisationKind, Role

#: A request that no custodian has answered for so long ends by itself (design rule).
WAITS = timedelta(days=7)


class TooFewCustodians(Exception):
    """Fewer than two custodians may decide on this case: it cannot be opened."""


class AlreadyAsked(Exception):
    """The same is asked for already, or is open to this reader."""


class NoReader(Exception):
    """This person may not be the reader."""


def readers_for(session: Session, *, office: Office, case: Case) -> list[Account]:
    """Who may be the reader: moderators above the case and the commission that has it.

    Nobody who is tied to it.
    """
    marks, found = marks_on(session, case), dict[int, Account]()
    desk = session.get(Organisation, case.desk_id) if case.desk_id else None
    places = [(number, Role.MODERATOR) for number in line(desk.path)] if desk else []
    commissions = select(Organisation.id).where(
        Organisation.id.in_([case.handler_id, case.decider_id]),
        Organisation.kind == OrganisationKind.COMMISSION,
    )
    places += [(number, Role.COMMITTEE) for number in session.scalars(commissions)]
    for number, role in places:
        for account in eligible_accounts(
            session, office=office, organisation_id=number, role=role, marks=marks
        ):
            found[account.id] = account
    return sorted(found.values(), key=lambda account: (account.placed, account.id))


def ask_to_open(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    relation: Relation,
    submission_id: int,
    reader_id: int,
    reason: str,
) -> IdentityRequest:
    """Ask two custodians to open who wrote a submission, for one reader.

    The writer will read the reason, so that it may name nobody. Raises NoIdentity, NoReader,
    AlreadyAsked, TooFewCustodians, NamesSomebody, TellsMembership, TellsOutcome.
    """
    queue_for(session, f"identity of {submission_id}".encode())
    standing = find_standing(
        session, office=office, case=case, by=by, relation=relation, submission_id=submission_id
    )
    if reader_id not in {each.id for each in readers_for(session, office=office, case=case)}:
        raise NoReader
    if standing.waits or is_open_to(session, office, submission_id, reader_id):
        raise AlreadyAsked
    check_discreet(session, office=office, keys=keys, case=case, text=reason)
    if not enough_deciders(
        session,
        office=office,
        case=case,
        submission_id=submission_id,
        without={by.account_id, reader_id},
    ):
        raise TooFewCustodians
    return _write(session, office, keys, case, by, submission_id, reader_id, reason.strip())


def enough_deciders(
    session: Session, *, office: Office, case: Case, submission_id: int, without: set[int]
) -> bool:
    """Whether two custodians may decide on this submission."""
    found = deciders_of(
        session, office=office, case=case, submission_id=submission_id, without=without
    )
    return len(found) >= LEAST


def _write(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    submission_id: int,
    reader_id: int,
    reason: str,
) -> IdentityRequest:
    """Store the request, its reason sealed, and write it down."""
    uid = new_uid()
    request = IdentityRequest(
        uid=uid,
        submission_id=submission_id,
        case_id=case.id,
        asked_by_id=by.account_id,
        reader_id=reader_id,
        reason=encrypt(keys.internal, reason.encode(), "identity_request", uid, "reason"),
        asked_at=office.at,
        expires_at=office.at + WAITS,
    )
    session.add(request)
    session.flush()
    _record(session, office, keys, case, by, submission_id, reason)
    return request


def _record(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    submission_id: int,
    reason: str,
) -> None:
    """Write into the course and the journal that it was asked for."""
    note(
        session,
        keys=keys,
        case=case,
        action="identity_asked",
        actor=Actor.MODERATOR,
        at=office.at,
        account_id=by.account_id,
        submission_id=submission_id,
        internal_note=reason,
    )
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.IDENTITY_ASKED,
        account_id=by.account_id,
        case=case,
        organisation_id=case.desk_id,
    )
