"""Who an account is in the register, and to whom it is tied.

A tie hides cases from its account at once: whoever is signed in carries the marks of their ties
from the next page on. So one administrator may declare a tie, and anybody their own; taking one
back, which shows what was hidden, needs a second.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.recording import record
from moderation.administering.releasing import release_unseen
from moderation.administering.requesting import Wish, ask
from moderation.administering.scope import NotYours, find_account
from moderation.office import Office
from portal.models import Account, AccountRequest, Member, Tie
from portal.models.administration import RequestKind
from portal.vocabulary import Deed


class AlreadyTied(Exception):
    """It is written down already."""


class NoSuchMember(Exception):
    """There is no such member in the register."""


def declare_tie(
    session: Session, *, office: Office, by: Person, account_id: int, member_id: UUID
) -> Tie:
    """Tie an account to a member, without the kind of kinship. Cases it may no longer see go back.

    Raises NotYours, NoSuchMember, AlreadyTied.
    """
    account = find_account(session, by=by, account_id=account_id, on=office.today, managed=True)
    if session.get(Member, member_id) is None:
        raise NoSuchMember
    if account.member_id == member_id or session.get(Tie, (account.id, member_id)) is not None:
        raise AlreadyTied
    return _tie(session, office=office, by=by, account=account, member_id=member_id)


def declare_own_tie(session: Session, *, office: Office, by: Person, member_id: UUID) -> Tie:
    """Tie one's own account to a member: it can only hide, and only two others take it back.

    Raises AlreadyTied.
    """
    account = session.get_one(Account, by.account_id)
    if session.get(Tie, (account.id, member_id)) is not None:
        raise AlreadyTied
    return _tie(session, office=office, by=by, account=account, member_id=member_id)


def ask_to_untie(
    session: Session, *, office: Office, by: Person, account_id: int, member_id: UUID, reason: str
) -> AccountRequest:
    """Ask a second administrator to take a tie back. Raises NotYours, AlreadyAsked."""
    account = find_account(session, by=by, account_id=account_id, on=office.today, managed=True)
    if session.get(Tie, (account.id, member_id)) is None:
        raise NotYours
    wish = Wish(kind=RequestKind.UNTIE, member_id=member_id, reason=reason)
    return ask(session, office=office, by=by, account=account, wish=wish)


def name_member(
    session: Session,
    *,
    office: Office,
    by: Person,
    account_id: int,
    member_id: UUID | None,
    reason: str,
) -> Account | AccountRequest:
    """Say which member a person is; ``None`` is nobody of the register.

    Naming one where none was named can only hide, and is done at once. Anything else shows what
    was hidden, and is asked of a second administrator. Raises NotYours, NoSuchMember,
    AlreadyTied, AlreadyAsked.
    """
    account = find_account(session, by=by, account_id=account_id, on=office.today, managed=True)
    if member_id is not None and session.get(Member, member_id) is None:
        raise NoSuchMember
    if account.member_id == member_id:
        raise AlreadyTied
    if account.member_id is not None:
        wish = Wish(kind=RequestKind.CHANGE_MEMBER, member_id=member_id, reason=reason)
        return ask(session, office=office, by=by, account=account, wish=wish)
    account.member_id = member_id
    session.flush()
    release_unseen(session, office=office, account=account)
    record(session, office=office, by=by, deed=Deed.MEMBER_NAMED, account_id=account.id)
    return account


def _tie(session: Session, *, office: Office, by: Person, account: Account, member_id: UUID) -> Tie:
    """Write a tie down, and give back what the account may no longer see."""
    tie = Tie(
        account_id=account.id,
        member_id=member_id,
        declared_at=office.at,
        declared_by_id=by.account_id,
    )
    session.add(tie)
    session.flush()
    release_unseen(session, office=office, account=account)
    record(session, office=office, by=by, deed=Deed.TIED, account_id=account.id)
    return tie
