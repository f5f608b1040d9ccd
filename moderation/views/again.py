"""Proving once more who one is, before what an open browser alone must not do.

Settings, grants and exports ask for it: whoever finds a desk unattended gets no further. Both
halves of signing in are asked for, and what was being done goes on where it stopped.
"""

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
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField

from moderation.accounts import is_password_of
from moderation.forms.secret import Secret
from moderation.proving import BadPasskey, WrongCode, recovery_left
from moderation.refusals import write_refusal
from moderation.sessions import prove_again, use_up_challenge
from moderation.views.expiring import PROOF, carried, typed_texts
from moderation.views.factors import (
    asked_of_passkeys,
    signed_in_standing,
    take_code_on_paper,
    take_one_time_code,
    take_signed,
)
from moderation.views.guesses import knock, passed, seconds
from moderation.views.here import here, look_apart, signed_in
from moderation.views.onward import landing, safe_next
from moderation.views.sessions import browser_here, signed_in_browser
from portal.fields import Line, PortalForm
from portal.holding import held
from portal.i18n import lazy_gettext as _
from portal.unit import current_session

bp = Blueprint("again", __name__, url_prefix="/sign-in/again")
bp.before_request(signed_in)

_SAFE = frozenset({"GET", "HEAD"})


class ProofForm(PortalForm):
    """Password and second factor once more, and where to go then."""

    password = Secret(_("Mật khẩu"))
    code = Line(
        _("Mã xác nhận"),
        most=40,
        description=_("Mã 6 số trong ứng dụng tạo mã, hoặc một mã dự phòng."),
    )
    credential = HiddenField()
    next = HiddenField()


def needs_fresh_proof() -> AnyResponse | None:
    """Hook of a blueprint after ``signed_in``, or the first line of a view.

    Nothing for whoever has proven who they are within ten minutes in this browser, by signing in
    or on the page this answers with. From a page that was asked for it leads back there. A form
    that was sent waits inside that page and, after the proof, is carried out as it was sent.
    """
    browser = signed_in_browser()
    if browser is None or browser.live.is_fresh(held().clock()):
        return None
    if request.method in _SAFE:
        return redirect(url_for("again.form", next=request.full_path.rstrip("?")))
    if PROOF + "password" not in request.form:
        return _page(ProofForm(formdata=None, prefix=PROOF), 403)
    asked = ProofForm(prefix=PROOF)
    refused = _refusal(asked)
    return _page(asked, refused) if refused else None


@bp.get("")
def form() -> Response:
    """Ask for password and second factor once more."""
    wanted = safe_next(request.args.get("next")) or ""
    return _page(ProofForm(formdata=None, prefix=PROOF, next=wanted), 200)


@bp.post("")
def prove() -> AnyResponse:
    """Take the proof and go on to the page that asked for it."""
    asked = ProofForm(prefix=PROOF)
    if refused := _refusal(asked):
        return _page(asked, refused)
    return redirect(safe_next(asked.next.data) or landing(here().person))


def _refusal(asked: ProofForm) -> int:
    """Why a proof is not taken, as a status; 0 once it is.

    It is a unit of work of its own: a code that was taken stays taken whatever becomes of the
    form that waits. The second half is looked at only after the first, and slowed by itself.
    """
    login = here().person.login
    if not asked.validate() or not _has_second(asked):
        return 422
    if wait := knock(login):
        asked.refuse(seconds(wait))
        return 429
    own = here().person.account_id
    if not is_password_of(look_apart(), account_id=own, password=asked.password.data):
        asked.password.errors = [gettext("Mật khẩu không đúng. Xin nhập lại.")]
        return _refused(own)
    passed(login)
    if wait := knock(login, second=True):
        asked.refuse(seconds(wait))
        return 429
    if not _take_second(asked):
        return _refused(own)
    passed(login, second=True)
    prove_again(current_session(), token=browser_here().token, at=held().clock())
    current_session().commit()
    return 0


def _has_second(asked: ProofForm) -> bool:
    """Whether a second factor was given at all; otherwise the field says what to do."""
    if asked.code.data or asked.credential.data:
        return True
    asked.code.errors = [gettext("Nhập mã 6 số đang hiện trong ứng dụng, hoặc một mã dự phòng.")]
    return False


def _take_second(asked: ProofForm) -> bool:
    """Take the passkey, the one-time code or the recovery code; what was signed serves once."""
    standing, code = signed_in_standing(), asked.code.data
    try:
        if asked.credential.data:
            use_up_challenge(current_session(), token=standing.token)
            take_signed(standing, asked.credential.data)
            return True
        try:
            take_one_time_code(standing, code)
        except WrongCode:
            take_code_on_paper(standing, code)
            _tell_of_recovery()
    except BadPasskey:
        asked.refuse(gettext("Khóa truy cập chưa dùng được. Xin thử lại hoặc nhập mã."))
    except WrongCode:
        asked.code.errors = [gettext("Mã không đúng hoặc đã dùng. Xin chờ mã mới rồi nhập.")]
    else:
        return True
    return False


def _refused(account_id: int) -> int:
    """Write down that somebody at this browser could not prove who they are."""
    session, at = current_session(), held().clock()
    write_refusal(session, search=held().ring.search, account_id=account_id, at=at)
    session.commit()
    return 422


def _tell_of_recovery() -> None:
    """Say on the next page how many recovery codes are left."""
    left = recovery_left(current_session(), account_id=here().person.account_id)
    flash(gettext("Đã dùng một mã dự phòng, còn %(left)s mã.", left=left), "wait")


def _page_above(path: str) -> str:
    """The nearest page at or above an address that only takes a form."""
    while path and not safe_next(path):
        path = path.rpartition("/")[0]
    return path


def _page(asked: ProofForm, status: int) -> Response:
    """The form as a page; around a form that was sent elsewhere, with everything it held."""
    waits = request.blueprint != bp.name and request.method not in _SAFE
    page = render_template(
        "moderation/again.html",
        form=asked,
        action=request.full_path.rstrip("?") if waits else url_for("again.prove"),
        carried=carried() if waits else [],
        kept=typed_texts() if waits else [],
        above=_page_above(request.path) if waits else "",
        waits=waits,
        options=asked_of_passkeys(signed_in_standing()),
    )
    return make_response(page, status)
