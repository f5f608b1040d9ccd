"""Ending the work of a committee: reporting what was found, or naming another authority."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import answering
from moderation.answering import findings_for
from moderation.forms.handling import ReportForm
from moderation.views.committee_case.drawing import draw
from moderation.views.committee_case.room import bp
from moderation.views.opening import CASE_ID, Work, finish, open_work, reopen, typed
from moderation.views.referring import ask_reply, ask_where, keep_reply, point_there
from moderation.views.refusals import attempt
from moderation.views.replies import begin, choosing
from moderation.workflow import Action
from portal.models.case import Room
from portal.vocabulary import Occasion


@bp.get(f"/{CASE_ID}/report")
def report(case_id: int) -> Response:
    """Say what each finding still needs, and ask for the finding and a draft of the answer."""
    work = open_work(case_id, Room.COMMITTEE, Action.REPORT)
    return _begun(work, ReportForm(formdata=None))


@bp.post(f"/{CASE_ID}/report")
def send_report(case_id: int) -> AnyResponse:
    """Report a finding with a draft of the answer."""
    form = typed(ReportForm)
    work = open_work(case_id, Room.COMMITTEE, Action.REPORT)
    if choosing():
        return _begun(work, form)
    form.finding.offer(findings_for(work.case))
    if not form.validate():
        return draw(work, "report", status=422, form=form)
    found, text = form.finding.word, form.draft.data
    if not attempt(
        form, lambda: answering.report(work.session, **work.tools, finding=found, draft=text)
    ):
        return draw(reopen(work), "report", status=422, form=form)
    return finish(work, gettext("Báo cáo đã gửi bộ phận tiếp nhận."))


@bp.get(f"/{CASE_ID}/refer")
def refer(case_id: int) -> Response:
    """Ask an inspector which authority is competent, and what the writer is told."""
    return ask_where(case_id, Room.COMMITTEE, draw)


@bp.post(f"/{CASE_ID}/refer")
def refer_case(case_id: int) -> AnyResponse:
    """Point the writer to the authority that is competent."""
    return point_there(case_id, Room.COMMITTEE, draw)


@bp.get(f"/{CASE_ID}/reply")
def reply(case_id: int) -> Response:
    """Ask what the authority has answered."""
    return ask_reply(case_id, Room.COMMITTEE, draw)


@bp.post(f"/{CASE_ID}/reply")
def record_reply(case_id: int) -> AnyResponse:
    """Let the writer read what the authority has answered."""
    return keep_reply(case_id, Room.COMMITTEE, draw)


def _begun(work: Work, form: ReportForm) -> Response:
    """The form of a report with the texts to begin with, the chosen one in it."""
    findings = findings_for(work.case)
    beginning = begin(work, Occasion.REPORT, details=[each.value for each in findings])
    form.finding.offer(findings)
    beginning.put_into(form.draft, form.finding)
    return draw(work, "report", told=beginning.told(), form=form)
