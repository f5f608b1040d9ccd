"""Ending an account."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.ending import belongings, end_account
from moderation.administering.scope import NotYours
from moderation.administering.succeeding import heirs_of
from moderation.identity.losing import stake_of
from moderation.views.accounts.room import ACCOUNT, bp, draw, finish, number, open_account
from moderation.views.accounts.wording import heirs_line, owned_line, role_at
from moderation.views.here import here


@bp.get(f"/{ACCOUNT}/end")
def ending(account_id: int) -> Response:
    """Show what the account owns and ask once more."""
    account, found = open_account(account_id), here()
    if account.ended_at is not None:
        raise NotYours
    heirs = heirs_of(found.session, by=found.person, account=account, today=found.office.today)
    return draw(
        "end",
        account=account,
        owned=[
            (owned_line(each), each)
            for each in belongings(found.session, by=found.person, account=account)
            if owned_line(each)
        ],
        stake=stake_of(found.session, office=found.office, account_id=account.id),
        heirs=[(role_at(each.role, each.kind, each.place), heirs_line(each)) for each in heirs],
    )


@bp.post(f"/{ACCOUNT}/end")
def end(account_id: int) -> AnyResponse:
    """End the account at once."""
    found = here()
    account = end_account(
        found.session, office=found.office, by=found.person, account_id=number(account_id)
    )
    return finish(gettext("Đã kết thúc tài khoản. Việc đang giữ đã trả về."), account.id)
