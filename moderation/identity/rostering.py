"""Keeping the roster: the worker signs to whose keys identities are sealed from now on."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.identity.holding import QUEUE, admitted, with_role
from moderation.office import Office
from portal.db import queue_for
from portal.identity import LEAST, Roster, read_roster, sign_roster
from portal.models import Custodian, CustodianRoster


def is_outdated(session: Session, *, office: Office) -> bool:
    """Whether the roster no longer says whose keys are in use."""
    wanted = _wanted(with_role(session, office=office))
    known = read_roster(session, keys=office.ring.log_public)
    return (known.members if known else ()) != _members(wanted)


def keep_roster(session: Session, *, office: Office) -> Roster | None:
    """Sign a new roster where keys have come or gone; return it, or nothing when nothing changed.

    Whoever has the role and a key is admitted by two custodians in one sitting. While there are
    fewer than two, nobody could do so: then all who have a key are admitted at once.
    """
    queue_for(session, QUEUE)
    wanted = _wanted(with_role(session, office=office))
    known = read_roster(session, keys=office.ring.log_public)
    members = _members(wanted)
    if (known.members if known else ()) == members:
        return None
    for each in wanted:
        each.admitted_at = each.admitted_at or office.at
    number = (session.scalar(select(func.max(CustodianRoster.id))) or 0) + 1
    session.add(
        sign_roster(
            office.ring.log_signer,
            version=office.ring.log_version,
            number=number,
            members=members,
            at=office.at,
        )
    )
    return Roster(number, members)


def _wanted(custodians: list[Custodian]) -> list[Custodian]:
    """Whose keys are to be in use."""
    there = admitted(custodians)
    return there if len(there) >= LEAST else custodians


def _members(custodians: list[Custodian]) -> tuple[tuple[int, bytes], ...]:
    """What a roster says of them."""
    return tuple((each.id, each.public) for each in custodians)
