"""Deciding on a proposal as its second person, where no moderator is left who could."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from moderation.views import confirming
from moderation.views.case.drawing import draw_proposal
from moderation.views.committee_case.room import bp
from moderation.views.opening import CASE_ID
from portal.models.case import Room


@bp.post(f"/{CASE_ID}/confirm")
def confirm(case_id: int) -> AnyResponse:
    """Confirm what a moderator proposes."""
    return confirming.agree(case_id, Room.COMMITTEE)


@bp.get(f"/{CASE_ID}/object")
def objection(case_id: int) -> Response:
    """Ask why a proposal is not right."""
    return confirming.ask_why(case_id, Room.COMMITTEE, draw_proposal)


@bp.post(f"/{CASE_ID}/object")
def object_to(case_id: int) -> AnyResponse:
    """Send a proposal back with a reason."""
    return confirming.send_back(case_id, Room.COMMITTEE, draw_proposal)
