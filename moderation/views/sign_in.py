"""Signing in and out. A wrong pair gets one sentence, whichever half was wrong."""

from __future__ import annotations

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField

from moderation.accounts import WrongPair, login_of, prove, sign_in, sign_out
from moderation.doorkeeping import Doorkeeper, Visit
from moderation.views.here import here
from moderation.views.onward import landing, safe_next
from moderation.views.secret import Secret
from moderation.views.sessions import begin, end, signed_in_browser
from portal.fields import Line, PortalForm
from portal.holding import held
from portal.unit import current_session, reading_session
from portal.vault import new_token

bp = Blueprint("sign_in", __name__)

_DOORKEEPER = "doorkeeper"
_KNOWN = "known"
_KNOWN_SECONDS = 180 * 24 * 60 * 60


class SignInForm(PortalForm):
    """Login and password, and where to go then."""

    login = Line(_("Tên đăng nhập"), most=64, missing=_("Nhập tên đăng nhập."))
    password = Secret(_("Mật khẩu"))
    next = HiddenField()


def slow_guesses(app: Flask, *, after: int) -> None:
    """Give an app its doorkeeper, who allows so many mistakes at once."""
    app.extensions[_DOORKEEPER] = Doorkeeper(after=after)


def start() -> AnyResponse:
    """Send whoever opens the staff room by its bare address to where they begin."""
    return redirect(url_for("sign_in.form"))


@bp.get("/sign-in")
def form() -> AnyResponse:
    """Ask for login and password; whoever is signed in goes on to their desk."""
    wanted = safe_next(request.args.get("next"))
    if signed_in_browser():
        return redirect(wanted or landing(here().person))
    return _page(SignInForm(formdata=None, next=wanted or ""), 200)


@bp.post("/sign-in")
def enter() -> AnyResponse:
    """Sign in with the right pair; otherwise say what to do."""
    asked = SignInForm()
    if not asked.validate():
        return _page(asked, 422)
    visit, door = _visit(asked), current_app.extensions[_DOORKEEPER]
    if wait := door.knock(visit, held().clock()):
        return _slowed(asked, wait)
    try:
        proven = prove(reading_session(), login=asked.login.data, password=asked.password.data)
    except WrongPair:
        return _again(asked, gettext("Tên đăng nhập hoặc mật khẩu không đúng. Xin nhập lại."), 422)
    door.opened(visit)
    hours = held().settings.staff_hours
    begin(sign_in(current_session(), proven=proven, at=held().clock(), hours=hours))
    onward = redirect(safe_next(asked.next.data) or landing(here().person))
    _remember(onward, visit)
    current_session().commit()
    return onward


@bp.post("/sign-out")
def leave() -> AnyResponse:
    """End this browser's session at once."""
    browser = signed_in_browser()
    if browser is not None:
        sign_out(current_session(), token=browser.token, at=held().clock())
    end()
    flash(gettext("Đồng chí đã đăng xuất."), "good")
    current_session().commit()
    return redirect(url_for("sign_in.form"))


@bp.errorhandler(CSRFError)
def expired(_error: CSRFError) -> Response:
    """Ask again when the page was open for too long. Nobody was signed in or out."""
    asked = SignInForm(formdata=None)
    return _again(asked, gettext("Trang mở đã lâu nên chưa làm được. Xin nhập lại."), 400)


def _slowed(asked: SignInForm, wait: int) -> Response:
    """Say how long to wait."""
    sentence = ngettext(
        "Xin chờ %(num)s giây rồi nhập lại. Tài khoản không bị khóa.",
        "Xin chờ %(num)s giây rồi nhập lại. Tài khoản không bị khóa.",
        wait,
    )
    response = _again(asked, sentence, 429)
    response.headers["Retry-After"] = str(wait)
    return response


def _again(asked: SignInForm, sentence: str, status: int) -> Response:
    """The form with the login that was typed, and one sentence about the whole of it."""
    asked.refuse(sentence)
    return _page(asked, status)


def _page(asked: SignInForm, status: int) -> Response:
    """The form as a page."""
    return make_response(render_template("moderation/sign_in.html", form=asked), status)


def _visit(asked: SignInForm) -> Visit:
    """Who knocks: at which account, from where, and whether this browser has been in before."""
    login = login_of(asked.login.data)
    source = held().sources.mark(request.remote_addr, held().clock())
    try:
        browser = str(_signer(login).loads(request.cookies.get(_KNOWN, "")))
    except BadSignature:
        browser = ""
    return Visit(login=login, source=source, browser=browser.encode())


def _remember(response: AnyResponse, visit: Visit) -> None:
    """Let the browser tell next time that it has been in; it opens nothing by that."""
    response.set_cookie(
        _KNOWN,
        _signer(visit.login).dumps(visit.browser.decode() or new_token()),
        max_age=_KNOWN_SECONDS,
        path=url_for("sign_in.form"),
        secure=held().settings.secure_cookies,
        httponly=True,
        samesite="Strict",
    )


def _signer(login: str) -> URLSafeSerializer:
    """What signs the mark of a browser that has been in; the mark fits one login, unnamed."""
    return URLSafeSerializer(held().ring.session_secret or b"", salt=f"{_KNOWN}|{login}")
