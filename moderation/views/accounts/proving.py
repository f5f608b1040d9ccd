"""The sessions of an account, and its second factor."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.requesting import AlreadyAsked, Wish, ask
from moderation.forms.administering import ReasonForm
from moderation.forms.sessions import SessionForm
from moderation.sessions import end_others
from moderation.views.accounts.room import ACCOUNT, bp, draw, finish, open_account
from moderation.views.here import here
from moderation.views.sessions import signed_out_there
from portal.models import Account
from portal.models.administration import RequestKind


@bp.post(f"/{ACCOUNT}/sessions")
def sign_out(account_id: int) -> AnyResponse:
    """End one session of the account, or every one; the next page there is the sign-in page."""
    account, found, only = open_account(account_id), here(), SessionForm().uid
    end_others(
        found.session,
        search=found.office.ring.search,
        account_id=account.id,
        by_id=found.person.account_id,
        at=found.office.at,
        only=only,
    )
    sentence = gettext("Đã đăng xuất mọi nơi.") if only is None else signed_out_there()
    return finish(sentence, account.id)


@bp.get(f"/{ACCOUNT}/reset")
def resetting(account_id: int) -> Response:
    """Ask why the second factor should be reset."""
    return _page(open_account(account_id), ReasonForm(formdata=None))


@bp.post(f"/{ACCOUNT}/reset")
def reset(account_id: int) -> AnyResponse:
    """Ask a second administrator to reset the second factor."""
    account, form, found = open_account(account_id), ReasonForm(), here()
    if not form.validate():
        return _page(account, form, 422)
    wish = Wish(kind=RequestKind.RESET_FACTOR, reason=form.reason.data)
    try:
        ask(found.session, office=found.office, by=found.person, account=account, wish=wish)
    except AlreadyAsked:
        form.refuse(gettext("Việc này đang chờ người thứ hai xác nhận."))
        return _page(account, form, 422)
    return finish(gettext("Đã ghi đề nghị. Một người quản trị khác cần xác nhận."), account.id)


def _page(account: Account, form: ReasonForm, status: int = 200) -> Response:
    """The form as a page."""
    return draw("reset", status=status, account=account, form=form)
