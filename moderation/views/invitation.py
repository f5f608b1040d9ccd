"""Taking over an account by the link that an administrator handed over.

The code of the link stands behind its "#", which no browser sends: it comes in the body of a
form, so that no log and no history of a server holds it.
"""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField

from moderation.administering.inviting import InvitationOver, accept, invited_account
from moderation.forms.administering import NAME_MOST, TokenForm
from moderation.forms.secret import Secret
from moderation.passwords import WeakPassword
from moderation.views.sessions import end
from portal.fields import Line, PortalForm
from portal.holding import held
from portal.models import Account
from portal.unit import current_session, reading_session

bp = Blueprint("invitation", __name__, url_prefix="/invitation")


class AcceptForm(PortalForm):
    """Name and password of whoever takes over an account."""

    token = HiddenField()
    name = Line(
        _("Họ và tên"),
        most=NAME_MOST,
        missing=_("Xin ghi họ và tên."),
        description=_("Đồng nghiệp sẽ thấy tên này."),
    )
    password = Secret(
        _("Mật khẩu mới"), description=_("Ít nhất 12 ký tự. Bốn, năm từ không liên quan là tốt.")
    )
    again = Secret(_("Nhập lại mật khẩu"))


@bp.get("")
def ask() -> Response:
    """Ask for the code of the link; where scripts run it is there already."""
    return _ask(TokenForm(formdata=None))


@bp.post("")
def show() -> Response:
    """Ask whoever has a good code for their name and a password."""
    form = TokenForm()
    if not form.validate():
        return _ask(form, 422)
    try:
        account = invited_account(reading_session(), token=form.token.data, at=held().clock())
    except InvitationOver:
        return _over(form)
    typed = AcceptForm(formdata=None, token=form.token.data, name=account.name)
    return _accept(typed, account)


@bp.post("/accept")
def take_over() -> AnyResponse:
    """Set the name and the password; from now on the account is theirs."""
    form = AcceptForm()
    token, at = form.token.data or "", held().clock()
    try:
        account = invited_account(current_session(), token=token, at=at)
        if not _whole(form):
            return _accept(form, account, 422)
        _take(form, token, at)
    except InvitationOver:
        return _over(TokenForm(formdata=None))
    except WeakPassword as error:
        current_session().rollback()
        form.password.errors = [str(error)]
        return _accept(form, account, 422)
    end()
    flash(gettext("Tài khoản đã sẵn sàng. Xin đăng nhập bằng mật khẩu vừa đặt."), "good")
    current_session().commit()
    return redirect(url_for("sign_in.form"))


def _take(form: AcceptForm, token: str, at: datetime) -> None:
    """Let the verb take the account over."""
    name, password = form.name.data, form.password.data
    search = held().ring.search
    accept(current_session(), search=search, token=token, name=name, password=password, at=at)


def _whole(form: AcceptForm) -> bool:
    """Whether everything is there and the password was typed twice alike."""
    if not form.validate():
        return False
    if form.password.data != form.again.data:
        form.again.errors = [gettext("Hai lần nhập không giống nhau. Xin nhập lại.")]
        return False
    return True


def _over(form: TokenForm) -> Response:
    """Say that the code opens nothing, whatever the reason is."""
    form.refuse(gettext("Mã mời không dùng được nữa. Xin người quản trị cấp liên kết mới."))
    return _ask(form, 422)


def _ask(form: TokenForm, status: int = 200) -> Response:
    """The page that asks for the code."""
    return make_response(render_template("moderation/invitation.html", form=form), status)


def _accept(form: AcceptForm, account: Account, status: int = 200) -> Response:
    """The page that asks for name and password."""
    page = render_template("moderation/accept.html", form=form, login=account.login)
    return make_response(page, status)
