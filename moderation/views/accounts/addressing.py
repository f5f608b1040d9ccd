"""Setting where somebody of the staff is reached at work."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.addressing import set_address
from moderation.forms.administering import AddressForm
from moderation.views.accounts.room import ACCOUNT, bp, draw, finish, number, open_account
from moderation.views.here import here


@bp.get(f"/{ACCOUNT}/address")
def address(account_id: int) -> Response:
    """Ask for the address."""
    account = open_account(account_id)
    form = AddressForm(formdata=None, data={"address": account.mail})
    return draw("address", account=account, form=form)


@bp.post(f"/{ACCOUNT}/address")
def change_address(account_id: int) -> AnyResponse:
    """Write it down; the owner has to confirm it."""
    account, form, found = open_account(account_id), AddressForm(), here()
    if not form.validate():
        return draw("address", status=422, account=account, form=form)
    set_address(
        found.session,
        office=found.office,
        by=found.person,
        account_id=number(account_id),
        address=form.address.data,
    )
    return finish(gettext("Đã ghi địa chỉ. Chủ tài khoản cần xác nhận."), account.id)
