"""Pages as a reader has them, and a client that looks at every page it is given."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}[ -]?){5}")
#: What a browser asks for by itself, or sends something to, because of a tag.
ASKED = {"link": "href", "script": "src", "img": "src", "form": "action"}
#: What residents send may be handed out as these, and can do nothing there.
FILES = frozenset({"image/jpeg", "image/png", "application/pdf"})
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path"})
HEADINGS = ("h1", "h2", "h3")


@dataclass
class Page(HTMLParser):
    """What stands on a page: its title, headings, fields, forms and the words of it all."""

    html: str
    title: str = ""
    lang: str = ""
    action: str = ""
    words: list[str] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    pointed_at: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    forms: list[dict[str, str]] = field(default_factory=list)
    ticked: set[tuple[str, str]] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._area = ""
        self._select = ""
        self.feed(self.html)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    @property
    def text(self) -> str:
        """All words of the page, in order."""
        return " ".join(" ".join(self.words).split())

    @property
    def h1(self) -> str:
        """The one main heading."""
        found = [text for tag, text in self.headings if tag == "h1"]
        assert len(found) == 1, found
        return found[0].strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one tag."""
        found = {name: value or "" for name, value in attrs}
        assert len(found) == len(attrs), f"an attribute twice: {tag} {attrs}"
        if tag not in VOID:
            self._open.append(tag)
        self._note(tag, found)
        self.lang = found.get("lang", self.lang) if tag == "html" else self.lang
        if tag in HEADINGS:
            self.headings.append((tag, ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself, as inside a drawing."""

    def handle_endtag(self, tag: str) -> None:
        """Close one tag; it must be the one that was opened last."""
        assert self._open, f"{tag} closes nothing"
        assert self._open.pop() == tag
        if tag == "textarea":
            self._area = ""
        if tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        """Note what is written."""
        if "title" in self._open:
            self.title += data
        if self._area:
            self._put(self._area, data.removeprefix("\n"))
            return
        self.words.append(data)
        if self.headings and any(tag in HEADINGS for tag in self._open):
            tag, text = self.headings[-1]
            self.headings[-1] = (tag, text + data)

    def _note(self, tag: str, found: dict[str, str]) -> None:
        if "id" in found:
            self.ids.append(found["id"])
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.pointed_at += found.get(name, "").split()
        if tag in ASKED and ASKED[tag] in found:
            self.asked.append(found[ASKED[tag]])
        if tag == "form":
            self.action = found["action"]
            self.forms.append({})
        elif tag == "input":
            self._note_input(found)
        elif tag == "textarea":
            self._area = found.get("name", "?")
            self._put(self._area, "")
        elif tag == "select":
            self._select = found["name"]
            self._put(self._select, "")
        elif tag == "option" and "selected" in found:
            self._put(self._select, found["value"])

    def _note_input(self, found: dict[str, str]) -> None:
        if found["type"] in {"radio", "checkbox"}:
            if "checked" not in found:
                return
            self.ticked.add((found["name"], found["value"]))
        self._put(found["name"], found.get("value", ""))

    def _put(self, name: str, value: str) -> None:
        self.fields[name] = value
        if self.forms:
            self.forms[-1][name] = value


class CheckingClient(FlaskClient):
    """Looks at every page it fetches, as a careful reader and a strict browser would."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request and check what comes back."""
        response = super().open(*args, **kwargs)
        check_headers(response)
        if response.mimetype == "text/html" and response.data:
            check_page(response)
        return response


def check_headers(response: TestResponse) -> None:
    """Every response is guarded."""
    headers = response.headers
    (policy,) = headers.getlist("Content-Security-Policy")
    if "Content-Disposition" in headers and response.mimetype in FILES:
        assert policy == "default-src 'none'; sandbox"
    else:
        assert policy.startswith("default-src 'none'; style-src 'self'")
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"]
    assert not CODE.search(headers.get("Location", ""))
    for cookie in headers.getlist("Set-Cookie"):
        assert "SameSite" in cookie or "Max-Age=0" in cookie


def check_page(response: TestResponse) -> None:
    """Every page is whole, points only at what is there, and asks nobody else for anything."""
    page = _read(response.text)
    assert page.h1
    assert page.lang in {"vi", "en"}
    assert not CODE.search(page.title)
    assert len(page.ids) == len(set(page.ids)), "an id twice"
    assert set(page.pointed_at) <= set(page.ids), set(page.pointed_at) - set(page.ids)
    assert all(re.match("/[^/]", address) for address in page.asked), page.asked
    assert " style=" not in response.text
    assert "None" not in page.text
    assert "Traceback" not in page.text


def page_of(response: TestResponse) -> Page:
    """The page of a response, whose fields are whoever asks' to change."""
    page = copy(_read(response.text))
    page.fields, page.ticked = dict(page.fields), set(page.ticked)
    page.forms = [dict(each) for each in page.forms]
    return page


@lru_cache(maxsize=4)
def _read(html: str) -> Page:
    """Read a page once: it was looked at when it came, and is mostly asked for then."""
    return Page(html)
