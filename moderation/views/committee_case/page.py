"""The page of a case before a committee: reading it, taking it on, writing down what was done."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import followups
from moderation.forms.handling import FollowUpForm
from moderation.views.case.drawing import draw_proposal
from moderation.views.committee_case.drawing import draw
from moderation.views.committee_case.room import bp
from moderation.views.opening import CASE_ID, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.workflow import Action
from moderation.workflow.table import REFUSALS
from portal.models.case import Room
from portal.vocabulary import Status


@bp.get(f"/{CASE_ID}")
def show(case_id: int) -> Response:
    """Show a case with what may be done now, or what waits for a commission to decide."""
    work = open_work(case_id, Room.COMMITTEE)
    if work.case.proposal:
        return draw_proposal(work)
    refused = work.case.status is Status.REVIEW and work.case.contested_from in REFUSALS
    return draw_proposal(work, "refused") if refused else draw(work)


@bp.post(f"/{CASE_ID}/accept")
def accept(case_id: int) -> AnyResponse:
    """Take a case on."""
    work = open_work(case_id, Room.COMMITTEE, Action.ACCEPT)
    followups.accept(work.session, **work.tools)
    return finish(work, gettext("Đồng chí đã nhận giải quyết."))


@bp.post(f"/{CASE_ID}/follow-up")
def follow_up(case_id: int) -> AnyResponse:
    """Write down something that was done."""
    form = typed(FollowUpForm)
    work = open_work(case_id, Room.COMMITTEE, Action.FOLLOW_UP)
    form.suit(followups.kinds_for(work.case))
    if not form.validate():
        return draw(work, status=422, form=form)
    deed = form.as_deed(work.office.today)
    if not attempt(form, lambda: followups.record(work.session, **work.tools, deed=deed)):
        return draw(reopen(work), status=422, form=form)
    return finish(work, gettext("Đã lưu việc đã làm."))
