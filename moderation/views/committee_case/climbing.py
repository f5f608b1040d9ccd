"""Taking a case over from the level below, which was late for too long."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import escalating
from moderation.forms.handling import TakeOverForm
from moderation.views.committee_case.drawing import draw
from moderation.views.committee_case.room import bp
from moderation.views.opening import CASE_ID, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.workflow import Action
from portal.models.case import Room


@bp.get(f"/{CASE_ID}/take-over")
def taking_over(case_id: int) -> Response:
    """Ask why the level above handles a case itself."""
    work = open_work(case_id, Room.COMMITTEE, Action.ESCALATE)
    return draw(work, "take_over", form=TakeOverForm(formdata=None))


@bp.post(f"/{CASE_ID}/take-over")
def take_over(case_id: int) -> AnyResponse:
    """Handle a case in place of the level below."""
    form = typed(TakeOverForm)
    work = open_work(case_id, Room.COMMITTEE, Action.ESCALATE)
    if not form.validate():
        return draw(work, "take_over", status=422, form=form)
    why = form.note.data
    if not attempt(form, lambda: escalating.take_over(work.session, **work.tools, reason=why)):
        return draw(reopen(work), "take_over", status=422, form=form)
    return finish(work, gettext("Cấp của đồng chí giải quyết hồ sơ này. Người gửi đọc được lý do."))
