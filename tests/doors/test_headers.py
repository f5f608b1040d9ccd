"""Every page of both rooms, found, refused or broken, carries the same guard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.http import dump_cookie
from werkzeug.test import TestResponse

from portal.config import Settings
from portal.site import BODY_BYTES
from tests.doors.test_routes import PUBLIC, STAFF
from tests.moderation.conftest import StaffClient
from tests.moderation.quarantining.test_quarantining import flood
from tests.moderation.ward import Ward
from wsgi import create_public_app, create_staff_app

ALWAYS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: What goes wrong in different ways: nothing there, no such method, broken, too long.
WRONG: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("GET", "/khong-co", {}),
    ("GET", "/%00", {}),
    ("DELETE", "/", {}),
    ("POST", "/healthz", {}),
    ("POST", "/", {"data": b"a" * 10}),
    ("GET", "/static/nothing.css", {}),
)


def guarded(answer: TestResponse, *, secure: bool = False) -> None:
    """Assert that an answer carries every header once, and no cookie that could leak."""
    for name, value in ALWAYS.items():
        assert answer.headers.getlist(name) == [value], (answer.request.path, name)
    assert ("Strict-Transport-Security" in answer.headers) is secure
    assert "Server" not in answer.headers
    kept = answer.headers["Cache-Control"]
    assert (
        kept in {"no-store", "private, no-cache"}
        or "immutable" in kept
        or "static" in (answer.request.path)
    )
    for cookie in answer.headers.getlist("Set-Cookie"):
        kind = {part.strip().partition("=")[0].lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "samesite", "path"} <= kind, cookie
        assert ("secure" in kind) is secure, cookie
        assert "domain" not in kind, cookie
        session = "portal_" in cookie.partition("=")[0]
        assert cookie.startswith("__Host-") is (secure and session), cookie


def visit(browser: FlaskClient, method: str, path: str, **more: Any) -> TestResponse:
    """Ask as plainly as any program can."""
    return FlaskClient.open(browser, path, method=method, **more)


def paths(rows: dict[str, tuple[str, str, str]], number: str) -> Iterator[str]:
    """The pages of a room, with this in place of every argument."""
    return (path.replace("N", number) for method, path, _access in rows.values() if method == "GET")


@pytest.mark.parametrize("secure", [False, True])
def test_every_page_of_the_public_room_is_guarded(public_settings: Settings, secure: bool) -> None:
    app = create_public_app(replace(public_settings, secure_cookies=secure))
    browser, base = app.test_client(), "https://localhost" if secure else "http://localhost"
    visit(browser, "GET", "/gui-y-kien?lang=en", base_url=base)
    for path in paths(PUBLIC, "1"):
        for language in ("", "?lang=en"):
            guarded(visit(browser, "GET", path + language, base_url=base), secure=secure)
    for method, path, more in WRONG:
        guarded(visit(browser, method, path, base_url=base, **more), secure=secure)
    too_long = {"CONTENT_LENGTH": str(BODY_BYTES + 1), "wsgi.input_terminated": True}
    answer = visit(browser, "POST", "/gui-y-kien", base_url=base, environ_overrides=too_long)
    guarded(answer, secure=secure)
    app.extensions["portal"].database.engine.dispose()


@pytest.mark.parametrize("login", [None, "hoa", "thanh", "auditor"])
def test_every_page_of_the_staff_room_is_guarded(
    ward: Ward, staff_client: StaffClient, login: str | None
) -> None:
    (number,) = flood(ward, 0)
    browser = staff_client(login)
    for path in paths(STAFF, str(number)):
        guarded(visit(browser, "GET", path))
    for method, path, more in WRONG:
        guarded(visit(browser, method, path, **more))


def test_the_staff_room_is_guarded_on_https(ward: Ward, staff_app: Flask) -> None:
    settings: Settings = staff_app.extensions["portal"].settings
    app = create_staff_app(replace(settings, secure_cookies=True), clock=lambda: ward.at)
    for path in ("/sign-in", "/desk/", "/khong-co"):
        guarded(visit(app.test_client(), "GET", path, base_url="https://localhost"), secure=True)
    app.extensions["portal"].database.engine.dispose()


def test_nothing_a_visitor_sends_becomes_a_header(public_app: Flask) -> None:
    browser = public_app.test_client()
    bad = "x\r\nSet-Cookie: a=b\r\n"
    for path in ("/gui-y-kien", "/huong-dan", "/khong-co"):
        for query in ({"noi": bad}, {"lang": bad}, {bad: "1"}):
            answer = visit(browser, "GET", path, query_string=query)
            assert all("a=b" not in value for _name, value in answer.headers)
            guarded(answer)
    browser.set_cookie("portal_lang", dump_cookie("a", "b"))
    guarded(visit(browser, "GET", "/huong-dan"))
