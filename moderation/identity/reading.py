"""Reading who wrote, by the one reader for whom it was opened, while it is."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.identity import sealing
from moderation.identity.standing import NoIdentity
from moderation.journal import write_down
from moderation.office import Office
from portal.identity import Particulars
from portal.models import Case, IdentityOpening, IdentityRequest
from portal.models.submission import SealTarget
from portal.vocabulary import Deed


def read(
    session: Session, *, office: Office, case: Case, by: Person, submission_id: int
) -> Particulars:
    """Who wrote a submission, once more written down. The caller commits before it is shown.

    Raises NoIdentity for everybody else, and when the time is over.
    """
    wanted = (
        select(IdentityRequest)
        .join(IdentityOpening, IdentityOpening.request_id == IdentityRequest.id)
        .where(
            IdentityRequest.submission_id == submission_id,
            IdentityRequest.case_id == case.id,
            IdentityRequest.reader_id == by.account_id,
            IdentityOpening.gone_at.is_(None),
            IdentityOpening.until > office.at,
        )
    )
    request = session.scalars(wanted.order_by(IdentityRequest.id.desc()).limit(1)).first()
    if request is None:
        raise NoIdentity
    plain = sealing.read(
        session, office=office, request=request, target=SealTarget.IDENTITY_OPENING
    )
    if plain is None:
        raise NoIdentity
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.IDENTITY_READ,
        account_id=by.account_id,
        case=case,
        organisation_id=case.desk_id,
    )
    return Particulars.from_bytes(plain)
