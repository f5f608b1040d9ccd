"""Somebody of the staff in front of one case: reads its pages and sends its forms."""

from __future__ import annotations

from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages import Page, page_of


@dataclass
class Staffer:
    """A browser, the room it looks into, and the case."""

    client: FlaskClient
    room: str
    number: int

    @property
    def address(self) -> str:
        """The page of the case."""
        return f"/{self.room}/{self.number}"

    def get(self, path: str = "") -> TestResponse:
        """Ask for the page of the case or one of its forms."""
        return self.client.get(f"{self.address}/{path}" if path else self.address)

    def page(self, path: str = "") -> Page:
        """A page that must be there."""
        response = self.get(path)
        assert response.status_code == 200, response.status_code
        return page_of(response)

    def marks(self, path: str = "") -> dict[str, str]:
        """The token and the version that the forms of the case carry now: those of its page or,
        where it has none, of the page of this form.
        """
        fields = self.page().fields
        if "version" not in fields and path and self.get(path).status_code == 200:
            fields = self.page(path).fields
        if "version" in fields:
            return {name: fields[name] for name in ("csrf_token", "version")}
        return {"csrf_token": fields["csrf_token"], "version": "1"}

    def send(self, path: str, **fields: str) -> TestResponse:
        """Send a form as the page of this moment would."""
        return self.client.post(f"{self.address}/{path}", data=self.marks(path) | fields)

    def do(self, path: str, **fields: str) -> Page:
        """Send a form that must be taken, and read the page that follows."""
        response = self.send(path, **fields)
        assert response.status_code == 302, page_of(response).text
        return page_of(self.client.get(response.location))
