"""Promise 6: every case has an owner and a clock, and every open status can always move on.

The days are counted in ``tests/portal/test_deadlines.py`` and the waits in
``tests/moderation/test_carrying_out_waits.py``. Here no status is a dead end, whatever people do.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation.access import visible_to
from moderation.workflow import Action, Who
from moderation.workflow.table import FINISHED, OPEN, TRANSITIONS
from portal.models import StageClock
from portal.models.case import Room
from portal.vocabulary import Status
from tests.doors.course import Course
from tests.moderation.walking import STAGES, set_out
from tests.moderation.ward import Ward

#: People whose work it is. A resident need not come back, so they do not count.
AT_WORK = {
    *(Who.MODERATOR, Who.COMMITTEE, Who.INSPECTOR, Who.LEVEL_ABOVE, Who.REVIEWER, Who.CLOCK),
}
#: Where a case waits for its writer only, the clock must be able to go on.
WAITS_FOR_THE_WRITER = {Status.NEED_INFO, Status.ANSWERED}


@pytest.mark.parametrize("status", sorted(OPEN))
def test_every_open_status_leads_to_an_end_without_the_writer(status: Status) -> None:
    reached = {status}
    while (
        more := {
            row.target
            for row in TRANSITIONS
            if row.target and row.who & AT_WORK and row.sources & reached
        }
        - reached
    ):
        reached |= more
    assert reached & FINISHED - {Status.WITHDRAWN}


@pytest.mark.parametrize("status", sorted(WAITS_FOR_THE_WRITER))
def test_a_writer_who_stays_away_stops_nothing(status: Status) -> None:
    assert [
        row for row in TRANSITIONS if status in row.sources and row.target and Who.CLOCK in row.who
    ]


@pytest.mark.parametrize("status", sorted(FINISHED))
def test_what_is_finished_stays_so_unless_its_writer_contests_it(status: Status) -> None:
    rows = [row for row in TRANSITIONS if status in row.sources]
    # What an authority answered is noted when it comes; the case stays where it is.
    rows = [row for row in rows if row.action is not Action.RECORD_REPLY or row.target]
    assert {row.action for row in rows} <= {Action.CONTEST}
    assert {who for row in rows for who in row.who} <= {Who.RESIDENT}


def test_on_its_way_a_case_is_never_without_a_clock_and_somebody_who_sees_it(ward: Ward) -> None:
    walk = set_out(ward)
    walk.send()
    for stage in STAGES[STAGES.index(Course.prepare) : STAGES.index(Course.rate)]:
        stage(walk)
        with walk.seen() as (session, case):
            room = Room.COMMITTEE if case.handler_id else Room.DESK
            people = [ward.person(session, login) for login in ward.accounts]
            assert any(
                case.id in set(session.scalars(visible_to(each, [room]))) for each in people
            ), stage.__name__
            running = session.scalars(
                select(StageClock.stage).where(
                    StageClock.case_id == case.id,
                    StageClock.stopped_at.is_(None),
                    StageClock.paused_at.is_(None),
                )
            ).all()
            assert running, stage.__name__
            assert case.due_at is not None, stage.__name__
