"""Signing in and out. A wrong pair gets one sentence, whichever half was wrong."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField

from moderation.accounts import WrongPair, login_of, prove
from moderation.forms.secret import Secret
from moderation.proving import has_factor
from moderation.refusals import note_refusal
from moderation.views.guesses import knock, passed, seconds
from moderation.views.halfway import stand_halfway
from moderation.views.here import here
from moderation.views.onward import landing, safe_next
from moderation.views.sessions import leave as end_here
from moderation.views.sessions import signed_in_browser
from portal.fields import Line, PortalForm
from portal.holding import held
from portal.i18n import DEFAULT, language
from portal.unit import current_session, reading_session

bp = Blueprint("sign_in", __name__)

#: What a browser is told to forget when somebody signs out (design rule).
_EVERYTHING = '"cache", "cookies", "storage"'


class SignInForm(PortalForm):
    """Login and password, and where to go then."""

    login = Line(_("Tên đăng nhập"), most=64, missing=_("Nhập tên đăng nhập."))
    password = Secret(_("Mật khẩu"))
    next = HiddenField()


def start() -> AnyResponse:
    """Send whoever opens the staff room by its bare address to where they begin."""
    return redirect(url_for("sign_in.form"))


@bp.get("/sign-in")
def form() -> AnyResponse:
    """Ask for login and password; whoever is signed in goes on to their desk."""
    wanted = safe_next(request.args.get("next"))
    if signed_in_browser():
        return redirect(wanted or landing(here().person))
    if request.args.get("left") == "1":
        flash(gettext("Đồng chí đã đăng xuất."), "good")
    return _page(SignInForm(formdata=None, next=wanted or ""), 200)


@bp.post("/sign-in")
def enter() -> AnyResponse:
    """Go on to the second step with the right pair; otherwise say what to do."""
    asked = SignInForm()
    if not asked.validate():
        return _page(asked, 422)
    login = login_of(asked.login.data)
    if wait := knock(login):
        return _slowed(asked, wait)
    try:
        proven = prove(reading_session(), login=login, password=asked.password.data)
    except WrongPair:
        return _refused(asked, login)
    passed(login)
    stand_halfway(proven, safe_next(asked.next.data) or "")
    enrolled = has_factor(current_session(), account_id=proven.account_id)
    current_session().commit()
    return redirect(url_for("second.form" if enrolled else "enrol.form"))


@bp.post("/sign-out")
def leave() -> AnyResponse:
    """End this browser's session at once, and have the browser forget what it kept of us.

    It forgets its cookies too, so that the page after it is told by its address what to say.
    """
    end_here()
    onward = redirect(url_for("sign_in.form", left=1, lang=_spoken()))
    onward.headers["Clear-Site-Data"] = _EVERYTHING
    current_session().commit()
    return onward


@bp.errorhandler(CSRFError)
def expired(_error: CSRFError) -> Response:
    """Ask again when the page was open for too long. Nobody was signed in or out."""
    if request.path == url_for("sign_in.leave") and signed_in_browser():
        return make_response(render_template("moderation/not_signed_out.html"), 400)
    asked = SignInForm(formdata=None)
    return _again(asked, gettext("Trang mở đã lâu nên chưa làm được. Xin nhập lại."), 400)


def _spoken() -> str | None:
    """The language to go on in, where it is not the one that pages begin in."""
    return None if language() == DEFAULT else language()


def _refused(asked: SignInForm, login: str) -> Response:
    """Note that a pair was wrong, and ask again."""
    session, at = current_session(), held().clock()
    note_refusal(session, search=held().ring.search, login=login, at=at)
    session.commit()
    return _again(asked, gettext("Tên đăng nhập hoặc mật khẩu không đúng. Xin nhập lại."), 422)


def _slowed(asked: SignInForm, wait: int) -> Response:
    """Say how long to wait."""
    response = _again(asked, seconds(wait), 429)
    response.headers["Retry-After"] = str(wait)
    return response


def _again(asked: SignInForm, sentence: str, status: int) -> Response:
    """The form with the login that was typed, and one sentence about the whole of it."""
    asked.refuse(sentence)
    return _page(asked, status)


def _page(asked: SignInForm, status: int) -> Response:
    """The form as a page."""
    return make_response(render_template("moderation/sign_in.html", form=asked), status)
