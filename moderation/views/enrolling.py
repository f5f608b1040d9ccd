"""The first sign-in: choosing a second factor, then ten recovery codes that are shown once."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from moderation.proving import HalfEnded, has_factor, new_recovery_codes, note_wrong
from moderation.views.factors import CodeForm, take_made_passkey, take_offered_app, ways_to_add
from moderation.views.guesses import knock, remember, seconds
from moderation.views.halfway import half, half_standing, half_token, let_in, need_half
from portal.holding import held
from portal.unit import current_session

bp = Blueprint("enrol", __name__, url_prefix="/sign-in/enrol")
bp.before_request(need_half)


@bp.before_request
def only_the_first_time() -> AnyResponse | None:
    """Whoever has a factor must give it: a second one is added by its owner, signed in."""
    if has_factor(current_session(), account_id=half().account.id):
        return redirect(url_for("second.form"))
    return None


@bp.get("")
def form() -> Response:
    """Show the picture for the app, and offer a passkey."""
    return _page(CodeForm(formdata=None), 200)


@bp.post("")
def enter() -> AnyResponse:
    """Take the app once it shows a right code."""
    asked = CodeForm()
    if not asked.validate():
        return _page(asked, 422)
    if wait := knock(half().account.login, second=True):
        asked.refuse(seconds(wait))
        return _page(asked, 429)
    if wrong := take_offered_app(half_standing(), asked.code.data):
        return _again(asked, wrong)
    return _enrolled()


@bp.post("/passkey")
def enter_by_passkey() -> AnyResponse:
    """Take a passkey that the browser has made."""
    if wrong := take_made_passkey(half_standing()):
        return _again(CodeForm(formdata=None), wrong)
    return _enrolled()


def _enrolled() -> AnyResponse:
    """Let in whoever has enrolled, and show their recovery codes this once."""
    account, session = half().account, current_session()
    try:
        onward = let_in()
    except HalfEnded:
        return redirect(url_for("sign_in.form"))
    codes = new_recovery_codes(
        session, search=held().ring.search, account_id=account.id, at=held().clock()
    )
    page = render_template("moderation/recovery_codes.html", codes=codes, onward=onward)
    response = make_response(page)
    remember(response, account.login)
    session.commit()
    return response


def _again(asked: CodeForm, sentence: str) -> Response:
    """Count the mistake and ask once more."""
    search, at = held().ring.search, held().clock()
    note_wrong(current_session(), search=search, token=half_token(), at=at)
    current_session().commit()
    asked.refuse(sentence)
    return _page(asked, 422)


def _page(asked: CodeForm, status: int) -> Response:
    """The two ways as a page."""
    page = render_template("moderation/enrol.html", form=asked, **ways_to_add(half_standing()))
    return make_response(page, status)
