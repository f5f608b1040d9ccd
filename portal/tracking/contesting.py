"""Whether and until when a result may be contested. Pure: no session, no HTML.

Design rule: once for each submission, within thirty days of the day on which the result was given.
The days are counted from the result and not from the end, so that one date holds whatever follows.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from portal.clock import local_date
from portal.tracking.acting import ALLOWED, CONTEST_DAYS
from portal.tracking.finding import Tracked
from portal.tracking.timeline import Moment, Timeline
from portal.vocabulary import ActKind


class Contestable(NamedTuple):
    """How it stands with contesting: the last day, and whether it was done already."""

    until: date
    used: bool
    open: bool


def contestable(tracked: Tracked, course: Timeline, *, today: date) -> Contestable | None:
    """How it stands with contesting what was decided; nothing while there is no result, nor while
    the worker has still to take what was asked.
    """
    decided = course.decided
    if decided is None or tracked.state is not None or course.waiting(ActKind.CONTEST):
        return None
    if tracked.status not in ALLOWED[ActKind.CONTEST]:
        return None
    until, used = last_day(decided), course.did(ActKind.CONTEST)
    return Contestable(until, used, not used and today <= until)


def last_day(decided: Moment) -> date:
    """The last day on which a result may be contested, in Vietnam."""
    return local_date(decided.at) + CONTEST_DAYS
