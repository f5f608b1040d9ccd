"""Deciding on what its writer contested: the committee or the commission of the level above."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import reviewing
from moderation.forms.reviewing import ReviewForm
from moderation.views.case.drawing import draw_proposal
from moderation.views.committee_case.drawing import draw
from moderation.views.committee_case.room import bp
from moderation.views.opening import CASE_ID, Work, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.workflow import Action
from moderation.workflow.table import REFUSALS
from portal.models.case import Room


@bp.get(f"/{CASE_ID}/review")
def review(case_id: int) -> Response:
    """Show what is contested and why, and ask for a decision."""
    work = open_work(case_id, Room.COMMITTEE, Action.UPHOLD)
    return _draw(work, ReviewForm(formdata=None))


@bp.post(f"/{CASE_ID}/review")
def decide_review(case_id: int) -> AnyResponse:
    """Let a result stand, or have the matter looked at anew."""
    form = typed(ReviewForm)
    work = open_work(case_id, Room.COMMITTEE, Action.UPHOLD)
    if not form.validate():
        return _draw(work, form, 422)
    again, why = form.again, form.note.data
    if not attempt(
        form, lambda: reviewing.decide(work.session, **work.tools, again=again, reason=why)
    ):
        return _draw(reopen(work), form, 422)
    return finish(work, gettext("Đã quyết định. Người gửi đọc được lý do."))


def _draw(work: Work, form: ReviewForm, status: int = 200) -> Response:
    """The form beside what a committee was sent, or beside the words that were refused."""
    if work.case.contested_from in REFUSALS:
        return draw_proposal(work, "review_refusal", status=status, form=form)
    return draw(work, "review", status=status, form=form)
