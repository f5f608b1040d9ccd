"""Who wrote: asking two custodians to open it, and reading it once they have."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from moderation.views import unsealing
from moderation.views.committee_case.drawing import draw
from moderation.views.committee_case.room import bp
from moderation.views.opening import CASE_ID
from portal.models.case import Room

_IDENTITY = f"/{CASE_ID}/identity/<int:submission_id>"


@bp.get(_IDENTITY)
def identity(case_id: int, submission_id: int) -> Response:
    """Show how opening it stands, and ask for whom and why."""
    return unsealing.ask_why(case_id, submission_id, Room.COMMITTEE, draw)


@bp.post(_IDENTITY)
def ask_identity(case_id: int, submission_id: int) -> AnyResponse:
    """Ask the custodians."""
    return unsealing.ask(case_id, submission_id, Room.COMMITTEE, draw)


@bp.post(f"{_IDENTITY}/read")
def read_identity(case_id: int, submission_id: int) -> AnyResponse:
    """Show who wrote, to the one reader and while it is open."""
    return unsealing.read(case_id, submission_id, Room.COMMITTEE, draw)
