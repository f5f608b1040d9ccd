"""What one administrator asks and a second one confirms. Never one's own, never about oneself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.recording import record_request
from moderation.administering.scope import NotYours, inside, is_managed, is_seen
from moderation.office import Office
from moderation.register import in_force
from portal.models import Account, AccountRequest, Grant
from portal.models.administration import Outcome, RequestKind
from portal.vocabulary import Deed, Role

#: A request that nobody confirmed for so long is forgotten (design rule).
LASTS = timedelta(days=7)


class AlreadyAsked(Exception):
    """The same is asked for already and waits for a second administrator."""


class NotForYou(Exception):
    """Whoever asks may not confirm, nor may the owner of the account."""


@dataclass(frozen=True)
class Wish:
    """What is asked for, and why."""

    kind: RequestKind
    reason: str
    role: Role | None = None
    organisation_id: int | None = None
    member_id: UUID | None = None


def ask(
    session: Session, *, office: Office, by: Person, account: Account, wish: Wish
) -> AccountRequest:
    """Ask a second administrator, and write it down.

    Raises AlreadyAsked; NotYours for one's own account.
    """
    if account.id == by.account_id:
        raise NotYours
    same = select(AccountRequest.id).where(
        AccountRequest.account_id == account.id,
        AccountRequest.kind == wish.kind,
        AccountRequest.role.is_not_distinct_from(wish.role),
        AccountRequest.organisation_id.is_not_distinct_from(wish.organisation_id),
        AccountRequest.member_id.is_not_distinct_from(wish.member_id),
        is_open(office),
    )
    if session.scalars(same).first() is not None:
        raise AlreadyAsked
    request = AccountRequest(
        kind=wish.kind,
        account_id=account.id,
        role=wish.role,
        organisation_id=wish.organisation_id,
        member_id=wish.member_id,
        reason=wish.reason,
        asked_by_id=by.account_id,
        asked_at=office.at,
        expires_at=office.at + LASTS,
    )
    session.add(request)
    session.flush()
    record_request(session, office=office, by=by, deed=Deed.PROPOSED, request=request)
    return request


def is_open(office: Office) -> ColumnElement[bool]:
    """That a request waits for an answer."""
    return and_(AccountRequest.outcome.is_(None), AccountRequest.expires_at > office.at)


def is_before(by: Person, office: Office) -> ColumnElement[bool]:
    """That an open request lies before an administrator: its account and its place are theirs.

    What is asked about oneself is for others; one reads it on one's own page.
    """
    account = AccountRequest.account_id
    seen = select(Account.id).where(is_seen(by, office.today))
    managed = select(Account.id).where(is_managed(by, office.today))
    return and_(
        is_open(office),
        account != by.account_id,
        or_(
            and_(AccountRequest.organisation_id.in_(inside(by)), account.in_(seen)),
            and_(AccountRequest.organisation_id.is_(None), account.in_(managed)),
        ),
    )


def take_up(session: Session, *, office: Office, by: Person, request_id: int) -> AccountRequest:
    """An open request that lies before an administrator, locked until the end. Raises NotYours."""
    found = session.scalars(
        select(AccountRequest)
        .where(AccountRequest.id == request_id, is_before(by, office))
        .with_for_update(key_share=True)
    ).one_or_none()
    if found is None:
        raise NotYours
    return found


def settle(request: AccountRequest, *, office: Office, by: Person, outcome: Outcome) -> None:
    """Write down who decided, and how. Raises NotForYou.

    Only the asker takes a request back; anybody else who may decide confirms or declines.
    """
    own = request.asked_by_id == by.account_id
    if own is not (outcome is Outcome.WITHDRAWN):
        raise NotForYou
    request.outcome = outcome
    request.decided_by_id, request.decided_at = by.account_id, office.at


def drop_requests(session: Session, *, office: Office, by: Person, account: Account) -> None:
    """Let everything end that is asked about an account, or that its owner asks."""
    touching = or_(
        AccountRequest.account_id == account.id, AccountRequest.asked_by_id == account.id
    )
    for request in session.scalars(select(AccountRequest).where(touching, is_open(office))):
        if request.account_id == by.account_id:
            request.expires_at = office.at
        else:
            request.outcome = Outcome.WITHDRAWN
            request.decided_by_id, request.decided_at = by.account_id, office.at


def still_asks(session: Session, *, office: Office, request: AccountRequest) -> bool:
    """Whether the asker is an administrator to this day."""
    holds = exists().where(
        Grant.account_id == Account.id,
        Grant.role == Role.ADMINISTRATOR,
        in_force(Grant, office.today),
    )
    asker = select(Account.id).where(
        Account.id == request.asked_by_id, Account.active.is_(True), holds
    )
    return session.scalars(asker).first() is not None
