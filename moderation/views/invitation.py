"""Taking over an account by the link that an administrator handed over.

The code of the link stands behind its "#", which no browser sends: it comes in the body of a
form, so that no log and no history of a server holds it.
"""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField

from moderation.administering.inviting import InvitationOver, accept, invited_account
from moderation.forms.administering import NAME_MOST, TokenForm
from moderation.forms.secret import Secret
from moderation.passwords import Chosen, WeakPassword, choose_password
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
        account = invited_account(reading_session(), token=token, at=at)
        chosen = _chosen(form, account)
        if chosen is None:
            return _accept(form, account, 422)
        name, search = form.name.data, held().ring.search
        session = current_session()
        accept(session, search=search, token=token, name=name, password=chosen, at=at)
    except InvitationOver:
        return _over(TokenForm(formdata=None))
    end()
    flash(gettext("Tài khoản đã sẵn sàng. Xin đăng nhập bằng mật khẩu vừa đặt."), "good")
    session.commit()
    return redirect(url_for("sign_in.form"))


def _chosen(form: AcceptForm, account: Account) -> Chosen | None:
    """The password, when everything is there and it is good and typed twice alike."""
    if not form.validate():
        return None
    if form.password.data != form.again.data:
        form.again.errors = [gettext("Hai lần nhập không giống nhau. Xin nhập lại.")]
        return None
    try:
        return choose_password(form.password.data, login=account.login, name=form.name.data)
    except WeakPassword as error:
        form.password.errors = [str(error)]
        return None


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
