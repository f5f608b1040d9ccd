"""The answer to a resident as a letter, for the committee that gave it."""

from __future__ import annotations

from flask import Response

from moderation.views.committee_case.room import bp
from moderation.views.opening import CASE_ID
from moderation.views.printing import hand_out_answer
from portal.models.case import Room


@bp.post(f"/{CASE_ID}/answer-paper")
def print_answer(case_id: int) -> Response:
    """Hand out the answer as a letter."""
    return hand_out_answer(case_id, Room.COMMITTEE)
