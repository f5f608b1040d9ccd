"""Deciding on a proposal as its second person, where no moderator is left who could."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import screening
from moderation.forms.screening import ObjectForm
from moderation.views.case.drawing import draw_proposal
from moderation.views.committee_case.room import bp
from moderation.views.opening import CASE_ID, finish, open_work, typed
from moderation.workflow import Action
from portal.models.case import Room


@bp.post(f"/{CASE_ID}/confirm")
def confirm(case_id: int) -> AnyResponse:
    """Confirm what a moderator proposes."""
    work = open_work(case_id, Room.COMMITTEE, Action.VERIFY, Action.DECLINE)
    screening.confirm(work.session, **work.tools)
    return finish(work, gettext("Đồng chí đã xác nhận."))


@bp.get(f"/{CASE_ID}/object")
def objection(case_id: int) -> Response:
    """Ask why a proposal is not right."""
    work = open_work(case_id, Room.COMMITTEE, Action.OBJECT)
    return draw_proposal(work, "object", form=ObjectForm(formdata=None))


@bp.post(f"/{CASE_ID}/object")
def object_to(case_id: int) -> AnyResponse:
    """Send a proposal back with a reason."""
    form = typed(ObjectForm)
    work = open_work(case_id, Room.COMMITTEE, Action.OBJECT)
    if not form.validate():
        return draw_proposal(work, "object", status=422, form=form)
    screening.object_to(work.session, **work.tools, reason=form.reason.data)
    return finish(work, gettext("Đã trả lại đề nghị, kèm lý do."))
