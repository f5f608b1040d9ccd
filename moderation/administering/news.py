"""What was done or asked about an account since its owner was last here."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from moderation.sessions import hash_token
from portal.clock import local_date
from portal.models import AccountRequest, Grant, StaffSession


def has_news(session: Session, *, account_id: int, token: str) -> bool:
    """Whether a role was given or taken, or something asked or decided, since the session before.

    ``token`` is that of the session which begins. A role that was given has a day and no hour, so
    it is told all that day. Nobody is told anything at their very first sign-in.
    """
    before = session.scalar(
        select(func.max(StaffSession.created_at)).where(
            StaffSession.account_id == account_id, StaffSession.token_hash != hash_token(token)
        )
    )
    if before is None:
        return False
    given = and_(Grant.granted_by_id.is_not(None), Grant.valid_from >= local_date(before))
    roles = select(Grant.id).where(
        Grant.account_id == account_id, or_(given, Grant.ended_at >= before)
    )
    asked = select(AccountRequest.id).where(
        AccountRequest.account_id == account_id,
        or_(AccountRequest.asked_at >= before, AccountRequest.decided_at >= before),
    )
    return any(session.scalars(rows.limit(1)).first() is not None for rows in (roles, asked))
