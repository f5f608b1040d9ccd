"""A person's own doors: password, second factors, recovery codes, and where they are signed in.

Whatever opens or closes a door asks for a fresh proof; ending a session does not.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as AnyResponse

from moderation.accounts import is_password_of
from moderation.forms.secret import Secret
from moderation.forms.sessions import SessionForm
from moderation.passwords import Chosen, WeakPassword, choose_password
from moderation.passwords import change_password as change
from moderation.proving import (
    LastFactor,
    NoSuchFactor,
    factors_of,
    new_recovery_codes,
    recovery_left,
    remove_factor,
    rename_factor,
)
from moderation.sessions import end_others as end
from moderation.sessions import sessions_of
from moderation.views.again import needs_fresh_proof
from moderation.views.guesses import knock, passed, seconds
from moderation.views.here import here, look_apart, signed_in
from moderation.views.sessions import browser_here, signed_out_there
from portal.db import LARGEST_ID
from portal.fields import Line, PortalForm
from portal.holding import held
from portal.unit import current_session

bp = Blueprint("safety", __name__, url_prefix="/settings/security")
bp.before_request(signed_in)

NAME_MOST = 60
#: The largest id that a database takes; what is larger is no address.
_FACTOR = f"<int(max={LARGEST_ID}):factor_id>"


class PasswordForm(PortalForm):
    """The password of now, and the new one twice."""

    password = Secret(_("Mật khẩu hiện nay"))
    new_password = Secret(
        _("Mật khẩu mới"), description=_("Ít nhất 12 ký tự. Bốn, năm từ không liên quan là tốt.")
    )
    again = Secret(_("Nhập lại mật khẩu mới"))


class NameForm(PortalForm):
    """Another name for a second factor."""

    name = Line(_("Tên"), most=NAME_MOST, missing=_("Nhập một tên để dễ nhận ra."))


@bp.get("")
def index() -> str:
    """Show the doors to one's own account."""
    found, own = here(), here().person.account_id
    return render_template(
        "moderation/security.html",
        factors=factors_of(found.session, account_id=own),
        left=recovery_left(found.session, account_id=own),
        sessions=sessions_of(found.session, account_id=own, at=found.office.at),
        current=browser_here().live.uid,
        nav="own",
    )


@bp.get("/password")
def password() -> AnyResponse:
    """Ask for a new password."""
    if refused := needs_fresh_proof():
        return refused
    return _password_page(PasswordForm(formdata=None), 200)


@bp.post("/password")
def change_password() -> AnyResponse:
    """Set a new password and end every other session of this person."""
    if refused := needs_fresh_proof():
        return refused
    asked, person = PasswordForm(), here().person
    if not asked.validate():
        return _password_page(asked, 422)
    if wait := knock(person.login):
        asked.refuse(seconds(wait))
        return _password_page(asked, 429)
    chosen = _chosen(asked)
    if chosen is None:
        return _password_page(asked, 422)
    passed(person.login)
    session = current_session()
    change(session, **_own(), password=chosen, keep=browser_here().token)
    flash(gettext("Đã đổi mật khẩu. Các nơi khác đã được đăng xuất."), "good")
    session.commit()
    return redirect(url_for("safety.index"))


@bp.post("/sessions")
def end_others() -> AnyResponse:
    """End one session of this person, or all but this one."""
    session, own, only = current_session(), here().person.account_id, SessionForm().uid
    end(session, **_own(), by_id=own, keep=browser_here().token, only=only)
    flash(gettext("Đã đăng xuất mọi nơi khác.") if only is None else signed_out_there(), "good")
    session.commit()
    return redirect(url_for("safety.index"))


@bp.post("/recovery")
def renew_recovery() -> AnyResponse:
    """Show a new set of recovery codes, this once."""
    if refused := needs_fresh_proof():
        return refused
    session = current_session()
    codes = new_recovery_codes(session, **_own())
    page = render_template(
        "moderation/recovery_codes.html", codes=codes, onward=url_for("safety.index")
    )
    session.commit()
    return make_response(page)


@bp.post(f"/factors/{_FACTOR}/name")
def rename(factor_id: int) -> AnyResponse:
    """Give a second factor another name."""
    asked, own = NameForm(), here().person.account_id
    if not asked.validate():
        flash(str(asked.name.errors[0]), "bad")
        return redirect(url_for("safety.index"))
    try:
        rename_factor(current_session(), account_id=own, factor_id=factor_id, name=asked.name.data)
    except NoSuchFactor:
        return redirect(url_for("safety.index"))
    flash(gettext("Đã đổi tên."), "good")
    current_session().commit()
    return redirect(url_for("safety.index"))


@bp.post(f"/factors/{_FACTOR}/remove")
def remove(factor_id: int) -> AnyResponse:
    """Remove a second factor; the last one stays."""
    if refused := needs_fresh_proof():
        return refused
    session = current_session()
    try:
        removed = remove_factor(session, **_own(), factor_id=factor_id)
        flash(gettext("Đã gỡ: %(name)s.", name=removed.name), "good")
    except LastFactor:
        flash(gettext("Không gỡ được cách xác nhận cuối cùng. Xin thêm cách khác trước."), "bad")
    except NoSuchFactor:
        flash(gettext("Cách xác nhận này đã được gỡ trước đó."), "wait")
    session.commit()
    return redirect(url_for("safety.index"))


class _Own(TypedDict):
    """What every verb about one's own account is handed beside its session."""

    search: bytes
    account_id: int
    at: datetime


def _own() -> _Own:
    """The same for whoever is here."""
    person, at = here().person, held().clock()
    return _Own(search=held().ring.search, account_id=person.account_id, at=at)


def _chosen(asked: PasswordForm) -> Chosen | None:
    """The new password, when the old one is right and the new one good and typed twice alike."""
    person = here().person
    typed = asked.password.data
    if not is_password_of(look_apart(), account_id=person.account_id, password=typed):
        asked.password.errors = [gettext("Mật khẩu không đúng. Xin nhập lại.")]
        return None
    if asked.new_password.data != asked.again.data:
        asked.again.errors = [gettext("Hai lần nhập không giống nhau. Xin nhập lại.")]
        return None
    try:
        return choose_password(asked.new_password.data, login=person.login, name=person.name)
    except WeakPassword as error:
        asked.new_password.errors = [str(error)]
        return None


def _password_page(asked: PasswordForm, status: int) -> Response:
    """The form as a page."""
    page = render_template("moderation/password.html", form=asked, nav="own")
    return make_response(page, status)
