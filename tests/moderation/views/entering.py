"""Taking the steps of signing in one by one, as a browser does."""

from __future__ import annotations

from dataclasses import dataclass

from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from moderation.accounts import hash_password
from portal.models import Account
from tests import telephones
from tests.moderation.ward import Ward
from tests.pages import page_of

PASSWORD = "Suối Đồng Kỳ 1979"
_STORED = hash_password(PASSWORD)


def give_passwords(ward: Ward) -> None:
    """Give everybody in the ward the same password."""
    with ward.database.writing() as session:
        session.execute(update(Account).values(password_hash=_STORED))


def code_of(ward: Ward, login: str) -> str:
    """What somebody's telephone shows, also right after its last code was taken."""
    return telephones.shown(ward.database, ward.ring.search, login, at=ward.at)


def account_of(ward: Ward, login: str) -> Account:
    """The row of an account."""
    with ward.database.reading() as session:
        return session.scalars(select(Account).where(Account.login == login)).one()


@dataclass
class Entrant:
    """Somebody at the door with a browser."""

    client: FlaskClient
    login: str = "hoa"

    def post(self, address: str, *, page: str = "", **fields: str) -> TestResponse:
        """Send a form of a page."""
        token = page_of(self.client.get(page or address)).fields["csrf_token"]
        return self.client.post(address, data={"csrf_token": token, **fields})

    def password(self, password: str = PASSWORD, **more: str) -> TestResponse:
        """Take the first step."""
        return self.post("/sign-in", login=self.login, password=password, **more)

    def code(self, code: str) -> TestResponse:
        """Take the second step with a one-time code."""
        return self.post("/sign-in/second", code=code)

    def is_in(self) -> bool:
        """Whether pages open."""
        return self.client.get("/settings/").status_code == 200
