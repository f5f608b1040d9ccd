"""Codes on paper for whoever has lost their telephone and their passkeys. Each opens once."""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from moderation.journal import write_about
from moderation.proving.apps import WrongCode
from portal.models import RecoveryCode
from portal.vault import derive
from portal.vocabulary import Deed

COUNT = 10
#: Small letters and figures that are not taken for each other on paper.
_SIGNS = "abcdefghjkmnpqrstvwxyz23456789"
_GROUPS, _GROUP = 2, 5


def new_recovery_codes(
    session: Session, *, search: bytes, account_id: int, at: datetime
) -> list[str]:
    """Make a new set of codes, and write it down; the old ones open nothing any more.

    They are shown once, now. Only a hash under a key of the staff is kept, so that a stolen
    database is not enough to try them all.
    """
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = [_new_code() for _ in range(COUNT)]
    session.add_all(
        RecoveryCode(account_id=account_id, code_hash=_hash(search, account_id, code))
        for code in codes
    )
    _write_down(session, search, account_id, Deed.RECOVERY_RENEWED, at)
    return codes


def take_recovery_code(
    session: Session, *, search: bytes, account_id: int, code: str, at: datetime
) -> None:
    """Use up a code, and write it down.

    Raises WrongCode for one that is not the account's or was used.
    """
    taken = session.scalars(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_hash == _hash(search, account_id, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
        .returning(RecoveryCode.id)
    ).one_or_none()
    if taken is None:
        raise WrongCode
    _write_down(session, search, account_id, Deed.RECOVERY_USED, at)


def recovery_left(session: Session, *, account_id: int) -> int:
    """How many codes are left."""
    return session.scalars(
        select(func.count()).where(
            RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
        )
    ).one()


def last_recovery(session: Session, *, account_id: int) -> datetime | None:
    """When a code of the present set was last used."""
    return session.scalars(
        select(RecoveryCode.used_at)
        .where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_not(None))
        .order_by(RecoveryCode.used_at.desc())
        .limit(1)
    ).one_or_none()


def _write_down(session: Session, search: bytes, account_id: int, deed: Deed, at: datetime) -> None:
    """Write down what an owner did with the codes."""
    write_about(session, search=search, at=at, deed=deed, subject_id=account_id, by_id=account_id)


def _new_code() -> str:
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _hash(search: bytes, account_id: int, code: str) -> bytes:
    """What is stored of a code, however it was typed: capitals, spaces, with or without dash."""
    plain = unicodedata.normalize("NFKC", code[:50]).lower()
    plain = "".join(sign for sign in plain if sign in _SIGNS)
    key = derive(search, "recovery code")
    return hmac.digest(key, f"{account_id}|{plain}".encode(), "sha256")
