"""The page for whoever comes too late to a case: what changed, and everything they had typed."""

from __future__ import annotations

from datetime import timedelta

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response as AnyResponse

from moderation.access import NotVisible, find_case
from moderation.papers import open_keys, tell_shut
from moderation.reading import HIDDEN_FROM_COMMITTEES, HIDDEN_FROM_DESKS, Step, latest_step
from moderation.views.here import here
from moderation.views.lines import CASE_PAGES
from moderation.views.sentences import sentence_of
from moderation.views.wording import comrade
from moderation.workflow import Conflict, NotAvailable
from portal.errors import UNREACHABLE, report_unreachable
from portal.fields import Paragraphs, PortalForm
from portal.models.case import Room
from portal.models.journal import Actor
from portal.text import vn_date, vn_datetime
from portal.vault import CannotOpen

#: A second press of the same button comes within this time (design rule).
_SECOND_PRESS = timedelta(seconds=10)
#: What a form leaves in the journal, where that is not the name of its address.
_STEPS = {
    "ask_writer": {"ask"},
    "choose": {"match"},
    "clear_name": {"follow_up"},
    "confirm": {"verify", "decline"},
    "decide_review": {"uphold", "reopen", "rescreen"},
    "decline_case": {"propose", "decline"},
    "extend_case": {"extend"},
    "give_case_back": {"return", "raise"},
    "hold_case": {"hold"},
    "hold_case_back": {"hold_back"},
    "keep_case": {"keep"},
    "merge": {"take_in"},
    "split_letter": {"split"},
    "unmerge": {"give_back"},
    "let_case_go": {"let_go"},
    "object_to": {"object"},
    "record_statement": {"follow_up"},
    "record_reply": {"record_reply"},
    "refer_case": {"refer"},
    "revise_texts": {"revise"},
    "send_report": {"report"},
    "send_report_back": {"send_back", "raise"},
    "verify": {"propose", "verify"},
}


def explain_conflicts(bp: Blueprint, room: Room) -> None:
    """Answer what came too late, does not fit any more, or could not be stored."""

    def too_late(_error: Exception) -> AnyResponse:
        return _too_late(room)

    def does_not_fit(_error: Exception) -> AnyResponse:
        return _page(room, "moderation/not_available.html", 409)

    def unreachable(error: Exception) -> AnyResponse:
        report_unreachable(error)
        return make_response(render_template("moderation/away.html", kept=_kept()), 503)

    def shut(_error: Exception) -> AnyResponse:
        tell_shut((request.view_args or {})["case_id"], "the case")
        return make_response(render_template("moderation/unopened.html", kept=_kept()), 503)

    bp.register_error_handler(Conflict, too_late)
    bp.register_error_handler(StaleDataError, too_late)
    bp.register_error_handler(NotAvailable, does_not_fit)
    bp.register_error_handler(CannotOpen, shut)
    for kind in UNREACHABLE:
        bp.register_error_handler(kind, unreachable)


def _too_late(room: Room) -> AnyResponse:
    """The page of a conflict; a button that was pressed twice is none."""
    if _is_second_press(_latest(room)):
        flash(gettext("Việc này đã được ghi, không ghi lần nữa."), "info")
        return redirect(_address(room))
    return _page(room, "errors/409.html", 409)


def _page(room: Room, template: str, status: int) -> Response:
    """One page about the newest step, with what was typed."""
    conflict = _told(_latest(room), room)
    page = render_template(template, conflict=conflict, kept=_kept())
    return make_response(page, status)


def _latest(room: Room) -> Step:
    """The newest step of the case; 404 when whoever asks does not see it any more."""
    found = here()
    found.session.rollback()
    case_id = (request.view_args or {})["case_id"]
    try:
        case = find_case(found.session, person=found.person, case_id=case_id, room=room)
    except NotVisible:
        abort(404)
    keys = open_keys(found.session, office=found.office, case_id=case.id)
    without = HIDDEN_FROM_COMMITTEES if room is Room.COMMITTEE else HIDDEN_FROM_DESKS
    step = latest_step(found.session, keys=keys, case_id=case.id, without=without)
    return step or abort(404)


def _told(step: Step, room: Room) -> dict[str, str]:
    """Who did what and when; committees learn no name of the desk and no hour."""
    who = {
        Actor.RESIDENT: gettext("Người gửi"),
        Actor.MODERATOR: gettext("Bộ phận tiếp nhận"),
    }.get(step.actor, gettext("Hệ thống"))
    if step.who and (room is Room.DESK or step.actor is Actor.COMMITTEE):
        who = comrade(step.who)
    time = vn_datetime(step.at) if room is Room.DESK else vn_date(step.at)
    return {"who": who, "what": sentence_of(step), "time": time, "href": _address(room)}


def _is_second_press(step: Step) -> bool:
    """Whether the newest step is what this very form asks for, done just now by the same person."""
    found = here()
    name = (request.endpoint or "").rpartition(".")[2]
    return (
        step.account_id == found.person.account_id
        and step.action in _STEPS.get(name, {name})
        and found.office.at - step.at < _SECOND_PRESS
    )


def _address(room: Room) -> str:
    """The page of the case."""
    return url_for(CASE_PAGES[room], case_id=(request.view_args or {})["case_id"])


def _kept() -> list[tuple[str, str]]:
    """The texts that were typed into the form, under the labels they had."""
    form: PortalForm | None = g.get("typed")
    if form is None:
        return []
    return [
        (str(field.label.text), field.data)
        for field in form
        if isinstance(field, Paragraphs) and field.data and field.label.text
    ]
