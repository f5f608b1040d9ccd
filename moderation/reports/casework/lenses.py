"""From which room a reader sees cases, and when each came to them; and the moments of a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_

from moderation.access import Person, visible_to
from moderation.reports.periods import Period
from moderation.reports.tables import SEEN_STAGES
from moderation.workflow.table import ALL_STAGES
from portal.clock import start_of
from portal.models import Case
from portal.models.case import Room
from portal.vocabulary import ReportTable, Role

Bounds = tuple[datetime, datetime]


@dataclass(frozen=True)
class Lens:
    """The cases that somebody sees from one room and from no better one."""

    room: Room
    sees: ColumnElement[bool]

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages whose clocks are read from there."""
        return ALL_STAGES if self.room is Room.DESK else SEEN_STAGES

    def moment(self, column: Any) -> Any:
        """When something happened that came before a case was passed on, as it is told there."""
        return column if self.room is Room.DESK else Case.routed_at


def lenses_of(by: Person, table: ReportTable) -> tuple[Lens, ...]:
    """How a reader sees the cases of a table: each case through one lens only."""
    desk, committee = (Case.id.in_(visible_to(by, [room])) for room in (Room.DESK, Room.COMMITTEE))
    moderates, found = by.has(Role.MODERATOR), list[Lens]()
    if moderates:
        found.append(Lens(Room.DESK, desk))
    if by.has(Role.COMMITTEE) and not table.is_of_desks:
        found.append(Lens(Room.COMMITTEE, and_(committee, ~desk) if moderates else committee))
    return tuple(found)


def bounds_of(period: Period) -> Bounds:
    """The moments at which a period begins and is over, in UTC."""
    first, after = start_of(period.since), start_of(period.until + timedelta(days=1))
    return first.astimezone(UTC), after.astimezone(UTC)


def within(moment: Any, bounds: Bounds) -> ColumnElement[bool]:
    """That a moment lies in the period."""
    return and_(moment >= bounds[0], moment < bounds[1])
