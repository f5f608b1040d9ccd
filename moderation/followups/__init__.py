"""What a committee does with a case: accept, return, act, ask the member, hold, extend."""

from moderation.followups.clearing import Clearing, clear_name
from moderation.followups.days import BadDay
from moderation.followups.pacing import accept, extend, give_back, hold, resume_work
from moderation.followups.recording import (
    ATTEMPTS_NEEDED,
    Deed,
    Statement,
    done,
    kinds_done,
    kinds_for,
    record,
    record_statement,
)

__all__ = [
    "ATTEMPTS_NEEDED",
    "BadDay",
    "Clearing",
    "Deed",
    "Statement",
    "accept",
    "clear_name",
    "done",
    "extend",
    "give_back",
    "hold",
    "kinds_done",
    "kinds_for",
    "record",
    "record_statement",
    "resume_work",
]
