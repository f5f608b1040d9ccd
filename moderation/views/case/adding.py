"""What the writer added to a case that was passed on: reading it, and passing it on."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import screening
from moderation.forms.passing import AddedForm
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.workflow import Action
from portal.models.case import Room


@bp.get(f"/{CASE_ID}/added")
def added(case_id: int) -> Response:
    """Show what was added, and ask in which words it goes on."""
    work = open_work(case_id, Room.DESK, Action.PASS_ADDED)
    return draw(work, "added", form=AddedForm(formdata=None))


@bp.post(f"/{CASE_ID}/added")
def pass_added(case_id: int) -> AnyResponse:
    """Pass on what was added, in a moderator's words."""
    form = typed(AddedForm)
    work = open_work(case_id, Room.DESK, Action.PASS_ADDED)
    if not form.validate():
        return draw(work, "added", status=422, form=form)
    text, put = form.shown.data, form.put.data
    if not attempt(
        form, lambda: screening.pass_added(work.session, **work.tools, text=text, put=put)
    ):
        return draw(reopen(work), "added", status=422, form=form)
    return finish(work, gettext("Phần bổ sung đã chuyển đi."))


@bp.post(f"/{CASE_ID}/note-added")
def note_added(case_id: int) -> AnyResponse:
    """Say that what was added has been read."""
    work = open_work(case_id, Room.DESK, Action.NOTE_ADDED)
    screening.note_added(work.session, **work.tools)
    return finish(work, gettext("Đã ghi là đã đọc phần bổ sung."))
