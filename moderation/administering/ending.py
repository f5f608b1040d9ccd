"""Ending an account, and what it leaves behind for others.

An administrator reads no case. What was owned is told by numbers of matters, less those that the
reader is tied to; a reference number is told only to who may see the case by another role.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased

from moderation.access import Person, not_excluded, visible_to
from moderation.administering.forgetting import forget_factors
from moderation.administering.granting import end_grant
from moderation.administering.inviting import revoke_links
from moderation.administering.recording import record
from moderation.administering.releasing import release_unseen
from moderation.administering.requesting import drop_requests
from moderation.administering.scope import NotYours, find_account
from moderation.identity.holding import lay_down
from moderation.office import Office
from moderation.register import in_force
from moderation.sessions import end_sessions
from moderation.workflow import Action
from portal.models import Account, Case, CasePart, CaseScope, Event, Grant
from portal.models.case import Part
from portal.models.journal import Actor
from portal.models.submission import reference_of
from portal.vocabulary import Deed, Status

_SCREENED = (Status.RECEIVED, Status.SCREENING)


class Owned(enum.StrEnum):
    """In which way an account owns a matter."""

    CLAIMED = "claimed"
    PROPOSED = "proposed"
    HANDLED = "handled"


@dataclass(frozen=True)
class Belongings:
    """What an account owns in one way: the numbers that may be told, and how many others."""

    owned: Owned
    references: tuple[str, ...]
    others: int


def end_account(session: Session, *, office: Office, by: Person, account_id: int) -> Account:
    """End an account at once: its roles, sessions, links, requests and claims. Raises NotYours.

    The row stays: what this person did stays written down. By what they came in is forgotten, and
    so is the key of a custodian.
    """
    account = find_account(session, by=by, account_id=account_id, on=office.today, managed=True)
    if account.ended_at is not None:
        raise NotYours
    account.active, account.ended_at = False, office.at
    for grant in session.scalars(
        select(Grant).where(Grant.account_id == account.id, in_force(Grant, office.today))
    ):
        end_grant(grant, office=office, by=by)
    session.flush()
    revoke_links(session, account_id=account.id, at=office.at)
    drop_requests(session, office=office, by=by, account=account)
    release_unseen(session, office=office, account=account)
    end_sessions(session, account_id=account.id, at=office.at)
    forget_factors(session, account_id=account.id)
    lay_down(session, office=office, account_id=account.id)
    record(session, office=office, by=by, deed=Deed.ACCOUNT_ENDED, account_id=account.id)
    return account


def belongings(session: Session, *, by: Person, account: Account) -> list[Belongings]:
    """What an account owns or, once it has ended, has left and nobody has taken over yet."""
    claimed = _left(account) if account.ended_at else Case.claimant_id == account.id
    part = select(CasePart.case_id).where(
        CasePart.account_id == account.id, CasePart.part == Part.HANDLER
    )
    ways = {
        Owned.CLAIMED: select(Case.id).where(claimed),
        Owned.PROPOSED: select(Case.id).where(
            Case.proposer_id == account.id, Case.proposal.is_not(None)
        ),
        Owned.HANDLED: select(Case.id).where(Case.id.in_(part), Case.finished_at.is_(None)),
    }
    return [_told(session, by, owned, ids) for owned, ids in ways.items()]


def _left(account: Account) -> ColumnElement[bool]:
    """Let go of at the moment when the account ended, and held by nobody now.

    What it had claimed and lost before that moment was not its own any more.
    """
    back = select(Event.case_id).where(
        Event.action == Action.RELEASE,
        Event.actor == Actor.CLOCK,
        Event.at == account.ended_at,
    )
    later = aliased(Event)
    overtaken = exists().where(
        later.case_id == Event.case_id, later.action == Action.CLAIM, later.id > Event.id
    )
    mine = select(Event.case_id).where(
        Event.account_id == account.id, Event.action == Action.CLAIM, ~overtaken
    )
    free = Case.claimant_id.is_(None) & Case.status.in_(_SCREENED)
    return Case.id.in_(mine) & Case.id.in_(back) & free


def _told(session: Session, by: Person, owned: Owned, ids: Select[int]) -> Belongings:
    """What may be told of these cases to somebody."""
    known = set(session.scalars(ids.where(not_excluded(by, Case.id))))
    seen = set(session.scalars(visible_to(by).where(CaseScope.case_id.in_(ids))))
    return Belongings(owned, tuple(_references(seen)), len(known - seen))


def _references(ids: Iterable[int]) -> list[str]:
    return [reference_of(each) for each in sorted(ids)]
