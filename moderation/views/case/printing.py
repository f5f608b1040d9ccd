"""The papers of a case on the desk: the routing slip, and the answer."""

from __future__ import annotations

from flask import Response

from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID
from moderation.views.printing import hand_out_answer, hand_out_slip
from portal.models.case import Room


@bp.post(f"/{CASE_ID}/slip")
def print_slip(case_id: int) -> Response:
    """Hand out the routing slip."""
    return hand_out_slip(case_id)


@bp.post(f"/{CASE_ID}/answer-paper")
def print_answer(case_id: int) -> Response:
    """Hand out the answer as a letter."""
    return hand_out_answer(case_id, Room.DESK)
