"""The second step of signing in: a one-time code, a passkey, or a recovery code."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.proving import (
    BadPasskey,
    HalfEnded,
    WrongCode,
    note_wrong,
    recovery_left,
)
from moderation.views.factors import (
    CodeForm,
    PasskeyForm,
    asked_of_passkeys,
    take_code_on_paper,
    take_one_time_code,
    take_signed,
)
from moderation.views.guesses import knock, seconds
from moderation.views.halfway import half, half_standing, half_token, let_in, need_half, welcome
from moderation.views.warning import warn
from portal.fields import Line, PortalForm
from portal.holding import held
from portal.i18n import lazy_gettext as _
from portal.unit import current_session

bp = Blueprint("second", __name__, url_prefix="/sign-in")
bp.before_request(need_half)


class RecoveryForm(PortalForm):
    """A recovery code."""

    code = Line(_("Mã dự phòng"), most=40, missing=_("Nhập một mã dự phòng còn chưa dùng."))


@bp.get("/second")
def form() -> Response:
    """Ask for a one-time code or a passkey."""
    return _page(CodeForm(formdata=None), 200)


@bp.post("/second")
def enter() -> AnyResponse:
    """Let in whoever has the right code."""
    asked = CodeForm()
    if not asked.validate():
        return _page(asked, 422)
    return _try(asked, _page, gettext("Mã không đúng hoặc đã dùng. Xin chờ mã mới rồi nhập."), _app)


@bp.post("/passkey")
def enter_by_passkey() -> AnyResponse:
    """Let in whoever's passkey has signed what was asked."""
    asked = PasskeyForm()
    return _try(asked, _without_answer, gettext("Khóa truy cập chưa dùng được."), _passkey)


@bp.get("/recovery")
def recovery() -> Response:
    """Ask for a recovery code."""
    return _recovery_page(RecoveryForm(formdata=None), 200)


@bp.post("/recovery")
def recover() -> AnyResponse:
    """Let in whoever has a recovery code that was not used, and say so on the next page."""
    asked = RecoveryForm()
    if not asked.validate():
        return _recovery_page(asked, 422)
    wrong = gettext("Mã dự phòng không đúng hoặc đã dùng. Xin xem lại từng chữ.")
    return _try(asked, _recovery_page, wrong, _recovery)


def _try(
    asked: PortalForm,
    page: Callable[[PortalForm, int], Response],
    wrong: str,
    take: Callable[[PortalForm], None],
) -> AnyResponse:
    """Check what was given, slowly after mistakes, and go on; otherwise ask again."""
    login, session, at = half().account.login, current_session(), held().clock()
    if wait := knock(login, second=True):
        asked.refuse(seconds(wait))
        return page(asked, 429)
    try:
        take(asked)
    except (WrongCode, BadPasskey):
        note_wrong(session, search=held().ring.search, token=half_token(), at=at)
        session.commit()
        asked.refuse(wrong)
        return page(asked, 422)
    try:
        onward = let_in()
    except HalfEnded:
        return redirect(url_for("sign_in.form"))
    response = welcome(onward, login)
    warn(half().account.id)
    session.commit()
    return response


def _app(asked: PortalForm) -> None:
    """Take a one-time code."""
    take_one_time_code(half_standing(), asked["code"].data)


def _passkey(asked: PortalForm) -> None:
    """Take what a passkey has signed."""
    take_signed(half_standing(), asked["credential"].data or "")


def _recovery(asked: PortalForm) -> None:
    """Take a recovery code."""
    take_code_on_paper(half_standing(), asked["code"].data)


def _without_answer(asked: PortalForm, status: int) -> Response:
    """The page after a passkey was refused: the sentence, and a field for a code."""
    fresh = CodeForm(formdata=None)
    for sentence in asked.form_errors:
        fresh.refuse(sentence)
    return _page(fresh, status)


def _page(asked: PortalForm, status: int) -> Response:
    """The form as a page, with what the script asks a passkey for."""
    options = asked_of_passkeys(half_standing())
    page = render_template("moderation/second.html", form=asked, options=options)
    return make_response(page, status)


def _recovery_page(asked: PortalForm, status: int) -> Response:
    """The form for a recovery code as a page."""
    left = recovery_left(current_session(), account_id=half().account.id)
    return make_response(render_template("moderation/recovery.html", form=asked, left=left), status)
