"""Dividing what is kept among the custodians of today: the worker's part of a sitting.

Each batch is one transaction, and the rows say how far it has come. An identity gets a fresh secret
each time, so that an old share is of no use with new ones.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Select, delete, exists, func, insert, or_, select
from sqlalchemy.orm import Session, aliased

from moderation.identity import sealing
from moderation.office import Office
from moderation.papers import open_submission_key
from portal.db import queue_for
from portal.identity import (
    Particulars,
    Roster,
    Share,
    open_particulars,
    open_share,
    read_roster,
    seal_particulars,
)
from portal.models import (
    Custodian,
    CustodianRoster,
    CustodianSitting,
    Identity,
    IdentityApproval,
    IdentityRequest,
    IdentityShare,
)
from portal.models.submission import SealTarget
from portal.vault import CannotOpen, open_box

BATCH = 25
#: A public process seals to the roster that it last read, which is a minute old at most. So the
#: worker looks again after this time for what came meanwhile (design rule).
SETTLES = timedelta(minutes=3)


def waiting_sittings(session: Session, *, at: datetime) -> list[int]:
    """The sittings for which there is something to do now."""
    newest = select(func.max(CustodianRoster.id)).scalar_subquery()
    left = exists().where(
        Identity.roster_id < newest, Identity.submission_id > CustodianSitting.reached
    )
    wanted = select(CustodianSitting.id).where(
        CustodianSitting.finished_at.is_(None),
        or_(left, CustodianSitting.at <= at - SETTLES),
    )
    return list(session.scalars(wanted))


def redivide(session: Session, *, office: Office, sitting_id: int) -> None:
    """Divide one batch anew, or finish: then both keys that were lent are gone.

    What these two cannot open stays as it is and is counted.
    """
    queue_for(session, b"sitting")
    sitting = session.get_one(CustodianSitting, sitting_id)
    roster = read_roster(session, keys=office.ring.log_public)
    if sitting.finished_at is not None or roster is None or not roster.takes_identities:
        return
    numbers = session.scalars(_left(sitting, roster)).all()
    keys = _lent(session, office, sitting) if numbers else {}
    for number in numbers:
        sitting.done += _divide(session, office, roster, keys, number)
        sitting.reached = number
    if numbers or office.at < sitting.at + SETTLES:
        return
    if not sitting.settled:
        sitting.settled, sitting.reached = True, 0
        return
    sitting.first_box = sitting.second_box = None
    sitting.finished_at = office.at
    older = select(func.count()).select_from(Identity).where(Identity.roster_id < roster.number)
    sitting.lost = session.scalar(older) or 0


def _left(sitting: CustodianSitting, roster: Roster) -> Select[int]:
    """The next identities of older rosters of which both have a share."""
    first, second = aliased(IdentityShare), aliased(IdentityShare)
    return (
        select(Identity.submission_id)
        .join(first, first.submission_id == Identity.submission_id)
        .join(second, second.submission_id == Identity.submission_id)
        .where(
            Identity.roster_id < roster.number,
            Identity.submission_id > sitting.reached,
            first.custodian_id == sitting.first_id,
            second.custodian_id == sitting.second_id,
        )
        .order_by(Identity.submission_id)
        .limit(BATCH)
    )


def _lent(
    session: Session, office: Office, sitting: CustodianSitting
) -> dict[int, X25519PrivateKey]:
    """The keys that the two lent to the worker, by their ids."""
    opener, found = office.ring.notice_opener(sitting.key_version), {}
    for number, box in (
        (sitting.first_id, sitting.first_box),
        (sitting.second_id, sitting.second_box),
    ):
        uid = session.get_one(Custodian, number).uid
        raw = open_box(opener, box or b"", "custodian_sitting", uid)
        found[number] = X25519PrivateKey.from_private_bytes(raw)
    return found


def _divide(
    session: Session,
    office: Office,
    roster: Roster,
    keys: dict[int, X25519PrivateKey],
    number: int,
) -> int:
    """Divide one identity anew; 1 when that was done, 0 when it does not open."""
    identity = session.get_one(Identity, number, with_for_update={"key_share": True})
    own = open_submission_key(session, office=office, submission_id=number)
    try:
        told = _open(session, identity, keys, own)
    except CannotOpen:
        return 0
    sealed = seal_particulars(told, number=number, own=own, keys=roster.keys)
    session.execute(delete(IdentityShare).where(IdentityShare.submission_id == number))
    session.execute(
        insert(IdentityShare),
        [
            {"submission_id": number, "custodian_id": each, "place": place, "box": box}
            for each, (place, box) in sealed.shares.items()
        ],
    )
    identity.box, identity.roster_id = sealed.box, roster.number
    _ask_again(session, number)
    return 1


def _open(
    session: Session, identity: Identity, keys: dict[int, X25519PrivateKey], own: bytes
) -> Particulars:
    """Open one identity with the keys of two custodians. Raises CannotOpen."""
    number, found = identity.submission_id, list[Share]()
    for custodian_id, private in keys.items():
        row = session.get_one(IdentityShare, (number, custodian_id))
        found.append(
            open_share(private, row.box, place=row.place, number=number, custodian_id=custodian_id)
        )
    return open_particulars(found[0], found[1], identity.box, number=number, own=own)


def _ask_again(session: Session, number: int) -> None:
    """Ask again whoever agreed to a waiting request: their share is of the old division."""
    waiting = select(IdentityRequest.id).where(
        IdentityRequest.submission_id == number, IdentityRequest.outcome.is_(None)
    )
    for request_id in session.scalars(waiting).all():
        sealing.drop(session, SealTarget.IDENTITY_APPROVAL, request_id)
        session.execute(delete(IdentityApproval).where(IdentityApproval.request_id == request_id))
