"""Standing aside from a case before a committee."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from moderation.views import standing_aside
from moderation.views.committee_case.drawing import draw
from moderation.views.committee_case.room import bp
from moderation.views.opening import CASE_ID
from portal.models.case import Room


@bp.get(f"/{CASE_ID}/stand-aside")
def recusal(case_id: int) -> Response:
    """Say what standing aside means."""
    return standing_aside.ask(case_id, Room.COMMITTEE, draw)


@bp.post(f"/{CASE_ID}/stand-aside")
def recuse(case_id: int) -> AnyResponse:
    """Say that one is tied to the member."""
    return standing_aside.go(case_id, Room.COMMITTEE, draw)
