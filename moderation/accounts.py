"""Signing in and out: passwords, and the rows that stand for signed-in browsers.

A browser holds a random token and we hold only its hash. What ends a row, or the account, ends
at once whatever any cookie says. Slowing down guesses is not done here.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.models import Account, StaffSession
from portal.text import one_line

#: Argon2id above the usual floor of 19 MiB and two rounds; one lane, so that a sign-in keeps one
#: core and little memory (design rule).
_HASHER = PasswordHasher(time_cost=3, memory_cost=19_456, parallelism=1)

#: No password of ours is longer; longer ones are cut before the work, not after it.
LONGEST_PASSWORD = 1_000

#: Checked when there is no such account, so that both answers take the same work.
_NOBODY = _HASHER.hash(secrets.token_urlsafe(32))


class WrongPair(Exception):
    """Login and password do not belong together; which of the two is wrong is not told."""


@dataclass(frozen=True, repr=False)
class Proven:
    """Somebody who gave the right password. ``fresh_hash`` replaces one made by older rules."""

    account_id: int
    old_hash: str
    fresh_hash: str | None


def hash_password(password: str) -> str:
    """What is stored of a password. The same letters typed in another form are the same."""
    return _HASHER.hash(_plain(password))


def login_of(typed: str) -> str:
    """A login as it is stored: without spaces around it, in small letters."""
    return one_line(typed).lower()


def prove(session: Session, *, login: str, password: str) -> Proven:
    """Check a login and its password. Raises WrongPair, after the same work whatever is wrong.

    It only reads: the long work must not hold the lock of a writer.
    """
    account = session.execute(
        select(Account.id, Account.password_hash, Account.active).where(
            Account.login == login_of(login)
        )
    ).one_or_none()
    stored = account.password_hash if account else _NOBODY
    right = _fits(stored, password)
    if account is None or not right or not account.active:
        raise WrongPair
    fresh = hash_password(password) if _HASHER.check_needs_rehash(stored) else None
    return Proven(account_id=account.id, old_hash=stored, fresh_hash=fresh)


def sign_in(session: Session, *, proven: Proven, at: datetime, hours: int) -> str:
    """Begin a session of so many hours and return its token, which is stored nowhere.

    Every sign-in has a token of its own, so nobody can plant one beforehand.
    """
    token = secrets.token_urlsafe(32)
    session.add(
        StaffSession(
            token_hash=_hash(token),
            account_id=proven.account_id,
            created_at=at,
            expires_at=at + timedelta(hours=hours),
        )
    )
    if proven.fresh_hash is not None:
        session.execute(
            update(Account)
            .where(Account.id == proven.account_id, Account.password_hash == proven.old_hash)
            .values(password_hash=proven.fresh_hash)
        )
    return token


def find_session(session: Session, *, token: str, at: datetime) -> Account | None:
    """The account behind a token, in one statement; nothing once either has ended."""
    return session.scalars(
        select(Account)
        .join(StaffSession, StaffSession.account_id == Account.id)
        .where(
            StaffSession.token_hash == _hash(token),
            StaffSession.ended_at.is_(None),
            StaffSession.expires_at > at,
            Account.active.is_(True),
        )
    ).one_or_none()


def sign_out(session: Session, *, token: str, at: datetime) -> None:
    """End the session of one browser. Ending it again changes nothing."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.token_hash == _hash(token), StaffSession.ended_at.is_(None))
        .values(ended_at=at)
    )


def end_sessions(session: Session, *, account_id: int, at: datetime) -> None:
    """End every session of an account, in all its browsers."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.account_id == account_id, StaffSession.ended_at.is_(None))
        .values(ended_at=at)
    )


def _fits(stored: str, password: str) -> bool:
    """Whether a password belongs to what is stored."""
    try:
        return _HASHER.verify(stored, _plain(password))
    except (VerificationError, InvalidHashError):
        return False


def _plain(password: str) -> str:
    """The letters of a password, composed: keyboards differ in how they send Vietnamese."""
    return unicodedata.normalize("NFC", password[:LONGEST_PASSWORD])


def _hash(token: str) -> bytes:
    """What is stored of a token. It is random and long, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).digest()
