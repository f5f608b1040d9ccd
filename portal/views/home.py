"""The first page, and the quick way out."""

from __future__ import annotations

import calendar

from flask import Blueprint, Response, current_app, make_response, render_template, request

from portal.clock import local_date
from portal.holding import held
from portal.i18n import COOKIE
from portal.security import REMEMBERED, forget_pages

bp = Blueprint("home", __name__)


@bp.get("/")
def index() -> Response:
    """Say what the portal takes, who reads it, and how the writer is kept safe."""
    response = make_response(render_template("portal/home.html", nav="home"))
    response.headers["Cache-Control"] = REMEMBERED
    return response


@bp.get("/thoat")
def exit() -> Response:
    """Show a dull calendar in place of the portal, and forget this browser and its pages."""
    today = local_date(held().clock())
    weeks = calendar.Calendar().monthdayscalendar(today.year, today.month)
    response = make_response(render_template("portal/exit.html", today=today, weeks=weeks))
    session_cookie = current_app.config["SESSION_COOKIE_NAME"]
    for name in (session_cookie, COOKIE):
        if name in request.cookies:
            # A browser forgets a cookie of the host's only when told by one as well guarded.
            secure = held().settings.secure_cookies
            response.delete_cookie(name, secure=secure, httponly=True, samesite="Strict")
    return forget_pages(response)
