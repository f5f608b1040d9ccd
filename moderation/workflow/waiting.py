"""What waits on a case beside its clocks: an addition to be read, a decision to keep it."""

from __future__ import annotations

from datetime import datetime

from moderation.workflow.actions import Action, Gate, Who
from moderation.workflow.table import FINISHED, Transition
from portal.models import Case


def settle(case: Case, row: Transition, *, by_person: bool, at: datetime) -> None:
    """Let go of what a row answers, and note that an addition was passed on."""
    over = row.target in FINISHED
    if row.gate is Gate.LEFT:
        case.keep_until = None
    if row.gate is Gate.ADDED or over:
        case.supplied_at = None
    if over or (by_person and Who.COMMITTEE in row.who):
        case.passed_at = None
    if row.action is Action.PASS_ADDED:
        case.passed_at = at
