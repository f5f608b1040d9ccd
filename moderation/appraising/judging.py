"""What a result still lacks before a cell may sign: pure rules over one row.

Design rules: a blank is no result; nobody is anything but continuing before they were asked; what
needs a decision of the Party's own process names it; discipline names the group it belongs to.
"""

from __future__ import annotations

from portal.i18n import lazy_gettext as _
from portal.models import ReviewResult
from portal.vocabulary import ReviewOutcome, ScreeningGroup
from portal.vocabulary.labelled import Labelled

_OF_A_GROUP = frozenset(
    {
        ReviewOutcome.MENTORING,
        ReviewOutcome.REPRIMAND,
        ReviewOutcome.WARNING,
        ReviewOutcome.DISMISSAL,
        ReviewOutcome.EXPELLED,
        ReviewOutcome.REMOVED,
    }
)


class Lacking(Labelled):
    """The first thing that a result lacks."""

    RESULT = "result", _("Chưa ghi")
    OUTCOME = "outcome", _("Thiếu kết quả")
    GROUP = "group", _("Thiếu nhóm vi phạm, hạn chế")
    DECISION = "decision", _("Thiếu số, ngày quyết định")
    MENTOR = "mentor", _("Thiếu người giúp đỡ, thời hạn")
    ANSWER = "answer", _("Chưa xong việc hỏi đảng viên")


def lacking(row: ReviewResult | None) -> Lacking | None:
    """What a result lacks, or nothing when it can be signed.

    A member who was not reviewed, somebody excused for instance, lacks nothing.
    """
    if row is None or row.reviewed is None:
        return Lacking.RESULT
    if not row.reviewed:
        return None
    if row.outcome is None:
        return Lacking.OUTCOME
    if row.outcome in _OF_A_GROUP and not groups_of(row):
        return Lacking.GROUP
    if row.outcome.needs_decision and not (row.reference and row.decided_on):
        return Lacking.DECISION
    if _lacks_mentor(row):
        return Lacking.MENTOR
    if needs_answer(row) and not (row.answer_state and row.answer_state.is_final):
        return Lacking.ANSWER
    return None


def groups_of(row: ReviewResult) -> tuple[ScreeningGroup, ...]:
    """The groups that a member was recorded in."""
    return tuple(group for group in ScreeningGroup if getattr(row, column_of(group)))


def column_of(group: ScreeningGroup) -> str:
    """The column that says whether a member is in a group."""
    return f"group_{group.value}"


def needs_answer(row: ReviewResult) -> bool:
    """Whether the member must have been asked: the result is more than that they continue."""
    return row.outcome not in {None, ReviewOutcome.CONTINUE} or bool(groups_of(row))


def _lacks_mentor(row: ReviewResult) -> bool:
    """Whether help for a time lacks its time or its helper."""
    helped = row.outcome is ReviewOutcome.MENTORING or row.mentoring_until or row.mentor_id
    return bool(helped) and not (row.mentoring_until and row.mentor_id)
