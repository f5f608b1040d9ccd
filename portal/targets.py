"""How many working days each stage may take: what administrators set, else what the program says.

A clock keeps the days that it was started with, so a new target holds for what starts afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.deadlines import TARGETS, Target, Targets
from portal.models import StageTarget


@dataclass(frozen=True)
class Bounds:
    """Between how many working days administrators choose; ``calendar``: of the wall calendar."""

    least: int
    most: int
    calendar: bool = False


#: Design rule: nobody promises what is never kept, nor so many days that they mean nothing.
BOUNDS: Final[Mapping[str, Bounds]] = MappingProxyType(
    {
        "screening": Bounds(1, 10),
        "screening_urgent": Bounds(1, 5),
        "confirm": Bounds(1, 5),
        "pass_on": Bounds(1, 15),
        "need_info": Bounds(3, 30),
        "accept": Bounds(1, 10),
        "result": Bounds(5, 60),
        "extension_max": Bounds(1, 30),
        "hold_review_max": Bounds(5, 120),
        "publish": Bounds(1, 10),
        "keep": Bounds(1, 5),
        "rating": Bounds(5, 30),
        "review": Bounds(5, 30),
        "tell_above": Bounds(1, 10),
        "take_over": Bounds(2, 30),
        "taken_over": Bounds(3, 30),
        "transfer_start": Bounds(10, 120),
        "transfer_present": Bounds(5, 90),
        "excusal_most": Bounds(30, 732, calendar=True),
        "excusal_before": Bounds(7, 90, calendar=True),
        "excusal_after": Bounds(7, 90, calendar=True),
    }
)


def read_targets(session: Session) -> Targets:
    """The targets in force, in one statement; whatever stands in the table within its bounds."""
    rows = session.execute(select(StageTarget.stage, StageTarget.working_days))
    found = {row.stage: _within(row.stage, row.working_days) for row in rows if row.stage in BOUNDS}
    return MappingProxyType({**TARGETS, **found})


def _within(stage: str, days: int) -> Target:
    """A target, kept within its bounds."""
    return Target(stage, min(max(days, BOUNDS[stage].least), BOUNDS[stage].most))
