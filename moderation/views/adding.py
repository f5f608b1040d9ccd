"""Adding a second factor to one's own account, beside those that are there."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.proving import (
    BadPasskey,
    WrongCode,
    add_app,
    add_passkey,
    creation_options,
    new_secret,
)
from moderation.sessions import prove_again
from moderation.views.again import needs_fresh_proof
from moderation.views.guesses import knock, passed, seconds
from moderation.views.halfway import this_site
from moderation.views.here import here, signed_in
from moderation.views.offering import offer
from moderation.views.second import CodeForm, PasskeyForm
from moderation.views.sessions import browser_here
from portal.fields import PortalForm
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
    try:
        _add_app(asked.code.data)
    except WrongCode:
        asked.refuse(gettext("Mã không đúng. Xin xem giờ của điện thoại rồi nhập mã mới."))
        return _page(asked, 422)
    return _added()


@bp.post("/passkey")
def enter_by_passkey() -> AnyResponse:
    """Take a passkey that the browser has made."""
    try:
        _add_passkey(PasskeyForm().credential.data or "")
    except BadPasskey:
        asked = CodeForm(formdata=None)
        asked.refuse(gettext("Khóa truy cập chưa tạo được. Xin thử lại hoặc dùng ứng dụng tạo mã."))
        return _page(asked, 422)
    return _added()


def _add_app(code: str) -> None:
    """Take the app that was offered."""
    add_app(
        current_session(),
        search=held().ring.search,
        account_id=here().person.account_id,
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
        account_id=here().person.account_id,
        site=site,
        challenge=browser_here().live.row.challenge,
        answer=answer,
        name=gettext("Khóa truy cập"),
        at=held().clock(),
    )


def _added() -> AnyResponse:
    """Say so. What was offered and asked for is used up."""
    passed(here().person.login)
    prove_again(current_session(), token=browser_here().token, at=held().clock())
    flash(gettext("Đã thêm. Xin đặt tên để dễ nhận ra."), "good")
    current_session().commit()
    return redirect(url_for("safety.index"))


def _offered() -> str:
    """The secret that this browser is offered until something was added."""
    browser = browser_here()
    return new_secret(held().ring.search, token=browser.token, nonce=browser.live.row.challenge)


def _page(asked: PortalForm, status: int) -> Response:
    """The two ways as a page."""
    account, site = browser_here().live.account, this_site()
    options = site and creation_options(
        current_session(),
        account=account,
        site=site,
        challenge=browser_here().live.row.challenge,
    )
    page = render_template(
        "moderation/add_factor.html",
        form=asked,
        app=offer(_offered(), login=account.login),
        options=options or "",
        nav="own",
    )
    return make_response(page, status)
