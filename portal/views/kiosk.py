"""A shared machine: saying that this is one, saying that it is none, and clearing it."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, render_template, request

from portal.holding import held
from portal.i18n import COOKIE as LANGUAGE
from portal.security import forget_pages
from portal.security.shared import COOKIE, LASTS_SECONDS, is_shared, onward

bp = Blueprint("kiosk", __name__)


@bp.get("/may-dung-chung")
def form() -> Response:
    """Explain what changes on a shared machine, and offer it."""
    return make_response(render_template("portal/kiosk.html", shared=is_shared(), nav=""))


@bp.post("/may-dung-chung")
def post() -> Response:
    """Make this browser one of a shared machine, or no longer one."""
    response = forget_pages(onward("kiosk.form"))
    secure = held().settings.secure_cookies
    if request.form.get("step") == "on":
        response.set_cookie(
            COOKIE, "y", LASTS_SECONDS, secure=secure, httponly=True, samesite="Strict"
        )
    else:
        response.delete_cookie(COOKIE, secure=secure, httponly=True, samesite="Strict")
    return response


@bp.get("/may-dung-chung/xong")
def done() -> Response:
    """Forget everything about the person who was here, and begin anew."""
    response = forget_pages(onward("home.index"))
    secure = held().settings.secure_cookies
    for name in (current_app.config["SESSION_COOKIE_NAME"], LANGUAGE):
        response.delete_cookie(name, secure=secure, httponly=True, samesite="Strict")
    return response
