"""Hearing the member: what is put to them is the shown text, and what they said is taken down."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import followups
from moderation.forms.handling import StatementForm
from moderation.views.committee_case.drawing import draw
from moderation.views.committee_case.room import bp
from moderation.views.opening import CASE_ID, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.workflow import Action
from portal.models.case import Room


@bp.get(f"/{CASE_ID}/statement")
def statement(case_id: int) -> Response:
    """Show what may be put to the member, and ask what they said."""
    work = open_work(case_id, Room.COMMITTEE, Action.FOLLOW_UP)
    return draw(work, "statement", form=StatementForm(formdata=None))


@bp.post(f"/{CASE_ID}/statement")
def record_statement(case_id: int) -> AnyResponse:
    """Take down the member's side, or that it could not be had."""
    form = typed(StatementForm)
    work = open_work(case_id, Room.COMMITTEE, Action.FOLLOW_UP)
    if not form.validate():
        return draw(work, "statement", status=422, form=form)
    said = form.statement()
    if not attempt(
        form, lambda: followups.record_statement(work.session, **work.tools, statement=said)
    ):
        return draw(reopen(work), "statement", status=422, form=form)
    return finish(work, gettext("Đã ghi việc hỏi đảng viên."))
