"""What a result lacks: whatever is written down, nothing is signed that the rules do not carry."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from moderation.appraising.judging import Lacking, groups_of, lacking, needs_answer
from portal.models import ReviewResult
from portal.vocabulary import AnswerState, ReviewOutcome, ScreeningGroup

_YES_NO_BLANK = st.sampled_from([True, False, None])
_DAY = st.sampled_from([None, date(2026, 11, 2)])
_ROWS = st.builds(
    ReviewResult,
    reviewed=_YES_NO_BLANK,
    **{f"group_{group.value}": _YES_NO_BLANK for group in ScreeningGroup},
    outcome=st.sampled_from([None, *ReviewOutcome]),
    reference=st.sampled_from([None, "05-QĐ/ĐU"]),
    decided_on=_DAY,
    mentoring_until=_DAY,
    mentor_id=st.sampled_from([None, UUID(int=1)]),
    answer_state=st.sampled_from([None, *AnswerState]),
)
_ENDING = {
    *(ReviewOutcome.REPRIMAND, ReviewOutcome.WARNING, ReviewOutcome.DISMISSAL),
    *(ReviewOutcome.EXPELLED, ReviewOutcome.REMOVED, ReviewOutcome.LEFT),
}


@given(_ROWS)
def test_what_lacks_nothing_was_answered_decided_and_is_no_blank(row: ReviewResult) -> None:
    if lacking(row) is not None:
        return
    assert row.reviewed is not None
    if not row.reviewed:
        return
    assert row.outcome is not None
    if row.outcome is not ReviewOutcome.CONTINUE or groups_of(row):
        assert needs_answer(row)
        assert row.answer_state is not None
        assert row.answer_state is not AnswerState.ASKED
    if row.outcome in _ENDING:
        assert row.reference
        assert row.decided_on
    assert bool(row.mentoring_until) == bool(row.mentor_id)


def test_nothing_recorded_is_no_result() -> None:
    assert lacking(None) is Lacking.RESULT
    assert lacking(ReviewResult()) is Lacking.RESULT
    assert lacking(ReviewResult(reviewed=True)) is Lacking.OUTCOME


def test_a_group_alone_asks_for_an_answer_and_discipline_for_a_group() -> None:
    flagged = ReviewResult(reviewed=True, group_violation=True, outcome=ReviewOutcome.CONTINUE)
    assert lacking(flagged) is Lacking.ANSWER
    warned = ReviewResult(reviewed=True, outcome=ReviewOutcome.WARNING)
    assert lacking(warned) is Lacking.GROUP
    left = ReviewResult(reviewed=True, outcome=ReviewOutcome.LEFT)
    assert lacking(left) is Lacking.DECISION


def test_removed_expelled_and_left_are_three_things() -> None:
    words = {ReviewOutcome.REMOVED, ReviewOutcome.EXPELLED, ReviewOutcome.LEFT}
    assert len({str(each.label) for each in words}) == 3
    assert all(each.needs_decision for each in words)
