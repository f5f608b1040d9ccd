"""A browser between the password and the second factor. It is in no list of sessions.

It lasts for minutes, allows a few tries, and opens nothing but the second step itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from moderation.journal import write_about
from moderation.refusals import write_refusal
from moderation.sessions import hash_token, new_token
from portal.models import Account, HalfSignIn
from portal.vault import new_key
from portal.vocabulary import Deed

#: Long enough to fetch a telephone and, the first time, to install an app on it (design rule).
LASTS = timedelta(minutes=15)
#: Then the password is asked for again, with its slow work and its waits.
MOST_TRIES = 5
#: So long the owner can still be told that somebody else knows the password.
_KEPT = timedelta(days=30)


class HalfEnded(Exception):
    """The time or the tries between the two steps are over; the password comes first again."""


@dataclass(frozen=True, repr=False)
class Half:
    """Who has given the right password, and the row of their browser."""

    account: Account
    row: HalfSignIn


def begin_half(session: Session, *, account_id: int, at: datetime) -> str:
    """Note that the right password was given, and return the token of the browser that did."""
    session.execute(
        delete(HalfSignIn).where(
            HalfSignIn.account_id == account_id, HalfSignIn.created_at < at - _KEPT
        )
    )
    token = new_token()
    session.add(
        HalfSignIn(
            token_hash=hash_token(token),
            account_id=account_id,
            challenge=new_key(),
            created_at=at,
            expires_at=at + LASTS,
        )
    )
    session.flush()
    return token


def find_half(session: Session, *, token: str, at: datetime) -> Half | None:
    """Who stands between the two steps with this token, while they may."""
    found = session.execute(
        select(Account, HalfSignIn)
        .join(HalfSignIn, HalfSignIn.account_id == Account.id)
        .where(*_open(token, at), Account.active.is_(True))
    ).one_or_none()
    return Half(found[0], found[1]) if found is not None else None


def note_wrong(session: Session, *, search: bytes, token: str, at: datetime) -> None:
    """Count and write down a wrong second factor; the last one that is allowed ends the half."""
    found = session.execute(
        update(HalfSignIn)
        .where(*_open(token, at))
        .values(tries=HalfSignIn.tries + 1)
        .returning(HalfSignIn.tries, HalfSignIn.account_id)
    ).one_or_none()
    if found is None:
        return
    if found.tries >= MOST_TRIES:
        session.execute(
            update(HalfSignIn).where(HalfSignIn.token_hash == hash_token(token)).values(ended_at=at)
        )
    write_refusal(session, search=search, account_id=found.account_id, at=at)


def complete_half(session: Session, *, search: bytes, token: str, at: datetime) -> None:
    """Use up the half: it leads to one session, and that is written down as the sign-in.

    Raises HalfEnded when it did or has ended.
    """
    done = session.scalars(
        update(HalfSignIn)
        .where(*_open(token, at))
        .values(ended_at=at, completed_at=at)
        .returning(HalfSignIn.account_id)
    ).one_or_none()
    if done is None:
        raise HalfEnded
    write_about(session, search=search, at=at, deed=Deed.SIGNED_IN, subject_id=done, by_id=done)


def wrong_tries(session: Session, *, account_id: int, since: datetime) -> int:
    """How often a wrong second factor followed the right password and nobody got in."""
    return session.scalars(
        select(func.coalesce(func.sum(HalfSignIn.tries), 0)).where(
            HalfSignIn.account_id == account_id,
            HalfSignIn.completed_at.is_(None),
            HalfSignIn.created_at >= since,
        )
    ).one()


def _open(token: str, at: datetime) -> tuple[ColumnElement[bool], ...]:
    """That the half of a token still leads on."""
    return (
        HalfSignIn.token_hash == hash_token(token),
        HalfSignIn.ended_at.is_(None),
        HalfSignIn.expires_at > at,
    )
