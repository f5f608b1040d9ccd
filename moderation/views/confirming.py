"""Deciding on a proposal as its second person, from either room of the staff."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import screening
from moderation.forms.screening import ObjectForm
from moderation.views.opening import finish, open_work, typed
from moderation.workflow import Action
from portal.models.case import Room

Draw = Callable[..., Response]


def agree(case_id: int, room: Room) -> AnyResponse:
    """Confirm what a moderator proposes."""
    work = open_work(case_id, room, Action.VERIFY, Action.DECLINE)
    screening.confirm(work.session, **work.tools)
    return finish(work, gettext("Đồng chí đã xác nhận."))


def ask_why(case_id: int, room: Room, draw: Draw) -> Response:
    """Ask why a proposal is not right."""
    work = open_work(case_id, room, Action.OBJECT)
    return draw(work, "object", form=ObjectForm(formdata=None))


def send_back(case_id: int, room: Room, draw: Draw) -> AnyResponse:
    """Send a proposal back with a reason."""
    form = typed(ObjectForm)
    work = open_work(case_id, room, Action.OBJECT)
    if not form.validate():
        return draw(work, "object", status=422, form=form)
    screening.object_to(work.session, **work.tools, reason=form.reason.data)
    return finish(work, gettext("Đã trả lại đề nghị, kèm lý do."))
