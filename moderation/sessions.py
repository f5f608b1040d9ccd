"""The rows that stand for signed-in browsers: begun, found, listed and ended.

A browser holds a random token and we hold only its hash. What ends a row, or the account, ends
at once whatever any cookie says. Who may begin one is not decided here.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from moderation.access import Owner
from moderation.journal import write_about
from portal.clock import local_date
from portal.models import Account, HalfSignIn, StaffSession
from portal.prepared import Prepared
from portal.vault import new_key, new_uid
from portal.vocabulary import Deed

#: How long a proof of who one is serves for what asks for a fresh one (design rule).
FRESH = timedelta(minutes=10)

#: Every page of the staff begins with it, so it is made ready once.
_FIND = Prepared(
    select(
        Account.id,
        Account.name,
        Account.login,
        Account.language,
        Account.member_id,
        StaffSession.uid,
        StaffSession.challenge,
        StaffSession.proven_at,
        StaffSession.seen_on,
    )
    .join(StaffSession, StaffSession.account_id == Account.id)
    .where(
        StaffSession.token_hash == bindparam("token_hash", type_=StaffSession.token_hash.type),
        StaffSession.ended_at.is_(None),
        StaffSession.expires_at > bindparam("at", type_=StaffSession.expires_at.type),
        Account.active.is_(True),
    )
)


@dataclass(frozen=True, repr=False)
class Live:
    """A session that has not ended, and whose it is."""

    account: Owner
    uid: bytes
    challenge: bytes
    proven_at: datetime
    seen_on: date | None

    def is_fresh(self, at: datetime) -> bool:
        """Whether its person proved who they are within the last ten minutes."""
        return self.proven_at <= at < self.proven_at + FRESH


def begin_session(
    session: Session, *, account_id: int, at: datetime, hours: int, device: str = ""
) -> str:
    """Begin a session of so many hours and return its token, which is stored nowhere.

    Every sign-in has a token of its own, so nobody can plant one beforehand. ``device`` is the
    sort of browser, as its owner will read it in the list.
    """
    token = new_token()
    session.add(
        StaffSession(
            token_hash=hash_token(token),
            uid=new_uid(),
            account_id=account_id,
            created_at=at,
            expires_at=at + timedelta(hours=hours),
            proven_at=at,
            challenge=new_key(),
            device=device,
            seen_on=local_date(at),
        )
    )
    return token


def find_session(session: Session, *, token: str, at: datetime) -> Live | None:
    """The session behind a token, in one statement; nothing once it or its account has ended."""
    # One that begins or ends in this very unit of work counts already.
    session.flush()
    for row in _FIND.rows(session, token_hash=hash_token(token), at=at):
        owner = Owner(row.id, row.name, row.login, row.language, row.member_id)
        return Live(owner, row.uid, row.challenge, row.proven_at, row.seen_on)
    return None


def note_seen(session: Session, *, token: str, on: date) -> None:
    """Keep on which day a session was last used, for the list of its owner."""
    session.execute(
        update(StaffSession).where(StaffSession.token_hash == hash_token(token)).values(seen_on=on)
    )


def prove_again(session: Session, *, token: str, at: datetime) -> None:
    """Note that whoever sits at this browser has just proven who they are."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.token_hash == hash_token(token))
        .values(proven_at=at)
    )


def use_up_challenge(session: Session, *, token: str) -> None:
    """Let nothing that was signed or offered at this browser so far be taken any more."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.token_hash == hash_token(token))
        .values(challenge=new_key())
    )


def sessions_of(session: Session, *, account_id: int, at: datetime) -> list[StaffSession]:
    """The sessions of an account that still open something, the newest first."""
    return list(
        session.scalars(
            select(StaffSession)
            .where(
                StaffSession.account_id == account_id,
                StaffSession.ended_at.is_(None),
                StaffSession.expires_at > at,
            )
            .order_by(StaffSession.created_at.desc(), StaffSession.uid)
        )
    )


def sign_out(session: Session, *, search: bytes, token: str, at: datetime) -> None:
    """End the session of one browser, and write it down. Ending it again changes nothing."""
    owner = session.scalar(
        update(StaffSession)
        .where(StaffSession.token_hash == hash_token(token), StaffSession.ended_at.is_(None))
        .values(ended_at=at)
        .returning(StaffSession.account_id)
    )
    if owner is not None:
        write_about(
            session, search=search, at=at, deed=Deed.SIGNED_OUT, subject_id=owner, by_id=owner
        )


def end_others(
    session: Session,
    *,
    search: bytes,
    account_id: int,
    by_id: int,
    at: datetime,
    keep: str | None = None,
    only: bytes | None = None,
) -> int:
    """End sessions of an account because somebody wants it, and write it down if any ended.

    ``keep`` and ``only`` are those of ``end_sessions``.
    """
    ended = end_sessions(session, account_id=account_id, at=at, keep=keep, only=only)
    if ended:
        write_about(
            session,
            search=search,
            at=at,
            deed=Deed.SESSIONS_ENDED,
            subject_id=account_id,
            by_id=by_id,
        )
    return ended


def end_sessions(
    session: Session,
    *,
    account_id: int,
    at: datetime,
    keep: str | None = None,
    only: bytes | None = None,
) -> int:
    """End every session of an account, in all its browsers, and say how many that were.

    Called when a password or a role changes and when an account ends; whoever has given only the
    password begins anew too. ``keep`` is the token of
    the one browser that goes on: that of its owner who asked for it. ``only`` is the uid of the
    one to end.
    """
    which = [StaffSession.account_id == account_id, StaffSession.ended_at.is_(None)]
    if keep is not None:
        which.append(StaffSession.token_hash != hash_token(keep))
    if only is not None:
        which.append(StaffSession.uid == only)
    found = list(session.scalars(select(StaffSession).where(*which, StaffSession.expires_at > at)))
    for row in found:
        row.ended_at = at
    if only is None:
        session.execute(
            update(HalfSignIn)
            .where(HalfSignIn.account_id == account_id, HalfSignIn.ended_at.is_(None))
            .values(ended_at=at)
        )
    return len(found)


def new_token() -> str:
    """A token for one browser: random, and too long to guess."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """What is stored of a token. It is random and long, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).digest()
