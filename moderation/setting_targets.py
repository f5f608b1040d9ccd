"""Setting how many working days each stage may take; clocks that run keep what they have.

One administrator of the highest level is enough: what was promised to somebody is not touched.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.scope import NotYours, looks_after_all
from moderation.journal import write_down
from moderation.office import Office
from moderation.setting import keep_settings
from portal.db import queue_for
from portal.models import StageTarget
from portal.targets import BOUNDS, read_targets
from portal.vocabulary import Deed

_QUEUE = b"targets"


class OutOfBounds(Exception):
    """A target is shorter or longer than anybody may set; ``stage`` says which one."""

    def __init__(self, stage: str) -> None:
        """Keep the stage."""
        super().__init__(stage)
        self.stage = stage


class TooSoon(Exception):
    """The level above would take over before it is told."""


def set_targets(
    session: Session, *, office: Office, by: Person, days: Mapping[str, int]
) -> list[str]:
    """Set the targets, in working days; return the stages that changed.

    Raises NotYours for whoever does not look after the whole portal, OutOfBounds, TooSoon.
    """
    if not looks_after_all(session, by=by):
        raise NotYours
    for stage, count in days.items():
        if not BOUNDS[stage].least <= count <= BOUNDS[stage].most:
            raise OutOfBounds(stage)
    queue_for(session, _QUEUE)
    before = {stage: target.working_days for stage, target in read_targets(session).items()}
    wanted = {**before, **days}
    if wanted["take_over"] <= wanted["tell_above"]:
        raise TooSoon
    changed = [stage for stage, count in days.items() if before[stage] != count]
    if changed:
        rows = [StageTarget(stage=stage, working_days=days[stage]) for stage in changed]
        keep_settings(session, office=office, by=by, rows=rows)
        write_down(
            session,
            ring=office.ring,
            at=office.at,
            deed=Deed.TARGETS_SET,
            account_id=by.account_id,
        )
    return changed
