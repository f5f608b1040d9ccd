"""Forgetting the second factors of an account, so that its owner enrols anew."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.models import RecoveryCode, SecondFactor
from portal.models.factor import FactorKind


def forget_factors(session: Session, *, account_id: int) -> None:
    """Delete every second factor and recovery code. The caller ends the sessions."""
    for table in (SecondFactor, RecoveryCode):
        session.execute(delete(table).where(table.account_id == account_id))


def kinds_of_factors(session: Session, *, account_id: int) -> list[FactorKind]:
    """Of which kinds the second factors of an account are, one entry for each."""
    return list(
        session.scalars(
            select(SecondFactor.kind)
            .where(SecondFactor.account_id == account_id)
            .order_by(SecondFactor.id)
        )
    )
