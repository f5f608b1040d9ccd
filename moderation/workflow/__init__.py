"""What may happen next: the transition table, who may do what, and the one writer of status."""

from moderation.workflow.actions import Action, Gate, Need, Who
from moderation.workflow.availability import available, permits
from moderation.workflow.performing import (
    Conflict,
    Incomplete,
    NotAvailable,
    check_version,
    perform,
)
from moderation.workflow.table import TRANSITIONS, Transition, find_transition

__all__ = [
    "TRANSITIONS",
    "Action",
    "Conflict",
    "Gate",
    "Incomplete",
    "Need",
    "NotAvailable",
    "Transition",
    "Who",
    "available",
    "check_version",
    "find_transition",
    "perform",
    "permits",
]
