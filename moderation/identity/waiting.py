"""The requests to open who wrote, as the custodians before whom they lie read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import NotVisible, Person
from moderation.identity.deciders import requests_before
from moderation.office import Office
from moderation.papers import open_internal_keys
from portal.models import Account, IdentityApproval, IdentityRequest
from portal.models.submission import reference_of
from portal.vault import decrypt


@dataclass(frozen=True)
class Waiting:
    """A request as a custodian reads it: which letter, who asks, for whom and why. No word of the
    letter is among it.
    """

    id: int
    reference: str
    asked_by: str
    reader: str
    reason: str
    asked_at: datetime
    expires_at: datetime
    agreed: bool


def list_requests(session: Session, *, office: Office, by: Person) -> list[Waiting]:
    """The requests that wait for an answer of this custodian, the soonest to end first."""
    wanted = select(IdentityRequest).where(
        IdentityRequest.id.in_(requests_before(session, by=by, at=office.at))
    )
    rows = session.scalars(wanted.order_by(IdentityRequest.expires_at, IdentityRequest.id)).all()
    keys = open_internal_keys(session, office=office, case_ids={row.case_id for row in rows})
    return [_told(session, row, keys[row.case_id]) for row in rows if row.case_id in keys]


def find_request(session: Session, *, office: Office, by: Person, request_id: int) -> Waiting:
    """One request that waits for this custodian. Raises NotVisible, the same for every reason."""
    request = find_row(session, office, by, request_id)
    keys = open_internal_keys(session, office=office, case_ids=[request.case_id])
    return _told(session, request, keys[request.case_id])


def find_row(session: Session, office: Office, by: Person, request_id: int) -> IdentityRequest:
    """The row of a request that waits for somebody, by the one rule. Raises NotVisible."""
    wanted = select(IdentityRequest).where(
        IdentityRequest.id == request_id,
        IdentityRequest.id.in_(requests_before(session, by=by, at=office.at)),
    )
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NotVisible
    return found


def reason_of(request: IdentityRequest, internal: bytes) -> str:
    """Why it was asked for. Raises CannotOpen."""
    return decrypt(internal, request.reason, "identity_request", request.uid, "reason").decode()


def _told(session: Session, request: IdentityRequest, internal: bytes) -> Waiting:
    """A request with its names and its reason."""
    names = dict(
        session.execute(
            select(Account.id, Account.name).where(
                Account.id.in_([request.asked_by_id, request.reader_id])
            )
        ).all()
    )
    agreed = select(IdentityApproval.id).where(IdentityApproval.request_id == request.id)
    return Waiting(
        id=request.id,
        reference=reference_of(request.submission_id),
        asked_by=names[request.asked_by_id],
        reader=names[request.reader_id],
        reason=reason_of(request, internal),
        asked_at=request.asked_at,
        expires_at=request.expires_at,
        agreed=session.scalar(agreed.limit(1)) is not None,
    )
