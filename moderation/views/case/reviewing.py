"""Deciding on a refusal that its writer contested: the desk of a level above."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import reviewing
from moderation.forms.reviewing import ReviewForm
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.workflow import Action
from portal.models.case import Room


@bp.get(f"/{CASE_ID}/review")
def review(case_id: int) -> Response:
    """Show what is contested and why, and ask for a decision."""
    work = open_work(case_id, Room.DESK, Action.UPHOLD)
    return draw(work, "review", form=ReviewForm(formdata=None))


@bp.post(f"/{CASE_ID}/review")
def decide_review(case_id: int) -> AnyResponse:
    """Let a refusal stand, or have the matter screened anew."""
    form = typed(ReviewForm)
    work = open_work(case_id, Room.DESK, Action.UPHOLD)
    if not form.validate():
        return draw(work, "review", status=422, form=form)
    again, why = form.again, form.note.data
    if not attempt(
        form, lambda: reviewing.decide(work.session, **work.tools, again=again, reason=why)
    ):
        return draw(reopen(work), "review", status=422, form=form)
    return finish(work, gettext("Đã quyết định. Người gửi đọc được lý do."))
