"""Where opening who wrote a letter stands: what a moderator and a commission are shown of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.access import Person, Relation
from moderation.office import Office
from portal.models import (
    Account,
    Case,
    Identity,
    IdentityApproval,
    IdentityOpening,
    IdentityRequest,
    Seal,
)
from portal.models.submission import SealHolder, SealTarget
from portal.vocabulary import IdentityOutcome


class NoIdentity(Exception):
    """There is no identity for this person to ask for; whether there is one is not told."""


@dataclass(frozen=True)
class Standing:
    """Where opening one identity stands: the newest request, if there is one.

    ``until`` is until when it waits or, opened, may be read; ``mine`` whether the person asking is
    its reader.
    """

    submission_id: int
    outcome: IdentityOutcome | None = None
    asked: bool = False
    asked_by: str = ""
    reader: str = ""
    agreed: int = 0
    until: datetime | None = None
    open: bool = False
    mine: bool = False

    @property
    def waits(self) -> bool:
        """Whether custodians are being asked."""
        return self.asked and self.outcome is None


def may_ask(relation: Relation) -> bool:
    """Whether somebody may ask for who wrote: moderators and commissions, never a cell."""
    return relation.moderates or relation.inspects or relation.judges


def identities_of(
    session: Session, *, office: Office, case: Case, by: Person, relation: Relation
) -> list[Standing]:
    """Of the letters in a case, those whose writer is known under seal; nothing to a cell."""
    if not may_ask(relation):
        return []
    # Which letters are in a case is also told by its seals: a commission's page asks for no letter.
    letters = select(Seal.holder_id).where(
        Seal.target == SealTarget.CASE_PUBLIC,
        Seal.target_id == case.id,
        Seal.holder == SealHolder.SUBMISSION,
    )
    found = session.scalars(
        select(Identity.submission_id)
        .where(Identity.submission_id.in_(letters))
        .order_by(Identity.submission_id)
    ).all()
    return [_standing(session, office, number, by) for number in found]


def find_standing(
    session: Session,
    *,
    office: Office,
    case: Case,
    by: Person,
    relation: Relation,
    submission_id: int,
) -> Standing:
    """Where opening this submission's identity stands. Raises NoIdentity."""
    for each in identities_of(session, office=office, case=case, by=by, relation=relation):
        if each.submission_id == submission_id:
            return each
    raise NoIdentity


def is_open_to(session: Session, office: Office, submission_id: int, reader_id: int) -> bool:
    """Whether a reader may see this identity now."""
    opened = select(IdentityOpening.request_id).join(
        IdentityRequest, IdentityRequest.id == IdentityOpening.request_id
    )
    mine = opened.where(
        IdentityRequest.submission_id == submission_id,
        IdentityRequest.reader_id == reader_id,
        IdentityOpening.gone_at.is_(None),
        IdentityOpening.until > office.at,
    )
    return session.scalars(mine.limit(1)).first() is not None


def _standing(session: Session, office: Office, submission_id: int, by: Person) -> Standing:
    """The newest request about one submission, with the names of who asked and who reads."""
    wanted = select(IdentityRequest).where(IdentityRequest.submission_id == submission_id)
    request = session.scalars(wanted.order_by(IdentityRequest.id.desc()).limit(1)).first()
    if request is None:
        return Standing(submission_id)
    names = dict(
        session.execute(
            select(Account.id, Account.name).where(
                Account.id.in_([request.asked_by_id, request.reader_id])
            )
        ).all()
    )
    opening = session.get(IdentityOpening, request.id)
    waiting = request.outcome is None and request.expires_at > office.at
    open_now = opening is not None and opening.gone_at is None and opening.until > office.at
    return Standing(
        submission_id=submission_id,
        outcome=None if waiting else request.outcome or IdentityOutcome.EXPIRED,
        asked=True,
        asked_by=names.get(request.asked_by_id, ""),
        reader=names.get(request.reader_id, ""),
        agreed=_agreed(session, request.id),
        until=opening.until if opening else request.expires_at,
        open=open_now,
        mine=request.reader_id == by.account_id,
    )


def _agreed(session: Session, request_id: int) -> int:
    """How many custodians have agreed to a request."""
    counted = select(func.count()).where(
        IdentityApproval.request_id == request_id, IdentityApproval.agreed.is_(True)
    )
    return session.scalar(counted) or 0
