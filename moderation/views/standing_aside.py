"""Saying that one is tied to whom a case is about, from either room of the staff."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import recusing
from moderation.recusing import NobodyLeft
from moderation.views.opening import Work, leave, open_work, reopen, typed
from portal.fields import PortalForm
from portal.models.case import Room

Draw = Callable[..., Response]


class AsideForm(PortalForm):
    """That somebody stands aside: nothing is asked, least of all what the tie is."""


def ask(case_id: int, room: Room, draw: Draw) -> Response:
    """Say what standing aside means."""
    work = open_work(case_id, room, there=_names_somebody)
    return draw(work, "stand_aside", form=AsideForm(formdata=None))


def go(case_id: int, room: Room, draw: Draw) -> AnyResponse:
    """Tie somebody to the member; the list is all that they see then."""
    form = typed(AsideForm)
    work = open_work(case_id, room, there=_names_somebody)
    try:
        recusing.stand_aside(work.session, **work.tools)
    except NobodyLeft:
        form.refuse(
            gettext("Chưa có ai khác giải quyết được. Xin báo người quản trị cử người trước.")
        )
        return draw(reopen(work), "stand_aside", status=422, form=form)
    return leave(work, gettext("Đã ghi quan hệ. Đồng chí không còn thấy việc này."))


def _names_somebody(work: Work) -> bool:
    """Whether the case is about a member."""
    return recusing.names_somebody(work.session, keys=work.keys, case=work.case)
