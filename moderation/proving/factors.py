"""The list of a person's second factors: named, renamed, removed. The last one stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.journal import write_about
from portal.models import Account, SecondFactor
from portal.vocabulary import Deed


class NoSuchFactor(Exception):
    """There is no such factor of this account."""


class LastFactor(Exception):
    """It is the only one: without it nobody could sign in to the account."""


def factors_of(session: Session, *, account_id: int) -> list[SecondFactor]:
    """The factors of an account, the oldest first."""
    return list(
        session.scalars(
            select(SecondFactor)
            .where(SecondFactor.account_id == account_id)
            .order_by(SecondFactor.id)
        )
    )


def has_factor(session: Session, *, account_id: int) -> bool:
    """Whether the account has any factor yet."""
    found = select(SecondFactor.id).where(SecondFactor.account_id == account_id).limit(1)
    return session.scalars(found).first() is not None


def rename_factor(session: Session, *, account_id: int, factor_id: int, name: str) -> None:
    """Give a factor another name. Raises NoSuchFactor."""
    _own(factors_of(session, account_id=account_id), factor_id).name = name


def remove_factor(
    session: Session, *, search: bytes, account_id: int, factor_id: int, at: datetime
) -> SecondFactor:
    """Remove a factor, write it down, return what it was. Raises NoSuchFactor and LastFactor.

    The account's row is held meanwhile: two tabs cannot remove the last two.
    """
    session.execute(
        select(Account.id).where(Account.id == account_id).with_for_update(key_share=True)
    )
    factors = factors_of(session, account_id=account_id)
    factor = _own(factors, factor_id)
    if len(factors) == 1:
        raise LastFactor
    session.delete(factor)
    session.flush()
    write_about(
        session,
        search=search,
        at=at,
        deed=Deed.FACTOR_REMOVED,
        subject_id=account_id,
        by_id=account_id,
    )
    return factor


def _own(factors: list[SecondFactor], factor_id: int) -> SecondFactor:
    for factor in factors:
        if factor.id == factor_id:
            return factor
    raise NoSuchFactor
