"""What somebody writes down of one member, and what of it does not fit together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from moderation.appraising.judging import needs_answer
from moderation.followups import ATTEMPTS_NEEDED
from portal.models import ReviewResult
from portal.vocabulary import AnswerState, ReviewOutcome, ScreeningGroup


class NotRecorded(Exception):
    """Something does not fit; ``field`` is what can mend it and ``reason`` a short code."""

    def __init__(self, field: str, reason: str) -> None:
        """Keep both."""
        super().__init__(reason)
        self.field, self.reason = field, reason


@dataclass(frozen=True)
class Recorded:
    """What somebody wrote down of one member; what is empty was not recorded.

    ``read_back``: the member read their answer again, or heard it, and agreed.
    """

    reviewed: bool | None = None
    groups: frozenset[ScreeningGroup] = frozenset()
    outcome: ReviewOutcome | None = None
    reference: str = ""
    decided_on: date | None = None
    mentor_id: UUID | None = None
    mentoring_until: date | None = None
    answer_state: AnswerState | None = None
    asked_on: date | None = None
    asked_again_on: date | None = None
    answered_on: date | None = None
    answer: str = ""
    read_back: bool = False
    note: str = ""


def check_said(recorded: Recorded) -> None:
    """Raise unless it says whether the member was reviewed, and why if they were not."""
    if recorded.reviewed is None:
        raise NotRecorded("reviewed", "not_said")
    if not recorded.reviewed and not recorded.note.strip():
        raise NotRecorded("note", "no_reason")


def check_days(row: ReviewResult, today: date) -> None:
    """Raise unless the days can be what they say."""
    for field in ("decided_on", "asked_on", "asked_again_on", "answered_on"):
        day = getattr(row, field)
        if day is not None and day > today:
            raise NotRecorded(field, "future")
    if row.mentoring_until is not None and row.mentoring_until <= today:
        raise NotRecorded("mentoring_until", "not_ahead")
    if row.answered_on is not None and row.asked_on is not None and row.answered_on < row.asked_on:
        raise NotRecorded("answered_on", "before_asked")


def check_answer(row: ReviewResult, recorded: Recorded) -> None:
    """Raise unless what became of asking the member is whole.

    Design rules, as for a statement about a comment: nobody is unreachable before two attempts on
    different days, and an answer counts once its writer agreed to how it was taken down.
    """
    if row.answer_state is None:
        if needs_answer(row):
            raise NotRecorded("answer_state", "not_asked")
        return
    if row.asked_on is None:
        raise NotRecorded("asked_on", "asked")
    if row.answer_state is AnswerState.UNREACHABLE:
        if len({row.asked_on, row.asked_again_on} - {None}) < ATTEMPTS_NEEDED:
            raise NotRecorded("asked_again_on", "attempts")
    elif row.answer_state.is_final and row.answered_on is None:
        raise NotRecorded("answered_on", "answered")
    if row.answer_state is AnswerState.GIVEN:
        if not recorded.answer.strip():
            raise NotRecorded("answer", "no_answer")
        if not recorded.read_back:
            raise NotRecorded("read_back", "read_back")
