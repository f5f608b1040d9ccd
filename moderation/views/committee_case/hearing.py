"""Hearing the member, and telling them of being cleared: what was said and when is taken down.

What is put to them is the text that was passed on.
"""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import followups
from moderation.forms.handling import ClearingForm, StatementForm
from moderation.views.committee_case.drawing import draw
from moderation.views.committee_case.room import bp
from moderation.views.opening import CASE_ID, Work, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.workflow import Action
from moderation.workflow.availability import is_nomination
from portal.models.case import Room
from portal.text import vn_date


@bp.get(f"/{CASE_ID}/statement")
def statement(case_id: int) -> Response:
    """Show what may be put to the member, and ask what they said."""
    work = open_work(case_id, Room.COMMITTEE, Action.FOLLOW_UP, there=_is_heard)
    return draw(work, "statement", form=StatementForm(formdata=None))


@bp.post(f"/{CASE_ID}/statement")
def record_statement(case_id: int) -> AnyResponse:
    """Take down the member's side, or that it could not be had."""
    form = typed(StatementForm)
    work = open_work(case_id, Room.COMMITTEE, Action.FOLLOW_UP, there=_is_heard)
    if not form.validate():
        return draw(work, "statement", status=422, form=form)
    said = form.statement()
    if not attempt(
        form, lambda: followups.record_statement(work.session, **work.tools, statement=said)
    ):
        return draw(reopen(work), "statement", status=422, form=form)
    return finish(work, gettext("Đã ghi việc hỏi đảng viên."))


@bp.get(f"/{CASE_ID}/clear-name")
def clearing(case_id: int) -> Response:
    """Ask how and when the member was told that nothing was found."""
    work = open_work(case_id, Room.COMMITTEE, Action.FOLLOW_UP)
    today = vn_date(work.office.today)
    return draw(work, "clear_name", form=ClearingForm(formdata=None, data={"told_on": today}))


@bp.post(f"/{CASE_ID}/clear-name")
def clear_name(case_id: int) -> AnyResponse:
    """Take down that the member was told of being cleared."""
    form = typed(ClearingForm)
    work = open_work(case_id, Room.COMMITTEE, Action.FOLLOW_UP)
    if not form.validate():
        return draw(work, "clear_name", status=422, form=form)
    told = form.clearing(work.office.today)
    if not attempt(form, lambda: followups.clear_name(work.session, **work.tools, clearing=told)):
        return draw(reopen(work), "clear_name", status=422, form=form)
    return finish(work, gettext("Đã ghi việc báo đảng viên được làm rõ."))


def _is_heard(work: Work) -> bool:
    """Whether somebody is asked for their side: nobody is who was nominated."""
    return not is_nomination(work.case)
