"""Accounts of the staff: their passwords, and how far each account has come.

A right password alone signs nobody in. Slowing down guesses is not done here.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import and_, exists, select, update
from sqlalchemy.orm import Session

from portal.models import Account, SecondFactor
from portal.text import one_line
from portal.vocabulary import AccountState

#: Argon2id above the usual floors of 46 MiB and one round, or 19 MiB and two; one lane, so that a
#: sign-in keeps one core (design rule). A block of this size goes back to the system after use; the
#: C library keeps blocks of less than 32 MiB, one for each thread, as long as the process lives.
_HASHER = PasswordHasher(time_cost=2, memory_cost=47_104, parallelism=1)

#: One password at a time in each process: many sign-ins at once must not take its memory.
_ALONE = Lock()

#: No password of ours is longer; longer ones are cut before the work, not after it.
LONGEST_PASSWORD = 1_000

#: What is stored in place of a hash until the owner of an account has chosen a password.
NOT_CHOSEN = ""

#: Checked when there is no such account or it has no password yet, so that all answers take the
#: same work.
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
    with _ALONE:
        return _HASHER.hash(_plain(password))


def stretch(passphrase: str, salt: bytes, *, rounds: int, memory_kib: int) -> bytes:
    """A key of 32 bytes from a passphrase; the same letters in another form give the same key."""
    with _ALONE:
        return hash_secret_raw(
            _plain(passphrase).encode(),
            salt,
            time_cost=rounds,
            memory_cost=memory_kib,
            parallelism=1,
            hash_len=32,
            type=Type.ID,
        )


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
    stored = (account.password_hash if account else NOT_CHOSEN) or _NOBODY
    right = _fits(stored, password)
    if account is None or not right or not account.active:
        raise WrongPair
    fresh = hash_password(password) if _HASHER.check_needs_rehash(stored) else None
    return Proven(account_id=account.id, old_hash=stored, fresh_hash=fresh)


def refresh_hash(session: Session, *, proven: Proven) -> None:
    """Store the hash by today's rules of a password that was just proven, unless it has changed."""
    if proven.fresh_hash is not None:
        session.execute(
            update(Account)
            .where(Account.id == proven.account_id, Account.password_hash == proven.old_hash)
            .values(password_hash=proven.fresh_hash)
        )


def is_password_of(session: Session, *, account_id: int, password: str) -> bool:
    """Whether this is the password of an account. Only for whoever is already signed in."""
    stored = session.scalars(select(Account.password_hash).where(Account.id == account_id)).one()
    return _fits(stored or _NOBODY, password)


def states_of(session: Session, *, account_ids: Iterable[int]) -> dict[int, AccountState]:
    """How far each of these accounts has come, in one statement."""
    enrolled = exists().where(SecondFactor.account_id == Account.id)
    rows = session.execute(
        select(
            Account.id,
            Account.ended_at.is_not(None),
            and_(Account.active, Account.password_hash != NOT_CHOSEN),
            enrolled,
        ).where(Account.id.in_(list(account_ids)))
    )
    return {number: _state(*facts) for number, *facts in rows}


def _state(ended: bool, accepted: bool, enrolled: bool) -> AccountState:
    """What follows from three facts."""
    if ended:
        return AccountState.ENDED
    if not accepted:
        return AccountState.INVITED
    return AccountState.ACTIVE if enrolled else AccountState.MUST_ENROL


def _fits(stored: str, password: str) -> bool:
    """Whether a password belongs to what is stored."""
    try:
        with _ALONE:
            return _HASHER.verify(stored, _plain(password))
    except (VerificationError, InvalidHashError):
        return False


def _plain(password: str) -> str:
    """The letters of a password, composed: keyboards differ in how they send Vietnamese."""
    return unicodedata.normalize("NFC", password[:LONGEST_PASSWORD])
