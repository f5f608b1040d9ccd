"""Ending a case before it is passed on: not taking it, or naming the authority that may."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import screening
from moderation.forms.screening import DeclineForm
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, Work, finish, open_work, reopen, typed
from moderation.views.referring import ask_reply, ask_where, keep_reply, point_there
from moderation.views.refusals import attempt
from moderation.views.replies import begin, choosing
from moderation.workflow import Action
from portal.models.case import Room
from portal.vocabulary import Occasion


@bp.get(f"/{CASE_ID}/decline")
def decline(case_id: int) -> Response:
    """Ask why it is not taken, and what the writer is told."""
    work = open_work(case_id, Room.DESK, Action.DECLINE, Action.PROPOSE)
    return _begun(work, DeclineForm(formdata=None))


@bp.post(f"/{CASE_ID}/decline")
def decline_case(case_id: int) -> AnyResponse:
    """Propose that it is not taken; praise may be declined at once."""
    form = typed(DeclineForm)
    work = open_work(case_id, Room.DESK, Action.DECLINE, Action.PROPOSE)
    if choosing():
        return _begun(work, form)
    if not form.validate():
        return draw(work, "decline", status=422, form=form)
    reason, note = form.reason.word, form.note.data
    if not attempt(
        form, lambda: screening.decline(work.session, **work.tools, reason=reason, note=note)
    ):
        return draw(reopen(work), "decline", status=422, form=form)
    if work.case.proposal:
        return finish(work, gettext("Đã ghi đề nghị, chờ người thứ hai xác nhận."))
    return finish(work, gettext("Đã trả lời người gửi, hồ sơ kết thúc."))


@bp.get(f"/{CASE_ID}/refer")
def refer(case_id: int) -> Response:
    """Ask which authority is competent, and what the writer is told."""
    return ask_where(case_id, Room.DESK, draw)


@bp.post(f"/{CASE_ID}/refer")
def refer_case(case_id: int) -> AnyResponse:
    """Point the writer to the authority that is competent."""
    return point_there(case_id, Room.DESK, draw)


@bp.get(f"/{CASE_ID}/reply")
def reply(case_id: int) -> Response:
    """Ask what the authority has answered."""
    return ask_reply(case_id, Room.DESK, draw)


@bp.post(f"/{CASE_ID}/reply")
def record_reply(case_id: int) -> AnyResponse:
    """Let the writer read what the authority has answered."""
    return keep_reply(case_id, Room.DESK, draw)


def _begun(work: Work, form: DeclineForm) -> Response:
    """The form with the texts to begin with, the chosen one in it."""
    beginning = begin(work, Occasion.DECLINE)
    beginning.put_into(form.note, form.reason)
    return draw(work, "decline", told=beginning.told(), form=form)
