"""How a membership stands while somebody is away, and again afterwards: rows of the register."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.registering.memberships import stand, strike
from moderation.registering.rows import standings_of
from portal.models import Member, Standing
from portal.vocabulary import MembershipStatus

_DAY = timedelta(days=1)
#: What passes by itself: whoever was in one of these stands as before it, once it is over.
_PASSING = frozenset(
    {
        MembershipStatus.TEMPORARILY_EXCUSED,
        MembershipStatus.TEMPORARY_ELSEWHERE,
        MembershipStatus.TRANSFERRING,
    }
)


def stand_away(
    session: Session,
    *,
    office: Office,
    member: Member,
    status: MembershipStatus,
    on: date,
    until: date | None = None,
) -> None:
    """Let a membership stand so from a day on; after a last day it stands as before.

    Raises Refused where the register holds something that stands in the way.
    """
    before = status_before(session, member=member, on=on)
    _strike_later(session, office, member, on)
    stand(session, office=office, member=member, status=status, on=on, until=until)
    if until is not None:
        stand(session, office=office, member=member, status=before, on=until + _DAY)


def stand_again(session: Session, *, office: Office, member: Member, on: date) -> None:
    """Let a membership stand from a day on as it did before somebody went away. Raises Refused."""
    before = status_before(session, member=member, on=on)
    _strike_later(session, office, member, on)
    stand(session, office=office, member=member, status=before, on=on)


def status_before(session: Session, *, member: Member, on: date) -> MembershipStatus:
    """How a membership stood last on a day, before what passes by itself."""
    rows = [row for row in _lasting(session, member) if row.valid_from <= on]
    return rows[-1].status if rows else MembershipStatus.ACTIVE


def _strike_later(session: Session, office: Office, member: Member, on: date) -> None:
    """Take back that somebody would stand as before from a later day: it comes otherwise now.

    Only what an absence wrote down itself is taken back: the return to what was before.
    """
    back = status_before(session, member=member, on=on)
    for row in _lasting(session, member):
        if row.valid_from > on and row.valid_to is None and row.status is back:
            strike(session, office=office, member=member, row=row)


def _lasting(session: Session, member: Member) -> list[Standing]:
    """The rows that do not pass by themselves, in the order of their days."""
    rows = (row for row in standings_of(session, member) if row.status not in _PASSING)
    return sorted(rows, key=lambda row: (row.valid_from, row.id))
