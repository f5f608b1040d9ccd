"""What lies sealed to the staff for hours: the first of two shares, and an opened identity."""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation import sealing
from moderation.office import Office
from portal.models import IdentityRequest
from portal.models.submission import SealTarget


def put(
    session: Session,
    *,
    office: Office,
    request: IdentityRequest,
    plain: bytes,
    target: SealTarget = SealTarget.IDENTITY_APPROVAL,
) -> None:
    """Seal something to the staff, in place of what was sealed for the same request before."""
    sealing.put(session, office=office, target=target, target_id=request.id, plain=plain)


def read(
    session: Session,
    *,
    office: Office,
    request: IdentityRequest,
    target: SealTarget = SealTarget.IDENTITY_APPROVAL,
) -> bytes | None:
    """What was sealed for a request, opened; nothing where it is gone. Raises CannotOpen."""
    return sealing.read(session, office=office, target=target, target_id=request.id)


def drop(session: Session, target: SealTarget, request_id: int) -> None:
    """Let what was sealed for a request be gone."""
    sealing.drop(session, target=target, target_id=request_id)
