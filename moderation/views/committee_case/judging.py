"""Judging a report where the commission must give the answer: giving it, or asking for more."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import answering
from moderation.forms.passing import PublishForm, SendBackForm
from moderation.papers import read_paper
from moderation.views.committee_case.drawing import draw
from moderation.views.committee_case.room import bp
from moderation.views.opening import CASE_ID, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.workflow import Action
from portal.models.case import PaperKind, Room


@bp.get(f"/{CASE_ID}/publish")
def judge(case_id: int) -> Response:
    """Show what was found and the draft of the answer."""
    work = open_work(case_id, Room.COMMITTEE, Action.PUBLISH)
    paper = read_paper(work.session, keys=work.keys, case_id=work.case.id, kind=PaperKind.REPORT)
    draft = {"answer": paper["draft"]} if paper else {}
    return draw(work, "publish", form=PublishForm(formdata=None, data=draft))


@bp.post(f"/{CASE_ID}/publish")
def publish(case_id: int) -> AnyResponse:
    """Give the writer the answer. A commission keeps no name in it."""
    form = typed(PublishForm)
    work = open_work(case_id, Room.COMMITTEE, Action.PUBLISH)
    if not form.validate():
        return draw(work, "publish", status=422, form=form)
    text = form.answer.data
    if not attempt(form, lambda: answering.publish(work.session, **work.tools, answer=text)):
        return draw(reopen(work), "publish", status=422, form=form)
    return finish(work, gettext("Câu trả lời đã đến người gửi."))


@bp.get(f"/{CASE_ID}/send-back")
def send_back(case_id: int) -> Response:
    """Ask what is not clear in a report."""
    work = open_work(case_id, Room.COMMITTEE, Action.SEND_BACK)
    return draw(work, "send_back", form=SendBackForm(formdata=None))


@bp.post(f"/{CASE_ID}/send-back")
def send_report_back(case_id: int) -> AnyResponse:
    """Ask the committee for more."""
    form = typed(SendBackForm)
    work = open_work(case_id, Room.COMMITTEE, Action.SEND_BACK)
    if not form.validate():
        return draw(work, "send_back", status=422, form=form)
    answering.send_back(work.session, **work.tools, reason=form.reason.data)
    return finish(work, gettext("Đã gửi lại báo cáo để làm rõ."))
