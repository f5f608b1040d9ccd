"""What follows when a second administrator confirms, declines, or the asker thinks better of it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.forgetting import forget_factors
from moderation.administering.recording import record_request
from moderation.administering.releasing import release_unseen
from moderation.administering.requesting import settle, still_asks, take_up
from moderation.administering.scope import NotYours
from moderation.office import Office
from moderation.sessions import end_sessions
from portal.models import Account, AccountRequest, Grant, Tie
from portal.models.administration import Outcome, RequestKind
from portal.vocabulary import Deed


def confirm(session: Session, *, office: Office, by: Person, request_id: int) -> AccountRequest:
    """Carry out what another administrator asked for. Raises NotYours and NotForYou.

    What was asked by somebody who is no administrator any more, or for an account that has
    ended, is not there to be confirmed. Its owner signs in anew.
    """
    request = take_up(session, office=office, by=by, request_id=request_id)
    account = session.get_one(Account, request.account_id)
    if account.ended_at is not None or not still_asks(session, office=office, request=request):
        raise NotYours
    settle(request, office=office, by=by, outcome=Outcome.CONFIRMED)
    _DEEDS[request.kind](session, office, request)
    session.flush()
    release_unseen(session, office=office, account=account)
    end_sessions(session, account_id=account.id, at=office.at)
    deed = _WRITTEN[request.kind]
    record_request(session, office=office, by=by, deed=deed, request=request)
    return request


def decline(session: Session, *, office: Office, by: Person, request_id: int) -> AccountRequest:
    """Refuse what another administrator asked for. Raises NotYours and NotForYou."""
    request = take_up(session, office=office, by=by, request_id=request_id)
    settle(request, office=office, by=by, outcome=Outcome.DECLINED)
    record_request(session, office=office, by=by, deed=Deed.DECLINED, request=request)
    return request


def withdraw(session: Session, *, office: Office, by: Person, request_id: int) -> AccountRequest:
    """Take back what one asked for oneself. Raises NotYours and NotForYou."""
    request = take_up(session, office=office, by=by, request_id=request_id)
    settle(request, office=office, by=by, outcome=Outcome.WITHDRAWN)
    record_request(session, office=office, by=by, deed=Deed.WITHDRAWN, request=request)
    return request


def _give(session: Session, office: Office, request: AccountRequest) -> None:
    """The role, with both who gave it."""
    session.add(
        Grant(
            account_id=request.account_id,
            role=request.role,
            organisation_id=request.organisation_id,
            granted_by_id=request.asked_by_id,
            confirmed_by_id=request.decided_by_id,
            valid_from=office.today,
        )
    )


def _reset(session: Session, _office: Office, request: AccountRequest) -> None:
    """Forget the second factors: the owner enrols anew at the next sign-in."""
    forget_factors(session, account_id=request.account_id)


def _untie(session: Session, _office: Office, request: AccountRequest) -> None:
    """Take a declared tie back."""
    session.execute(
        delete(Tie).where(Tie.account_id == request.account_id, Tie.member_id == request.member_id)
    )


def _change_member(session: Session, _office: Office, request: AccountRequest) -> None:
    """Say that the person is another member, or none."""
    session.get_one(Account, request.account_id).member_id = request.member_id


_DEEDS: dict[RequestKind, Callable[[Session, Office, AccountRequest], None]] = {
    RequestKind.GRANT: _give,
    RequestKind.RESET_FACTOR: _reset,
    RequestKind.UNTIE: _untie,
    RequestKind.CHANGE_MEMBER: _change_member,
}
#: What stands in the journal when a request was confirmed: what has changed, not that it was.
_WRITTEN: dict[RequestKind, Deed] = {
    RequestKind.GRANT: Deed.ROLE_GIVEN,
    RequestKind.RESET_FACTOR: Deed.FACTORS_RESET,
    RequestKind.UNTIE: Deed.UNTIED,
    RequestKind.CHANGE_MEMBER: Deed.MEMBER_NAMED,
}
