"""Ending an account."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.ending import belongings, end_account
from moderation.administering.reading import only_holder_of
from moderation.administering.scope import NotYours
from moderation.views.accounts.room import ACCOUNT, bp, draw, finish, number, open_account
from moderation.views.accounts.wording import owned_line, role_at
from moderation.views.here import here


@bp.get(f"/{ACCOUNT}/end")
def ending(account_id: int) -> Response:
    """Show what the account owns and ask once more."""
    account, found = open_account(account_id), here()
    if account.ended_at is not None:
        raise NotYours
    alone = only_holder_of(found.session, account_id=account.id, today=found.office.today)
    return draw(
        "end",
        account=account,
        owned=[
            (owned_line(each), each)
            for each in belongings(found.session, by=found.person, account=account)
            if owned_line(each)
        ],
        alone=[role_at(role, None, place) for role, place in alone],
    )


@bp.post(f"/{ACCOUNT}/end")
def end(account_id: int) -> AnyResponse:
    """End the account at once."""
    found = here()
    account = end_account(
        found.session, office=found.office, by=found.person, account_id=number(account_id)
    )
    return finish(gettext("Đã kết thúc tài khoản. Việc đang giữ đã trả về."), account.id)
