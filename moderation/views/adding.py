"""Adding a second factor to one's own account, beside those that are there."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.sessions import prove_again, use_up_challenge
from moderation.views.again import needs_fresh_proof
from moderation.views.factors import (
    CodeForm,
    signed_in_standing,
    take_made_passkey,
    take_offered_app,
    ways_to_add,
)
from moderation.views.guesses import knock, passed, seconds
from moderation.views.here import here, signed_in
from moderation.views.sessions import browser_here
from portal.holding import held
from portal.unit import current_session

bp = Blueprint("adding", __name__, url_prefix="/settings/security/add")
bp.before_request(signed_in)
bp.before_request(needs_fresh_proof)


@bp.get("")
def form() -> Response:
    """Show the picture for another app, and offer a passkey."""
    return _page(CodeForm(formdata=None), 200)


@bp.post("")
def enter() -> AnyResponse:
    """Take the app once it shows a right code."""
    asked = CodeForm()
    if not asked.validate():
        return _page(asked, 422)
    if wait := knock(here().person.login):
        asked.refuse(seconds(wait))
        return _page(asked, 429)
    if wrong := take_offered_app(signed_in_standing(), asked.code.data):
        asked.refuse(wrong)
        return _page(asked, 422)
    return _added()


@bp.post("/passkey")
def enter_by_passkey() -> AnyResponse:
    """Take a passkey that the browser has made."""
    if wrong := take_made_passkey(signed_in_standing()):
        asked = CodeForm(formdata=None)
        asked.refuse(wrong)
        return _page(asked, 422)
    return _added()


def _added() -> AnyResponse:
    """Say so. What was offered and asked for is used up."""
    session, token = current_session(), browser_here().token
    passed(here().person.login)
    prove_again(session, token=token, at=held().clock())
    use_up_challenge(session, token=token)
    flash(gettext("Đã thêm. Xin đặt tên để dễ nhận ra."), "good")
    session.commit()
    return redirect(url_for("safety.index"))


def _page(asked: CodeForm, status: int) -> Response:
    """The two ways as a page."""
    ways = ways_to_add(signed_in_standing())
    page = render_template("moderation/add_factor.html", form=asked, nav="own", **ways)
    return make_response(page, status)
