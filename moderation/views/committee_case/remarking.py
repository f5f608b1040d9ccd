"""Notes that stay with those who handle a case."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import talking
from moderation.forms.talking import RemarkForm
from moderation.views.committee_case.drawing import draw
from moderation.views.committee_case.room import bp
from moderation.views.opening import CASE_ID, finish, open_work, typed
from moderation.workflow import Action, NotAvailable
from portal.models.case import Room


@bp.get(f"/{CASE_ID}/remark")
def remarking(case_id: int) -> Response:
    """Ask for a note that stays with the committee."""
    work = open_work(case_id, Room.COMMITTEE)
    if not talking.may_remark(work.relation, Room.COMMITTEE):
        raise NotAvailable(Action.FOLLOW_UP)
    return draw(work, "remark", form=RemarkForm(formdata=None))


@bp.post(f"/{CASE_ID}/remark")
def remark(case_id: int) -> AnyResponse:
    """Leave a note for those who handle the case."""
    form = typed(RemarkForm)
    work = open_work(case_id, Room.COMMITTEE)
    if not form.validate():
        return draw(work, "remark", status=422, form=form)
    talking.remark(work.session, **work.tools, room=Room.COMMITTEE, text=form.text.data)
    return finish(work, gettext("Đã ghi. Chỉ nơi giải quyết đọc ghi chú này."))
