"""Inviting somebody to an account by a link that is handed over once.

The link holds a random token that is stored nowhere, only its hash. An account lets nobody in
before its owner has chosen a password: until then it counts nowhere as somebody on duty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Row, Select, select, update
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.accounts import NOT_CHOSEN, login_of
from moderation.administering.recording import record
from moderation.administering.scope import find_account, find_place
from moderation.administering.tying import NoSuchMember
from moderation.journal import write_about
from moderation.office import Office
from moderation.passwords import Chosen, set_password
from moderation.sessions import end_sessions, hash_token, new_token
from portal.models import Account, Invitation, Member
from portal.text import fold, name_order
from portal.vocabulary import Deed

#: How long a link opens its account (design rule).
LASTS = timedelta(hours=72)


class LoginTaken(Exception):
    """Somebody has this login already."""


class InvitationOver(Exception):
    """The link opens nothing: it is used, too old, replaced, or none of ours."""


@dataclass(frozen=True, repr=False)
class Newcomer:
    """Who is invited: a login, a name, a home, and the member this person is, if any."""

    login: str
    name: str
    home_id: int
    member_id: UUID | None = None


@dataclass(frozen=True, repr=False)
class Link:
    """An account with the one thing that opens it, to be shown once and kept nowhere."""

    account: Account
    token: str
    expires_at: datetime


def invite(session: Session, *, office: Office, by: Person, newcomer: Newcomer) -> Link:
    """Make an account without a role and a link that opens it.

    Raises NotYours for a home elsewhere, NoSuchMember, LoginTaken.
    """
    find_place(session, by=by, organisation_id=newcomer.home_id, on=office.today)
    account = add_account(session, newcomer=newcomer, at=office.at)
    link = make_link(session, account=account, by_id=by.account_id, at=office.at)
    record(session, office=office, by=by, deed=Deed.INVITED, account_id=account.id)
    return link


def renew_link(session: Session, *, office: Office, by: Person, account_id: int) -> Link:
    """Make a new link for an account; the older ones open nothing any more. Raises NotYours.

    For an account in use it serves whoever has forgotten the password. It does not replace the
    second factor, and the old password opens the account until the link is used.
    """
    account = find_account(session, by=by, account_id=account_id, on=office.today, managed=True)
    if account.ended_at is not None:
        raise InvitationOver
    link = make_link(session, account=account, by_id=by.account_id, at=office.at)
    record(session, office=office, by=by, deed=Deed.LINK_RENEWED, account_id=account.id)
    return link


def add_account(session: Session, *, newcomer: Newcomer, at: datetime) -> Account:
    """Write the account down, closed. Raises LoginTaken, NoSuchMember."""
    login = login_of(newcomer.login)
    if session.scalars(select(Account.id).where(Account.login == login)).first() is not None:
        raise LoginTaken
    if newcomer.member_id is not None and session.get(Member, newcomer.member_id) is None:
        raise NoSuchMember
    account = Account(
        login=login,
        name=newcomer.name,
        password_hash=NOT_CHOSEN,
        member_id=newcomer.member_id,
        home_id=newcomer.home_id,
        active=False,
        created_at=at,
    )
    session.add(account)
    session.flush()
    return account


def make_link(session: Session, *, account: Account, by_id: int | None, at: datetime) -> Link:
    """Make the one link that opens an account from now on."""
    revoke_links(session, account_id=account.id, at=at)
    token = new_token()
    invitation = Invitation(
        account_id=account.id,
        token_hash=hash_token(token.strip()),
        invited_by_id=by_id,
        invited_at=at,
        expires_at=at + LASTS,
    )
    session.add(invitation)
    session.flush()
    return Link(account, token, invitation.expires_at)


def revoke_links(session: Session, *, account_id: int, at: datetime) -> None:
    """Let the links of an account that nobody used open nothing."""
    session.execute(
        update(Invitation)
        .where(
            Invitation.account_id == account_id,
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )


def invited_account(session: Session, *, token: str, at: datetime) -> Account:
    """The account that a link opens. Raises InvitationOver."""
    return _row(session.execute(_opening(token, at)).one_or_none())[1]


def accept(
    session: Session, *, search: bytes, token: str, name: str, password: Chosen, at: datetime
) -> Account:
    """Take over an account with a name and a password of one's own; the link is used up.

    Raises InvitationOver. Whoever was signed in to it is signed out.
    """
    locked = _opening(token, at).with_for_update(key_share=True, of=Invitation)
    invitation, account = _row(session.execute(locked).one_or_none())
    invitation.used_at = at
    account.name, account.folded, account.placed = name, fold(name), name_order(name)
    account.active = True
    session.flush()
    set_password(session, account_id=account.id, password=password)
    end_sessions(session, account_id=account.id, at=at)
    own = account.id
    write_about(session, search=search, at=at, deed=Deed.ACCEPTED, subject_id=own, by_id=own)
    return account


def _opening(token: str, at: datetime) -> Select[Invitation, Account]:
    """A link that still opens, and what it opens."""
    return (
        select(Invitation, Account)
        .join(Account, Account.id == Invitation.account_id)
        .where(
            Invitation.token_hash == hash_token(token.strip()),
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > at,
            Account.ended_at.is_(None),
        )
    )


def _row(found: Row[Invitation, Account] | None) -> tuple[Invitation, Account]:
    """What was found. Raises InvitationOver when nothing was."""
    if found is None:
        raise InvitationOver
    return found[0], found[1]
