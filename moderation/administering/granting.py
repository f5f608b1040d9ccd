"""Giving a role and taking it away.

What gives power over cases, or over those who give it, needs a second administrator.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.recording import record
from moderation.administering.releasing import release_unseen
from moderation.administering.requesting import Wish, ask
from moderation.administering.scope import NotYours, find_account, find_place, inside
from moderation.office import Office
from moderation.register import in_force
from moderation.sessions import end_sessions
from portal.models import Account, AccountRequest, Grant, Organisation
from portal.models.administration import RequestKind
from portal.vocabulary import Deed, OrganisationKind, Role

#: Design rule. Administrators are among them: one alone could otherwise make the second.
_WITH_A_SECOND = frozenset({Role.MODERATOR, Role.CUSTODIAN, Role.ADMINISTRATOR})


class AlreadyHeld(Exception):
    """The account holds this role here already."""


def needs_second(role: Role, kind: OrganisationKind) -> bool:
    """Whether a role at an organisation of this kind is given by two administrators."""
    inspects = role is Role.COMMITTEE and kind is OrganisationKind.COMMISSION
    return role in _WITH_A_SECOND or inspects


def give_role(
    session: Session,
    *,
    office: Office,
    by: Person,
    account_id: int,
    role: Role,
    organisation_id: int,
    reason: str,
) -> Grant | AccountRequest:
    """Give a role at an organisation, or ask a second administrator where one is needed.

    Raises NotYours for one's own account and for what lies elsewhere; AlreadyHeld; AlreadyAsked.
    """
    account = find_account(session, by=by, account_id=account_id, on=office.today)
    place = find_place(session, by=by, organisation_id=organisation_id, on=office.today)
    if account.id == by.account_id or account.ended_at is not None:
        raise NotYours
    if _holds(session, office, account, role, place):
        raise AlreadyHeld
    if needs_second(role, place.kind):
        wish = Wish(kind=RequestKind.GRANT, role=role, organisation_id=place.id, reason=reason)
        return ask(session, office=office, by=by, account=account, wish=wish)
    grant = Grant(
        account_id=account.id,
        role=role,
        organisation_id=place.id,
        granted_by_id=by.account_id,
        valid_from=office.today,
    )
    session.add(grant)
    end_sessions(session, account_id=account.id, at=office.at)
    _record(session, office, by, Deed.ROLE_GIVEN, grant)
    return grant


def take_role(
    session: Session, *, office: Office, by: Person, account_id: int, grant_id: int
) -> Grant:
    """Take a role away at once; what was claimed by it goes back. Raises NotYours.

    Taking power away needs nobody else: it can be given back by two.
    """
    account = find_account(session, by=by, account_id=account_id, on=office.today)
    grant = session.scalars(
        select(Grant).where(
            Grant.id == grant_id,
            Grant.account_id == account.id,
            Grant.account_id != by.account_id,
            Grant.organisation_id.in_(inside(by)),
            in_force(Grant, office.today),
        )
    ).one_or_none()
    if grant is None:
        raise NotYours
    end_grant(grant, office=office, by=by)
    session.flush()
    release_unseen(session, office=office, account=account)
    end_sessions(session, account_id=account.id, at=office.at)
    _record(session, office, by, Deed.ROLE_TAKEN, grant)
    return grant


def end_grant(grant: Grant, *, office: Office, by: Person) -> None:
    """Let a role hold no more, from this moment: both ends of its days count."""
    grant.valid_to = office.today - timedelta(days=1)
    grant.ended_at, grant.ended_by_id = office.at, by.account_id


def _record(session: Session, office: Office, by: Person, deed: Deed, grant: Grant) -> None:
    """Write down that a role was given or taken, at its place."""
    record(
        session,
        office=office,
        by=by,
        deed=deed,
        account_id=grant.account_id,
        role=grant.role,
        organisation_id=grant.organisation_id,
    )


def _holds(
    session: Session, office: Office, account: Account, role: Role, place: Organisation
) -> bool:
    """Whether an account holds exactly this role today."""
    found = select(Grant.id).where(
        Grant.account_id == account.id,
        Grant.role == role,
        Grant.organisation_id == place.id,
        in_force(Grant, office.today),
    )
    return session.scalars(found).first() is not None
