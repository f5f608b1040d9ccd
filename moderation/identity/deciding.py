"""What custodians do with a request: the first agrees and waits, the second opens; one may refuse.

The first share is sealed to the staff key for a day at most. It says nothing without a second one.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import NotVisible, Person
from moderation.identity import sealing
from moderation.identity.holding import Unlocked, admitted, with_role
from moderation.identity.waiting import find_row, reason_of
from moderation.journal import write_at_desk
from moderation.noting import note
from moderation.office import Office
from moderation.papers import CaseKeys, open_keys, open_submission_key
from portal.db import queue_for
from portal.identity import Particulars, Share, open_particulars, open_share
from portal.models import (
    Case,
    CasePart,
    Custodian,
    Identity,
    IdentityApproval,
    IdentityOpening,
    IdentityRequest,
    IdentityShare,
)
from portal.models.case import Part
from portal.models.journal import Actor
from portal.models.submission import SealTarget
from portal.vocabulary import Deed, IdentityOutcome

#: How long the first share waits for a second, and how long a reader may look (design rule).
FIRST_WAITS = timedelta(hours=24)
LASTS = timedelta(hours=24)


def agree(session: Session, *, office: Office, by: Person, request_id: int, key: Unlocked) -> bool:
    """Agree to a request; whether that opened the identity, which takes two.

    Raises NotVisible, and CannotOpen for shares that do not belong together.
    """
    request = _take_up(session, office, by, request_id)
    custodian = _own(session, office, by)
    if custodian.id != key.custodian_id:
        raise NotVisible
    row = session.get_one(IdentityShare, (request.submission_id, custodian.id))
    share = open_share(
        key.private,
        row.box,
        place=row.place,
        number=request.submission_id,
        custodian_id=custodian.id,
    )
    first = _first_share(session, office, request)
    case = session.get_one(Case, request.case_id)
    keys = open_keys(session, office=office, case_id=case.id)
    if first is None:
        sealing.put(session, office=office, request=request, plain=share.to_bytes())
        request.expires_at = office.at + FIRST_WAITS
    else:
        told = _open(session, office, request, (first, share))
        _make_readable(session, office, request, told)
        _tell_writer(session, office, request, case, keys)
    _answer(session, office, by, request, custodian, agreed=True)
    if first is None:
        _note(session, office, by, request, case, keys, "identity_agreed")
    write_at_desk(
        session, office=office, case=case, account_id=by.account_id, deed=Deed.IDENTITY_AGREED
    )
    return first is not None


def refuse(session: Session, *, office: Office, by: Person, request_id: int) -> None:
    """Refuse a request: one custodian is enough, and it ends. Raises NotVisible."""
    request = _take_up(session, office, by, request_id)
    custodian = _own(session, office, by)
    sealing.drop(session, SealTarget.IDENTITY_APPROVAL, request.id)
    request.outcome, request.ended_at = IdentityOutcome.REFUSED, office.at
    case = session.get_one(Case, request.case_id)
    keys = open_keys(session, office=office, case_id=case.id)
    _answer(session, office, by, request, custodian, agreed=False)
    _note(session, office, by, request, case, keys, "identity_refused")
    write_at_desk(
        session, office=office, case=case, account_id=by.account_id, deed=Deed.IDENTITY_REFUSED
    )


def _take_up(session: Session, office: Office, by: Person, request_id: int) -> IdentityRequest:
    """The same, with everybody else who answers it kept waiting."""
    found = find_row(session, office, by, request_id)
    queue_for(session, f"identity of {found.submission_id}".encode())
    session.refresh(found)
    return find_row(session, office, by, request_id)


def _own(session: Session, office: Office, by: Person) -> Custodian:
    """The key of somebody who is custodian today. Raises NotVisible."""
    for each in admitted(with_role(session, office=office)):
        if each.account_id == by.account_id:
            return each
    raise NotVisible


def _first_share(session: Session, office: Office, request: IdentityRequest) -> Share | None:
    """The share that waits, if whoever agreed first is still custodian of this case.

    If they are not, their answer counts no more, and the next one is the first.
    """
    waiting = sealing.read(session, office=office, request=request)
    approval = session.scalars(
        select(IdentityApproval)
        .where(IdentityApproval.request_id == request.id, IdentityApproval.agreed.is_(True))
        .order_by(IdentityApproval.id.desc())
        .limit(1)
    ).first()
    if waiting is None or approval is None:
        return None
    still = {each.id for each in admitted(with_role(session, office=office))}
    return Share.from_bytes(waiting) if approval.custodian_id in still else None


def _open(
    session: Session, office: Office, request: IdentityRequest, shares: tuple[Share, Share]
) -> Particulars:
    """Put two shares together. Raises CannotOpen."""
    number = request.submission_id
    own = open_submission_key(session, office=office, submission_id=number)
    box = session.get_one(Identity, number).box
    return open_particulars(*shares, box, number=number, own=own)


def _make_readable(
    session: Session, office: Office, request: IdentityRequest, told: Particulars
) -> None:
    """Let the reader look from now on, for as long as it lasts."""
    target = SealTarget.IDENTITY_OPENING
    sealing.drop(session, SealTarget.IDENTITY_APPROVAL, request.id)
    sealing.put(session, office=office, request=request, plain=told.to_bytes(), target=target)
    session.add(IdentityOpening(request_id=request.id, at=office.at, until=office.at + LASTS))
    request.outcome, request.ended_at = IdentityOutcome.OPENED, office.at


def _tell_writer(
    session: Session, office: Office, request: IdentityRequest, case: Case, keys: CaseKeys
) -> None:
    """Let the writer read on their page that it was opened, and why; no name is among it."""
    note(
        session,
        keys=keys,
        case=case,
        action="identity_opened",
        actor=Actor.CUSTODIAN,
        at=office.at,
        submission_id=request.submission_id,
        shown=True,
        public_note=reason_of(request, keys.internal),
    )


def _answer(
    session: Session,
    office: Office,
    by: Person,
    request: IdentityRequest,
    custodian: Custodian,
    *,
    agreed: bool,
) -> None:
    """Remember who answered what; whoever did takes no other part in the case."""
    session.add(
        IdentityApproval(
            request_id=request.id,
            account_id=by.account_id,
            custodian_id=custodian.id,
            at=office.at,
            agreed=agreed,
        )
    )
    if session.get(CasePart, (request.case_id, by.account_id, Part.CUSTODIAN)) is None:
        session.add(
            CasePart(case_id=request.case_id, account_id=by.account_id, part=Part.CUSTODIAN)
        )


def _note(
    session: Session,
    office: Office,
    by: Person,
    request: IdentityRequest,
    case: Case,
    keys: CaseKeys,
    action: str,
) -> None:
    """Write into the course what a custodian answered; only moderators read it."""
    note(
        session,
        keys=keys,
        case=case,
        action=action,
        actor=Actor.CUSTODIAN,
        at=office.at,
        account_id=by.account_id,
        submission_id=request.submission_id,
    )
