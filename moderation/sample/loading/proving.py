"""The second factors of the sample's people, who have no telephones.

Each secret is random in every installation, and a command prints the code that is due.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from pyotp import random_base32
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.accounts import login_of
from moderation.proving import WrongCode, code_now, store_app
from moderation.sample.loading.marking import is_loaded
from portal.models import Account

_APP = "Ứng dụng tạo mã"


class NoCode(Exception):
    """No code can be printed; the message says why in one sentence."""


def give_apps(session: Session, *, search: bytes, logins: Collection[str] | None = None) -> None:
    """Give an app to every account of the sample, or to those with these logins."""
    accounts = select(Account).order_by(Account.id)
    if logins is not None:
        accounts = accounts.where(Account.login.in_(logins))
    for account in session.scalars(accounts):
        store_app(
            session,
            search=search,
            account_id=account.id,
            secret=random_base32(),
            name=_APP,
            at=account.created_at,
        )


def one_time_code(session: Session, *, search: bytes, login: str, at: datetime) -> str:
    """The code that the app of a sample account would show.

    Raises NoCode while the sample is not loaded: a real account's code is on its owner's
    telephone and nowhere else.
    """
    if not is_loaded(session):
        raise NoCode("There is no sample data in this database: no code is printed.")
    found = session.scalars(select(Account.id).where(Account.login == login_of(login))).first()
    if found is None:
        raise NoCode(f"There is no account {login!r} in the sample data.")
    try:
        return code_now(session, search=search, account_id=found, at=at)
    except WrongCode:
        raise NoCode(
            "The account has no app, or its codes were just used: try again in 30 seconds."
        ) from None
