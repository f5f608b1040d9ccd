"""Excusing a member: the cell proposes, the level above decides, the register follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from moderation.followups import BadDay
from moderation.leaving import excusals, slips
from moderation.leaving.excusals import AlreadyExcused, NotNow
from moderation.leaving.finding import NotThere
from moderation.leaving.reasons import read_reason
from moderation.workflow import Incomplete
from portal.models import Excusal, JournalEntry, Seal
from portal.vocabulary import Deed, ExcusalGround, ExcusalState, MembershipStatus, SlipState
from tests.moderation.leaving.absent import WHY, act, granted, noted, proposed, standing
from tests.moderation.ward import CELL_7, Ward

#: The ward stands at 23/11/2026.
FIRST, LAST = date(2025, 12, 1), date(2026, 11, 30)
DAY = timedelta(days=1)
ACTIVE, EXCUSED = [MembershipStatus.ACTIVE], [MembershipStatus.TEMPORARILY_EXCUSED]


def _excusal(ward: Ward, number: int) -> Excusal:
    with ward.database.reading() as session:
        return session.get_one(Excusal, number)


def test_what_was_granted_stands_in_the_register_until_its_last_day(ward: Ward) -> None:
    number = granted(ward, FIRST, LAST)
    assert standing(ward, FIRST - DAY) == ACTIVE
    assert standing(ward, FIRST) == standing(ward, LAST) == EXCUSED
    assert standing(ward, LAST + DAY) == ACTIVE
    with ward.database.reading() as session:
        reason = read_reason(session, office=ward.office, excusal_id=number)
        assert reason is not None
        assert (reason.ground, reason.words) == (ExcusalGround.WORKING_AWAY, WHY)
        deeds = session.execute(select(JournalEntry.deed, JournalEntry.organisation_id)).all()
    assert deeds[-2:] == [(Deed.EXCUSAL_PROPOSED, CELL_7), (Deed.EXCUSAL_GRANTED, CELL_7)]


def test_the_reason_lies_in_no_column(ward: Ward) -> None:
    number = proposed(ward, FIRST, LAST)
    with ward.database.reading() as session:
        whole = session.connection().exec_driver_sql("SELECT * FROM excusal").all()
        boxes = session.scalars(select(Seal.box).where(Seal.target_id == number)).all()
    assert not any(word in repr(whole) for word in ("công nhân", "working"))
    assert boxes
    assert not any("công nhân".encode() in box for box in boxes)


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (date(2026, 12, 2), date(2026, 12, 1), "order"),
        (date(2026, 1, 1), date(2026, 11, 22), "over"),
        (date(2026, 1, 1), date(2027, 1, 2), "too_long"),
    ],
)
def test_days_that_cannot_be_are_refused(ward: Ward, first: date, last: date, reason: str) -> None:
    with pytest.raises(BadDay) as refused:
        proposed(ward, first, last)
    assert refused.value.reason == reason


def test_one_at_a_time_and_never_without_a_reason(ward: Ward) -> None:
    with pytest.raises(Incomplete):
        proposed(ward, FIRST, LAST, reason=" ")
    number = proposed(ward, FIRST, LAST)
    with pytest.raises(AlreadyExcused):
        proposed(ward, LAST + DAY, LAST + 60 * DAY)
    act(ward, "thanh", excusals.withdraw, excusal_id=number)
    assert _excusal(ward, number).state is ExcusalState.WITHDRAWN
    granted(ward, FIRST, LAST)
    with pytest.raises(AlreadyExcused):
        proposed(ward, LAST, LAST + 60 * DAY)


def test_whoever_proposed_does_not_decide_nor_does_the_cell(ward: Ward) -> None:
    number = proposed(ward, FIRST, LAST, by="vinh")
    for login in ("vinh", "thanh"):
        with pytest.raises(NotNow):
            act(ward, login, excusals.grant, excusal_id=number)
    act(ward, "province", excusals.grant, excusal_id=number)
    with pytest.raises(NotNow):
        act(ward, "province", excusals.refuse, excusal_id=number, why="Thôi.")


def test_nobody_handles_their_own_entry_or_that_of_somebody_tied(ward: Ward) -> None:
    with pytest.raises(NotThere):
        proposed(ward, FIRST, LAST, who="thanh")
    with pytest.raises(NotThere):
        proposed(ward, FIRST, LAST, by="wife")
    with pytest.raises(NotThere):
        proposed(ward, FIRST, LAST, by="doan")
    number = proposed(ward, FIRST, LAST)
    for login in ("wife", "doan", "ky"):
        with pytest.raises(NotThere):
            act(ward, login, excusals.withdraw, excusal_id=number)


def test_a_refusal_says_why_to_the_cell_and_changes_nothing(ward: Ward) -> None:
    number = proposed(ward, FIRST, LAST)
    with pytest.raises(Incomplete):
        act(ward, "vinh", excusals.refuse, excusal_id=number, why="")
    act(ward, "vinh", excusals.refuse, excusal_id=number, why="Cần bổ sung thời gian.")
    with ward.database.reading() as session:
        reason = read_reason(session, office=ward.office, excusal_id=number)
    assert reason is not None
    assert (reason.words, reason.answer) == (WHY, "Cần bổ sung thời gian.")
    assert standing(ward, date(2026, 6, 1)) == ACTIVE


def test_whoever_comes_back_early_stands_as_before_from_that_day(ward: Ward) -> None:
    number = granted(ward, FIRST, LAST)
    back = date(2026, 11, 20)
    act(ward, "thanh", excusals.come_back, excusal_id=number, on=back)
    assert (standing(ward, back - DAY), standing(ward, back)) == (EXCUSED, ACTIVE)
    assert standing(ward, LAST + DAY) == ACTIVE
    assert _excusal(ward, number).ends_on == back - DAY
    with pytest.raises(NotNow):
        act(ward, "thanh", excusals.come_back, excusal_id=number, on=back)


def test_one_that_goes_on_without_a_gap_settles_the_one_before(ward: Ward) -> None:
    first = granted(ward, FIRST, LAST)
    granted(ward, LAST + DAY, LAST + 90 * DAY)
    assert _excusal(ward, first).settled_on == ward.office.today
    assert standing(ward, LAST + DAY) == EXCUSED
    assert standing(ward, LAST + 91 * DAY) == ACTIVE


def test_a_slip_settles_it_and_a_missing_one_leaves_it_open(ward: Ward) -> None:
    number = granted(ward, FIRST, LAST)
    today = ward.office.today
    noted(ward, number, SlipState.MISSING, today)
    assert _excusal(ward, number).settled_on is None
    noted(ward, number, SlipState.TELEPHONED, today)
    assert _excusal(ward, number).settled_on == today
    with pytest.raises(BadDay):
        noted(ward, number, SlipState.HANDED_IN, today + DAY)
    with ward.database.reading() as session:
        found = slips.slips_of(session, excusal_id=number)
    assert [slip.state for slip in found] == [SlipState.TELEPHONED, SlipState.MISSING]
