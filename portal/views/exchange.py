"""Exchanging the code of a slip for one that nobody of the staff has seen."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_wtf.csrf import CSRFError

from portal.forms import TrackForm
from portal.holding import held
from portal.i18n import gettext
from portal.tracking import AlreadyExchanged, Slipped, exchange, find_slip
from portal.unit import reading_connection, writing_connection
from portal.vault import Code
from portal.vault.codes import is_token
from portal.views.slip_pages import new_code_page, slip_page
from portal.views.track import good_code, open_tracked
from portal.views.track_pages import code_page

bp = Blueprint("exchange", __name__)


@bp.post("/tra-cuu/doi-ma")
def post() -> Response:
    """Exchange the code, once, and show the new one."""
    token, session = request.form.get("form_token", ""), writing_connection()
    code, slip = _slip()
    if code is None or slip is None:
        return open_tracked(lambda page: page.look())
    if not is_token(token):
        return slip_page(code, slip, sentence=_again(), status=400)
    here = held()
    try:
        new = exchange(session, ring=here.ring, slip=slip, token=token, at=here.clock())
    except AlreadyExchanged:
        return slip_page(code, slip)
    session.commit()
    return new_code_page(slip, new)


@bp.errorhandler(CSRFError)
def expired(_error: CSRFError) -> Response:
    """Exchange nothing when the token is no good, and keep the code on the page."""
    code, slip = _slip()
    if code is None or slip is None:
        return code_page(TrackForm(), _again(), 400)
    return slip_page(code, slip, sentence=_again(), status=400)


def _slip() -> tuple[Code | None, Slipped | None]:
    """The code that was sent, and the slip that it stands on."""
    code = good_code(request.form.get("code", ""))
    return code, find_slip(reading_connection(), ring=held().ring, code=code) if code else None


def _again() -> str:
    """What to do about a page that lay open for too long."""
    return str(gettext("Trang mở đã lâu nên chưa đổi được mã. Xin bấm lại."))
