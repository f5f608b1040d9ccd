"""Why a member was excused goes a period after the excusal, and that they were excused stays."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select

from moderation.leaving.reasons import read_reason
from portal.models import Excusal, Seal
from portal.models.submission import SealTarget
from portal.periods import DEFAULTS, NOTICE_DAYS
from portal.vocabulary import RetentionRule
from tests.moderation.leaving.absent import granted
from tests.moderation.retention.conftest import Nights

LAST = date(2026, 11, 30)


def reasons(nights: Nights) -> int:
    """How many reasons lie sealed."""
    with nights.ward.database.reading() as session:
        sealed = select(func.count()).where(Seal.target == SealTarget.EXCUSAL)
        return session.scalar(sealed) or 0


def test_a_reason_goes_thirty_counted_days_after_its_period(nights: Nights) -> None:
    ward = nights.ward
    number = granted(ward, date(2026, 3, 1), LAST)
    kept = timedelta(days=DEFAULTS[RetentionRule.EXCUSAL])
    nights.leap((LAST + kept - ward.office.today).days)
    # The last day of the period belongs to it, and a leap of the clock alone lets nothing go.
    nights.one()
    nights.leap(300)
    nights.pass_by(NOTICE_DAYS)
    assert reasons(nights) == 1
    # After a leap backwards it is noted anew.
    nights.leap(-1)
    nights.one()
    nights.pass_by(NOTICE_DAYS - 1)
    assert reasons(nights) == 1
    nights.pass_by(2)
    assert reasons(nights) == 0
    with ward.database.reading() as session:
        assert read_reason(session, office=ward.office, excusal_id=number) is None
        assert session.get_one(Excusal, number).ends_on == LAST
