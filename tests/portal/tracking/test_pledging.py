"""Promises: which ones matter where, and which are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.deadlines import Calendar
from portal.tracking import Tracked
from portal.tracking.pledging import Pledge, Standing, first_late, pledges
from portal.tracking.timeline import Promise
from portal.vocabulary import Status, SubmissionState
from tests.clocks import START

DUE = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TRACKED = Tracked(
    submission_id=1,
    case_id=1,
    status=Status.RECEIVED,
    state=None,
    rating=None,
    received_at=START,
    extended=False,
    fears_retaliation=False,
    acted=False,
    key=b"",
    public_key=b"",
)


def told(
    tracked: Tracked = TRACKED, *promises: Promise, now: datetime = START
) -> tuple[Pledge, ...]:
    """The pledges of a case, on a plain calendar."""
    return pledges(tracked, promises, now=now, calendar=Calendar())


def one(promise: Promise, status: Status = Status.IN_PROGRESS, now: datetime = START) -> Pledge:
    """The one pledge that belongs to a clock."""
    found = told(TRACKED._replace(status=status), promise, now=now)
    return next(pledge for pledge in found if pledge.stage == promise.stage)


@pytest.mark.parametrize(
    ("status", "stages"),
    [
        (Status.DECLINED, ["screening"]),
        (Status.REFERRED, ["screening"]),
        (Status.WITHDRAWN, []),
        (Status.CLOSED, ["screening", "pass_on", "result"]),
        (Status.RECEIVED, ["screening", "pass_on", "result"]),
    ],
)
def test_only_promises_that_mean_something_are_told(status: Status, stages: list[str]) -> None:
    assert [pledge.stage for pledge in told(TRACKED._replace(status=status))] == stages


def test_a_submission_with_a_state_of_its_own_is_promised_nothing() -> None:
    assert told(TRACKED._replace(state=SubmissionState.WITHDRAWN)) == ()


def test_before_the_clocks_are_set_promises_follow_from_the_receipt() -> None:
    screening, passing, result = told()
    assert screening.due_at == DUE
    assert passing.due_at == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
    assert (result.standing, result.due_at) == (Standing.LATER, None)
    urgent = told(TRACKED._replace(fears_retaliation=True))
    assert urgent[0].due_at == DUE - timedelta(days=1)
    assert urgent[1] == passing


@pytest.mark.parametrize(
    ("stopped", "standing"), [(DUE, Standing.KEPT), (DUE + SECOND, Standing.KEPT_LATE)]
)
def test_a_stopped_clock_is_kept_or_was_late(stopped: datetime, standing: Standing) -> None:
    promise = Promise("screening", DUE, stopped, paused=False)
    assert one(promise, now=DUE + timedelta(days=9)).standing is standing


def test_a_running_clock_is_late_from_the_next_second() -> None:
    promise = Promise("result", DUE, None, paused=False)
    assert one(promise, now=DUE).standing is Standing.RUNNING
    late = one(promise, now=DUE + SECOND)
    assert (late.standing, late.days_late) == (Standing.LATE, 0)
    assert one(promise, now=DUE + timedelta(days=1)).days_late == 1
    assert one(promise, now=DUE + timedelta(days=4)).days_late == 2


def test_a_paused_clock_is_never_late() -> None:
    promise = Promise("result", DUE, None, paused=True)
    assert one(promise, now=DUE + timedelta(days=30)).standing is Standing.PAUSED


def test_a_case_that_came_back_has_no_date_for_its_result() -> None:
    stopped = Promise("result", DUE, START, paused=False)
    assert one(stopped, Status.SCREENING).standing is Standing.LATER


def test_the_first_broken_promise_is_named() -> None:
    found = told(
        TRACKED._replace(status=Status.IN_PROGRESS),
        Promise("screening", DUE, DUE, paused=False),
        Promise("pass_on", DUE, None, paused=False),
        Promise("result", DUE, None, paused=False),
        now=DUE + SECOND,
    )
    late = first_late(found)
    assert late is not None
    assert late.stage == "pass_on"
    assert first_late(told()) is None
