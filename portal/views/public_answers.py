"""Answers that everybody may read, because their writers have allowed it."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for

from portal.forms import AnswersForm
from portal.public_answers import Cursor, read_page, units_told
from portal.unit import reading_connection

bp = Blueprint("public_answers", __name__)


@bp.get("/so-lieu/tra-loi")
def index() -> Response:
    """Show a page of them, of one place or about one topic where that is asked for."""
    session, after = reading_connection(), Cursor.read(request.args.get("sau", ""))
    form = AnswersForm(formdata=request.args).offer(units_told(session))
    page = read_page(session, unit_id=form.unit_id, topic=form.topic, after=after)
    asked = {name: form[name].data for name in ("noi", "linh_vuc") if form[name].data}
    shown = render_template(
        "portal/public_answers.html",
        nav="public_answers",
        form=form,
        answers=page.answers,
        narrowed=bool(asked or after),
        first=url_for(".index", **asked) if after else "",
        onward=url_for(".index", **asked, sau=page.later) if page.later else "",
    )
    response = make_response(shown)
    # What its writer takes back must not be read on from where a browser has put it.
    response.headers["Cache-Control"] = "no-store"
    return response
