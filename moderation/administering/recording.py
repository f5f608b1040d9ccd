"""Writing into the journal what one administrator did about another's account."""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.journal import write_about
from moderation.office import Office
from portal.models import AccountRequest
from portal.models.administration import RequestKind
from portal.vocabulary import Deed, Role


def record(
    session: Session,
    *,
    office: Office,
    by: Person,
    deed: Deed,
    account_id: int,
    role: Role | None = None,
    organisation_id: int | None = None,
    matter: RequestKind | None = None,
) -> None:
    """Write one deed down: at the place of a role, otherwise at the home of the account."""
    write_about(
        session,
        search=office.ring.search,
        at=office.at,
        deed=deed,
        subject_id=account_id,
        by_id=by.account_id,
        role=role,
        matter=matter,
        organisation_id=organisation_id,
    )


def record_request(
    session: Session, *, office: Office, by: Person, deed: Deed, request: AccountRequest
) -> None:
    """Write down what somebody did with a request, or what a confirmed one has changed."""
    record(
        session,
        office=office,
        by=by,
        deed=deed,
        account_id=request.account_id,
        role=request.role,
        organisation_id=request.organisation_id,
        matter=request.kind,
    )
