"""Pointing a writer to the authority that is competent, from either room of the staff."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import screening
from moderation.forms.screening import ReferForm
from moderation.views.opening import finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.views.replies import begin
from moderation.workflow import Action
from portal.models.case import Room
from portal.vocabulary import Occasion

Draw = Callable[..., Response]


def ask_where(case_id: int, room: Room, draw: Draw) -> Response:
    """Ask which authority is competent, and what the writer is told."""
    work = open_work(case_id, room, Action.REFER)
    beginning = begin(work, Occasion.REFER)
    form = ReferForm(formdata=None, data={"note": beginning.text})
    return draw(work, "refer", told=beginning.told(), form=form)


def point_there(case_id: int, room: Room, draw: Draw) -> AnyResponse:
    """Point the writer to the authority; the case ends here."""
    form = typed(ReferForm)
    work = open_work(case_id, room, Action.REFER)
    if not form.validate():
        return draw(work, "refer", status=422, form=form)
    where, note = form.authority.data, form.note.data
    if not attempt(
        form, lambda: screening.refer(work.session, **work.tools, authority=where, note=note)
    ):
        return draw(reopen(work), "refer", status=422, form=form)
    return finish(work, gettext("Đã hướng dẫn người gửi, hồ sơ kết thúc tại Cổng."))
