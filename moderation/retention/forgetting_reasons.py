"""Why a member was excused goes when the excusal has been over for long enough.

It may tell of illness and family, so it is kept for a period of its own. As with everything that
goes, the clock alone deletes nothing: what is over is noted, and goes when thirty days have been
counted since. That somebody was excused, and when, stays in the register.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from moderation import sealing
from moderation.office import Office
from portal.models import Excusal, Seal
from portal.models.submission import SealTarget
from portal.periods import NOTICE_DAYS, Periods
from portal.vocabulary import RetentionRule

_TARGET = SealTarget.EXCUSAL


def note_reasons(session: Session, *, periods: Periods, today: date, day: int) -> None:
    """Note which reasons are over, and take back of which that is so no more."""
    over, noted = _is_over(periods, today), Excusal.reason_noted.is_not(None)
    session.execute(update(Excusal).where(over, ~noted, _is_sealed()).values(reason_noted=day))
    session.execute(update(Excusal).where(~over, noted).values(reason_noted=None))


def forget_reasons(
    session: Session, *, office: Office, periods: Periods, day: int, most: int
) -> int:
    """Delete the seals of some that were noted thirty counted days ago; return how many that were.

    Call it until it returns nothing.
    """
    numbers = session.scalars(
        select(Excusal.id)
        .where(Excusal.reason_noted <= day - NOTICE_DAYS, _is_over(periods, office.today))
        .order_by(Excusal.id)
        .limit(most)
    ).all()
    for number in numbers:
        sealing.drop(session, target=_TARGET, target_id=number)
    session.execute(update(Excusal).where(Excusal.id.in_(numbers)).values(reason_noted=None))
    return len(numbers)


def _is_over(periods: Periods, today: date) -> ColumnElement[bool]:
    """That an excusal, or what was proposed and came to nothing, ended long enough ago."""
    return Excusal.ends_on < today - periods.length(RetentionRule.EXCUSAL)


def _is_sealed() -> ColumnElement[bool]:
    """That its reason is still there."""
    return exists().where(Seal.target == _TARGET, Seal.target_id == Excusal.id)
