"""A resident at a browser: fills in forms as the pages offer them, and reads what comes back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages import Page, page_of

FORM = "/gui-y-kien"
TRACK = "/tra-cuu"
ABOUT = "Ông Nông Văn Bách, đảng viên ở khối 7"
WHAT = "Mấy tháng nay ông Bách để vật liệu xây dựng lấn hết vỉa hè trước số nhà 15."
_GROUP = re.compile(r"<li>([0-9A-HJKMNP-TV-Z]{4})</li>")


@dataclass
class Resident:
    """One person with one browser. ``answer`` is the newest response, ``page`` its page."""

    browser: FlaskClient
    answer: TestResponse = field(init=False)

    @property
    def page(self) -> Page:
        """The page on the screen."""
        return page_of(self.answer)

    @property
    def code(self) -> str:
        """The code on the receipt."""
        groups = _GROUP.findall(self.answer.text)
        assert len(groups) == 5, self.page.text
        return "-".join(groups)

    def open(self, address: str) -> Page:
        """Go to an address."""
        self.answer = self.browser.get(address)
        return self.page

    def post(self, address: str, **fields: str) -> Page:
        """Send fields."""
        self.answer = self.browser.post(address, data=fields)
        return self.page

    def write(self, about: str = ABOUT, what: str = WHAT, **more: str) -> Page:
        """Open the form, fill it in and ask for the preview."""
        fields = self.open(FORM).fields | {"about": about, "what": what} | more
        return self.post(FORM, **fields | {"step": "preview"})

    def press(self, step: str, **more: str) -> Page:
        """Send the form on the screen with one of its buttons."""
        page = self.page
        return self.post(page.action, **page.fields | more | {"step": step})

    def send(self, about: str = ABOUT, what: str = WHAT, **more: str) -> str:
        """Go all the way to the receipt and return the code."""
        self.write(about, what, **more)
        self.press("send", consent="y")
        assert self.answer.status_code == 200, self.page.text
        return self.code

    def track(self, code: str, step: str = "look", **more: str) -> Page:
        """Open a submission with its code, or do something with it."""
        token = self.open(TRACK).fields["csrf_token"]
        return self.post(TRACK, csrf_token=token, code=code, step=step, **more)
