"""The page of a case on the desk, and taking it or letting it go."""

from __future__ import annotations

from flask import Response, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, finish, open_work
from moderation.workflow import Action, perform
from portal.models.case import Room
from portal.text import one_line


@bp.get(f"/{CASE_ID}")
def show(case_id: int) -> Response:
    """Show a case with what may be done now; ``q`` looks for a member by name."""
    work = open_work(case_id, Room.DESK)
    return draw(work, query=one_line(request.args.get("q", ""))[:200])


@bp.post(f"/{CASE_ID}/claim")
def claim(case_id: int) -> AnyResponse:
    """Take a case."""
    work = open_work(case_id, Room.DESK, Action.CLAIM)
    perform(work.session, **work.tools, action=Action.CLAIM)
    return finish(work, gettext("Đồng chí đã nhận việc này."))


@bp.post(f"/{CASE_ID}/release")
def release(case_id: int) -> AnyResponse:
    """Let a case go back to the queue."""
    work = open_work(case_id, Room.DESK, Action.RELEASE)
    perform(work.session, **work.tools, action=Action.RELEASE)
    return finish(work, gettext("Hồ sơ đã về hàng chờ."))
