"""What was promised to a resident, and whether each promise is kept. Pure: no session, no HTML."""

from __future__ import annotations

import enum
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from portal.deadlines import TARGETS, Calendar, Targets, due, lateness
from portal.i18n import lazy_gettext as _
from portal.tracking.finding import Tracked
from portal.tracking.timeline import PROMISED, REVIEW, REVIEWED, Promise
from portal.vocabulary import Status

STAGE_WORDS = {
    "screening": _("Xem sơ bộ"),
    "pass_on": _("Chuyển đi"),
    "result": _("Kết quả"),
    REVIEWED: _("Xem lại việc"),
    REVIEW: _("Xem xét lại"),
}

#: In these the result has no date yet: its clock starts when an organisation receives the case.
_BEFORE_ROUTING = frozenset({Status.RECEIVED, Status.SCREENING, Status.NEED_INFO, Status.ELIGIBLE})
#: Where the way ended early, only the first promise was ever meant.
_ENDED_EARLY = frozenset({Status.DECLINED, Status.REFERRED})


class Standing(enum.StrEnum):
    """How a promise stands."""

    RUNNING = "running"
    PAUSED = "paused"
    LATE = "late"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    LATER = "later"


class Pledge(NamedTuple):
    """One promise: its stage, its date (none while it has not begun), how it stands."""

    stage: str
    standing: Standing
    due_at: datetime | None = None
    days_late: int = 0
    #: How many working days it will have, while it has no date.
    working_days: int = 0

    @property
    def is_late(self) -> bool:
        """Whether the resident is waiting longer than promised."""
        return self.standing is Standing.LATE

    @property
    def is_open(self) -> bool:
        """Whether it is still to come, with a date."""
        return self.standing in {Standing.RUNNING, Standing.LATE}


def pledges(
    tracked: Tracked,
    promises: tuple[Promise, ...],
    *,
    now: datetime,
    calendar: Calendar,
    targets: Targets = TARGETS,
) -> tuple[Pledge, ...]:
    """The promises that matter where the case stands, in the order of the way."""
    clocks = {promise.stage: promise for promise in promises}
    return tuple(
        _pledge(tracked, stage, clocks.get(stage), now, calendar, targets)
        for stage in _stages(tracked, clocks)
        if stage in clocks or stage in PROMISED
    )


def promised_from_receipt(stage: str, *, fears_retaliation: bool, targets: Targets) -> int:
    """How many working days after the receipt a stage ends; fear is looked at sooner."""
    urgent = stage == "screening" and fears_retaliation
    return targets["screening_urgent" if urgent else stage].working_days


def first_late(found: tuple[Pledge, ...]) -> Pledge | None:
    """The promise that is broken now, if one is."""
    return next((pledge for pledge in found if pledge.is_late), None)


def _stages(tracked: Tracked, clocks: Collection[str]) -> tuple[str, ...]:
    """Which promises still mean something. What was contested may end without being sent on."""
    if tracked.state is not None or tracked.status is Status.WITHDRAWN:
        return ()
    if tracked.status is Status.ON_HOLD:
        return (*PROMISED, REVIEWED)
    if tracked.status is Status.REVIEW:
        return (REVIEW,)
    never_sent = tracked.status is Status.CLOSED and clocks and "result" not in clocks
    return PROMISED[:1] if never_sent or tracked.status in _ENDED_EARLY else PROMISED


def _pledge(
    tracked: Tracked,
    stage: str,
    clock: Promise | None,
    now: datetime,
    calendar: Calendar,
    targets: Targets,
) -> Pledge:
    """How one promise stands. Before the worker set the clocks they follow from the receipt."""
    if stage == "result" and (clock is None or tracked.status in _BEFORE_ROUTING):
        return Pledge(stage, Standing.LATER, working_days=targets[stage].working_days)
    if clock is None:
        target = promised_from_receipt(
            stage, fears_retaliation=tracked.fears_retaliation, targets=targets
        )
        due_at = due(tracked.received_at, target, calendar)
        clock = Promise(stage, due_at, None, paused=False)
    if clock.stopped_at is not None:
        in_time = clock.stopped_at <= clock.due_at
        return Pledge(stage, Standing.KEPT if in_time else Standing.KEPT_LATE, clock.due_at)
    if clock.paused:
        return Pledge(stage, Standing.PAUSED, clock.due_at)
    if now > clock.due_at:
        days = lateness(clock.due_at, now, calendar)
        return Pledge(stage, Standing.LATE, clock.due_at, days)
    return Pledge(stage, Standing.RUNNING, clock.due_at)
