"""Answering: a moderator reads the report, then gives the answer or asks for more."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import answering
from moderation.forms.passing import PublishForm, SendBackForm
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.workflow import Action
from portal.models.case import Room


@bp.post(f"/{CASE_ID}/publish")
def publish(case_id: int) -> AnyResponse:
    """Give the writer the answer."""
    form = typed(PublishForm)
    work = open_work(case_id, Room.DESK, Action.PUBLISH)
    if not form.validate():
        return draw(work, status=422, publish=form)
    answer, kept = form.answer.data, form.keep.data
    if not attempt(
        form,
        lambda: answering.publish(work.session, **work.tools, answer=answer, keeps_names=kept),
    ):
        return draw(reopen(work), status=422, publish=form)
    return finish(work, gettext("Câu trả lời đã đến người gửi."))


@bp.get(f"/{CASE_ID}/send-back")
def send_back(case_id: int) -> Response:
    """Ask what is not clear in a report."""
    work = open_work(case_id, Room.DESK, Action.SEND_BACK)
    return draw(work, "send_back", form=SendBackForm(formdata=None))


@bp.post(f"/{CASE_ID}/send-back")
def send_report_back(case_id: int) -> AnyResponse:
    """Ask the committee for more."""
    form = typed(SendBackForm)
    work = open_work(case_id, Room.DESK, Action.SEND_BACK)
    if not form.validate():
        return draw(work, "send_back", status=422, form=form)
    answering.send_back(work.session, **work.tools, reason=form.reason.data)
    return finish(work, gettext("Đã gửi lại báo cáo để làm rõ."))
