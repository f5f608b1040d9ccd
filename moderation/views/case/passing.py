"""Passing a case on to the organisation that handles it."""

from __future__ import annotations

from flask import Response, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import screening
from moderation.forms.passing import RouteForm
from moderation.versions import without
from moderation.views.case.drawing import draw
from moderation.views.case.filling import with_places
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.workflow import Action
from portal.models.case import Room


@bp.post(f"/{CASE_ID}/redact")
def redact(case_id: int) -> Response:
    """Take the marked sentences out of the text; nothing is kept before it is passed on."""
    form = typed(RouteForm)
    work = open_work(case_id, Room.DESK, Action.ROUTE)
    form.shown.data = without(form.shown.data, request.form.getlist("cut"))
    return draw(work, route=with_places(form, work))


@bp.post(f"/{CASE_ID}/route")
def route(case_id: int) -> AnyResponse:
    """Send a case to an organisation, with the text that is shown there."""
    work = open_work(case_id, Room.DESK, Action.ROUTE)
    form = with_places(typed(RouteForm), work)
    if not form.validate():
        return draw(work, status=422, route=form)
    if not attempt(
        form,
        lambda: screening.route(
            work.session,
            **work.tools,
            organisation_id=int(form.organisation.data),
            texts=form.texts(form.because.data),
            overriding=form.overriding.data,
        ),
    ):
        return draw(reopen(work), status=422, route=form)
    return finish(work, gettext("Hồ sơ đã chuyển đi."))
