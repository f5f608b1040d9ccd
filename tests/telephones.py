"""The telephones of the people in tests: an app for each account, and the code it shows."""

from __future__ import annotations

from datetime import datetime

from pyotp import random_base32
from sqlalchemy import select, update

from moderation.proving import code_now, store_app
from portal.db import Database
from portal.models import Account, SecondFactor


def hand_out(database: Database, search: bytes, *, at: datetime) -> None:
    """Give an app to every account that has no second factor."""
    with database.writing() as session:
        without = select(Account.id).where(~Account.id.in_(select(SecondFactor.account_id)))
        for account_id in session.scalars(without).all():
            store_app(
                session,
                search=search,
                account_id=account_id,
                secret=random_base32(),
                name="Điện thoại",
                at=at,
            )


def shown(database: Database, search: bytes, login: str, *, at: datetime) -> str:
    """The code of this moment. Codes taken before are forgotten, so that tests need not wait."""
    with database.writing() as session:
        account_id = session.scalars(select(Account.id).where(Account.login == login)).one()
        session.execute(
            update(SecondFactor).where(SecondFactor.account_id == account_id).values(last_step=None)
        )
        return code_now(session, search=search, account_id=account_id, at=at)
