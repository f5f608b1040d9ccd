"""Pointing a writer to the authority that is competent, and its answer, from either room."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import screening
from moderation.forms.referring import ReferForm, ReplyForm
from moderation.views.opening import Work, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.views.replies import begin, choosing
from moderation.workflow import Action
from portal.authorities import read_authorities
from portal.models.case import Room
from portal.text import vn_date
from portal.vocabulary import Occasion

Draw = Callable[..., Response]


def ask_where(case_id: int, room: Room, draw: Draw) -> Response:
    """Ask which authority is competent, and what the writer is told."""
    work = open_work(case_id, room, Action.REFER)
    return _begun(work, draw, ReferForm(formdata=None))


def point_there(case_id: int, room: Room, draw: Draw) -> AnyResponse:
    """Point the writer to the authority; the case ends here."""
    form = typed(ReferForm)
    work = open_work(case_id, room, Action.REFER)
    if choosing():
        return _begun(work, draw, form)
    if not _with_places(form, work).validate():
        return draw(work, "refer", status=422, form=form)
    (where, note), by_paper = form.told(), form.transfer()
    if not attempt(
        form,
        lambda: screening.refer(
            work.session, **work.tools, authority=where, note=note, transfer=by_paper
        ),
    ):
        return draw(reopen(work), "refer", status=422, form=form)
    return finish(work, gettext("Đã hướng dẫn người gửi, hồ sơ kết thúc tại Cổng."))


def ask_reply(case_id: int, room: Room, draw: Draw) -> Response:
    """Ask what the authority has answered."""
    work = open_work(case_id, room, Action.RECORD_REPLY)
    today = vn_date(work.office.today)
    return draw(work, "reply", form=ReplyForm(formdata=None, data={"done_on": today}))


def keep_reply(case_id: int, room: Room, draw: Draw) -> AnyResponse:
    """Let the writer read what the authority has answered."""
    form = typed(ReplyForm)
    work = open_work(case_id, room, Action.RECORD_REPLY)
    if not form.validate():
        return draw(work, "reply", status=422, form=form)
    text, by_paper = form.note.data, form.transfer()
    if not attempt(
        form,
        lambda: screening.record_reply(work.session, **work.tools, text=text, transfer=by_paper),
    ):
        return draw(reopen(work), "reply", status=422, form=form)
    return finish(work, gettext("Đã ghi. Người gửi đọc được trả lời này."))


def _begun(work: Work, draw: Draw, form: ReferForm) -> Response:
    """The form with the texts to begin with, the chosen one in it."""
    beginning = begin(work, Occasion.REFER)
    beginning.put_into(form.note)
    return draw(work, "refer", told=beginning.told(), form=_with_places(form, work))


def _with_places(form: ReferForm, work: Work) -> ReferForm:
    """Let a form offer the authorities that administrators keep."""
    form.offer(read_authorities(work.session))
    return form
