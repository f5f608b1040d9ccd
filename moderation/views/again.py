"""Proving once more who one is, before what an open browser alone must not do.

Settings, grants and exports ask for it: whoever finds a desk unattended gets no further.
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField

from moderation.accounts import is_password_of
from moderation.sessions import prove_again
from moderation.views.expiring import typed_texts
from moderation.views.guesses import knock, passed, seconds
from moderation.views.here import here, signed_in
from moderation.views.onward import landing, safe_next
from moderation.views.secret import Secret
from moderation.views.sessions import browser_here, signed_in_browser
from portal.fields import PortalForm
from portal.holding import held
from portal.i18n import lazy_gettext as _
from portal.unit import current_session, reading_session

bp = Blueprint("again", __name__, url_prefix="/sign-in/again")
bp.before_request(signed_in)

_SAFE = frozenset({"GET", "HEAD"})


class PasswordForm(PortalForm):
    """The password once more, and where to go then."""

    password = Secret(_("Mật khẩu"))
    next = HiddenField()


def needs_fresh_proof() -> AnyResponse | None:
    """Hook of a blueprint after ``signed_in``, or the first line of a view.

    Nothing for whoever has proven who they are within ten minutes in this browser, by signing in
    or on the page this sends others to. From a page that was asked for it leads back there. A form
    that was sent changes nothing: what was typed is given back to be copied.
    """
    browser = signed_in_browser()
    if browser is None or browser.live.is_fresh(held().clock()):
        return None
    if request.method in _SAFE:
        return redirect(url_for("again.form", next=request.full_path.rstrip("?")))
    wanted = _page_above(request.path)
    page = render_template("moderation/again_kept.html", kept=typed_texts(), wanted=wanted)
    return make_response(page, 403)


@bp.get("")
def form() -> Response:
    """Ask for the password once more."""
    return _page(PasswordForm(formdata=None, next=safe_next(request.args.get("next")) or ""), 200)


@bp.post("")
def prove() -> AnyResponse:
    """Take the password and go on to the page that asked for it."""
    asked = PasswordForm()
    if not asked.validate():
        return _page(asked, 422)
    person = here().person
    if wait := knock(person.login):
        asked.refuse(seconds(wait))
        return _page(asked, 429)
    if not is_password_of(
        reading_session(), account_id=person.account_id, password=asked.password.data
    ):
        asked.refuse(gettext("Mật khẩu không đúng. Xin nhập lại."))
        return _page(asked, 422)
    passed(person.login)
    prove_again(current_session(), token=browser_here().token, at=held().clock())
    current_session().commit()
    return redirect(safe_next(asked.next.data) or landing(person))


def _page_above(path: str) -> str:
    """The nearest page at or above an address that only takes a form."""
    while path and not safe_next(path):
        path = path.rpartition("/")[0]
    return path


def _page(asked: PasswordForm, status: int) -> Response:
    """The form as a page."""
    return make_response(render_template("moderation/again.html", form=asked), status)
