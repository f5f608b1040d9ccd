"""What goes with a custodian who leaves: told beforehand, while two can still sit together."""

from __future__ import annotations

import enum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.identity.holding import admitted, with_role
from moderation.office import Office
from portal.identity import LEAST
from portal.models import Identity, IdentityShare


class Stake(enum.StrEnum):
    """What would become of who wrote, if the key of an account went now."""

    #: The account has no key in use.
    NONE = "none"
    #: Two others open everything that is kept, so that they can divide it anew afterwards.
    OTHERS = "others"
    #: Something that is kept could never be opened again.
    LOST = "lost"


def stake_of(session: Session, *, office: Office, account_id: int) -> Stake:
    """What hangs on the key of an account. How much that is, is told to custodians alone."""
    known = admitted(with_role(session, office=office))
    others = [each.id for each in known if each.account_id != account_id]
    if len(others) == len(known):
        return Stake.NONE
    left = (
        select(func.count())
        .where(
            IdentityShare.submission_id == Identity.submission_id,
            IdentityShare.custodian_id.in_(others),
        )
        .scalar_subquery()
    )
    lost = session.scalars(select(Identity.submission_id).where(left < LEAST).limit(1)).first()
    return Stake.OTHERS if lost is None else Stake.LOST
