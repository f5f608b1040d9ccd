"""Keeping a case that an organisation has although its writer has taken the comment back."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import screening
from moderation.forms.passing import KeepForm
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, finish, open_work, typed
from moderation.workflow import Action
from portal.models.case import Room


@bp.get(f"/{CASE_ID}/keep")
def keep(case_id: int) -> Response:
    """Ask why the case should go on."""
    work = open_work(case_id, Room.DESK, Action.KEEP)
    return draw(work, "keep", form=KeepForm(formdata=None))


@bp.post(f"/{CASE_ID}/keep")
def keep_case(case_id: int) -> AnyResponse:
    """Let the case go on."""
    form = typed(KeepForm)
    work = open_work(case_id, Room.DESK, Action.KEEP)
    if not form.validate():
        return draw(work, "keep", status=422, form=form)
    screening.keep(work.session, **work.tools, reason=form.reason.data)
    return finish(work, gettext("Hồ sơ được giữ để giải quyết tiếp."))
