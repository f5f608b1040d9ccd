"""A person's screen: a page in an empty profile, watched for whatever goes wrong on its pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
)

PHONE, DESK = 360, 1280
HEIGHT = 800


@dataclass
class Screen:
    """One window on one site. ``troubles`` is empty while everything is as it should be."""

    context: BrowserContext
    page: Page
    address: str
    app: Flask
    troubles: list[str] = field(default_factory=list)
    status: int = 0

    def __post_init__(self) -> None:
        """Watch the page from its first request on."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("dialog", lambda dialog: self.troubles.append(f"dialog: {dialog.message}"))

    def open(self, path: str) -> None:
        """Go to an address of the site."""
        self.page.goto(self.address + path)

    def press(self, selector: str) -> None:
        """Press a button that sends a form or a link that leads on, and wait for the page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def put(self, **fields: str) -> None:
        """Type into fields by their id; an underscore stands for a dash."""
        for name, text in fields.items():
            self.page.fill(f"#{name}", text)

    def tick(self, name: str, value: str = "y") -> None:
        """Tick a box or choose an answer, by its label as people do."""
        found = self.page.locator(f'input[name="{name}"][value="{value}"]')
        self.page.locator(f'label[for="{found.get_attribute("id")}"]').first.click(
            position={"x": 3, "y": 3}
        )

    def see(self, selector: str, *, has_text: str | None = None) -> Locator:
        """Whatever a selector finds."""
        return self.page.locator(selector, has_text=has_text)

    @property
    def h1(self) -> str:
        """The main heading."""
        return self.page.locator("h1").inner_text()

    @property
    def text(self) -> str:
        """The words on the page, as they can be seen."""
        return self.page.locator("body").inner_text()

    def _heard(self, message: ConsoleMessage) -> None:
        # A page that is an error is reported by the browser too; that is what was asked for.
        if message.type in {"error", "warning"} and "the server responded with" not in message.text:
            self.troubles.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(f"{self.address}/"):
            self.troubles.append(f"asks somebody else: {request.url}")
        if urlsplit(request.url).path != "/favicon.ico":
            return
        self.troubles.append("no icon is named")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.status = response.status
        elif response.status >= 400:
            self.troubles.append(f"{response.status}: {response.url}")
