"""How many members each cell had at the end of a day, from the register.

Counted is whose home cell it was on that day, and who was a member by then: also who was excused,
had a temporary cell elsewhere, or was being transferred, because the home cell counts them until
another one has taken them over (design rule, after DOMAIN 3.6). Not counted is who had been
transferred away, had left, been removed or expelled, or had died.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from moderation.register import in_force
from portal.models import Membership, Standing
from portal.vocabulary import MembershipKind, MembershipStatus

#: Who stands so is no member of the cell any more, whatever the list of the cell says.
NOT_COUNTED = frozenset(
    {
        MembershipStatus.TRANSFERRED,
        MembershipStatus.LEFT,
        MembershipStatus.REMOVED,
        MembershipStatus.EXPELLED,
        MembershipStatus.DECEASED,
    }
)


def count_members(session: Session, *, on: date) -> dict[int, int]:
    """The number of members by home cell at the end of a day, in one statement.

    A cell in which nobody had been written down by then is not named: its number is not known, and
    no zero.
    """
    gone = exists().where(
        Standing.member_id == Membership.member_id,
        Standing.status.in_(NOT_COUNTED),
        in_force(Standing, on),
    )
    counts = and_(in_force(Membership, on), ~gone)
    rows = session.execute(
        select(
            Membership.organisation_id,
            func.count(case((counts, Membership.member_id)).distinct()).label("amount"),
        )
        .where(
            Membership.kind == MembershipKind.HOME,
            Membership.valid_from <= on,
            # What was entered by mistake ends before it begins, and was never so.
            or_(Membership.valid_to.is_(None), Membership.valid_to >= Membership.valid_from),
        )
        .group_by(Membership.organisation_id)
    )
    return {row.organisation_id: row.amount for row in rows}
