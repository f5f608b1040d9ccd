"""The first sign-in: choosing a second factor, then ten recovery codes that are shown once."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.proving import (
    BadPasskey,
    HalfEnded,
    WrongCode,
    add_app,
    add_passkey,
    creation_options,
    has_factor,
    new_recovery_codes,
    new_secret,
    note_wrong,
)
from moderation.views.guesses import knock, remember, seconds
from moderation.views.halfway import half, half_token, let_in, need_half, this_site
from moderation.views.offering import offer
from moderation.views.second import CodeForm, PasskeyForm
from portal.fields import PortalForm
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
    try:
        _add_app(asked.code.data)
    except WrongCode:
        return _again(asked, gettext("Mã không đúng. Xin xem giờ của điện thoại rồi nhập mã mới."))
    return _enrolled()


@bp.post("/passkey")
def enter_by_passkey() -> AnyResponse:
    """Take a passkey that the browser has made."""
    try:
        _add_passkey(PasskeyForm().credential.data or "")
    except BadPasskey:
        sentence = gettext("Khóa truy cập chưa tạo được. Xin thử lại hoặc dùng ứng dụng tạo mã.")
        return _again(CodeForm(formdata=None), sentence)
    return _enrolled()


def _add_app(code: str) -> None:
    """Take the app that was offered."""
    add_app(
        current_session(),
        search=held().ring.search,
        account_id=half().account.id,
        secret=_offered(),
        code=code,
        name=gettext("Ứng dụng tạo mã"),
        at=held().clock(),
    )


def _add_passkey(answer: str) -> None:
    """Take the passkey that was asked for."""
    site = this_site()
    if site is None:
        raise BadPasskey
    add_passkey(
        current_session(),
        account_id=half().account.id,
        site=site,
        challenge=half().row.challenge,
        answer=answer,
        name=gettext("Khóa truy cập"),
        at=held().clock(),
    )


def _enrolled() -> AnyResponse:
    """Let in whoever has enrolled, and show their recovery codes this once."""
    account, session = half().account, current_session()
    try:
        onward = let_in()
    except HalfEnded:
        return redirect(url_for("sign_in.form"))
    codes = new_recovery_codes(session, search=held().ring.search, account_id=account.id)
    page = render_template("moderation/recovery_codes.html", codes=codes, onward=onward)
    response = make_response(page)
    remember(response, account.login)
    session.commit()
    return response


def _again(asked: PortalForm, sentence: str) -> Response:
    """Count the mistake and ask once more."""
    note_wrong(current_session(), token=half_token(), at=held().clock())
    current_session().commit()
    asked.refuse(sentence)
    return _page(asked, 422)


def _offered() -> str:
    """The secret that this browser is offered."""
    return new_secret(held().ring.search, token=half_token(), nonce=half().row.challenge)


def _page(asked: PortalForm, status: int) -> Response:
    """The two ways as a page."""
    account, site = half().account, this_site()
    options = site and creation_options(
        current_session(), account=account, site=site, challenge=half().row.challenge
    )
    page = render_template(
        "moderation/enrol.html",
        form=asked,
        app=offer(_offered(), login=account.login),
        options=options or "",
    )
    return make_response(page, status)
