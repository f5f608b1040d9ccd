"""What waits for a second administrator."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.asked import requests_before
from moderation.administering.confirming import confirm, decline, withdraw
from moderation.administering.requesting import NotForYou
from moderation.views.accounts.room import bp, draw, finish, number
from moderation.views.accounts.wording import request_line
from moderation.views.here import here
from portal.models import AccountRequest

REQUEST = "<int:request_id>"


@bp.get("/requests")
def requests() -> Response:
    """Show what waits: what others asked, to be answered, and what one asked oneself."""
    found = here()
    rows = requests_before(found.session, by=found.person, office=found.office)
    told = [(request_line(each), each) for each in rows]
    return draw(
        "requests",
        current="requests",
        others=[pair for pair in told if not pair[1].own],
        own=[pair for pair in told if pair[1].own],
    )


@bp.post(f"/requests/{REQUEST}/confirm")
def confirm_request(request_id: int) -> AnyResponse:
    """Confirm what another administrator asks."""
    return _answer(confirm, request_id, gettext("Đã xác nhận. Chủ tài khoản cần đăng nhập lại."))


@bp.post(f"/requests/{REQUEST}/decline")
def decline_request(request_id: int) -> AnyResponse:
    """Refuse what another administrator asks."""
    return _answer(decline, request_id, gettext("Đã từ chối đề nghị."))


@bp.post(f"/requests/{REQUEST}/withdraw")
def withdraw_request(request_id: int) -> AnyResponse:
    """Take back what one asked oneself."""
    return _answer(withdraw, request_id, gettext("Đã rút lại đề nghị."))


def _answer(verb: Callable[..., AccountRequest], request_id: int, sentence: str) -> AnyResponse:
    """Let a verb answer a request, and go back to what waits."""
    found = here()
    try:
        verb(found.session, office=found.office, by=found.person, request_id=number(request_id))
    except NotForYou:
        found.session.rollback()
        flash(gettext("Người đề nghị không được tự xác nhận."), "wait")
        return redirect(url_for("accounts.requests"))
    return finish(sentence)
