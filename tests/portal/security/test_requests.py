"""Bodies are bounded before they are parsed, whatever was said of their length."""

from __future__ import annotations

import io
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal.config import Settings
from portal.db import Database
from portal.models import Submission
from portal.security import Sources
from portal.security.requests import fields_of
from portal.site import BODY_BYTES
from tests.clocks import START
from tests.portal.residents import Resident
from wsgi import create_public_app

PLAIN = "application/x-www-form-urlencoded"
PIECES = [
    *(b"%", b"=", b"&", b"+", b"a", b"F", b"0", b"3D", b"_", b" ", b".", b"\n", b"\r"),
    *(b"%E1%BA%A1", b"%E1%BA", b"%26", b"%3d", b"\xe1", b"%0A", b"%%"),
]


@given(st.binary() | st.lists(st.sampled_from(PIECES), max_size=14).map(b"".join))
def test_a_form_is_read_as_the_library_reads_it(raw: bytes) -> None:
    assert fields_of(raw, 100) == parse_qsl(
        raw.decode(errors="replace"), keep_blank_values=True, errors="replace"
    )


@pytest.mark.parametrize("raw", [b"a=1&b=2", b"a=1&b=\n"])
def test_a_form_with_too_many_fields_is_refused(raw: bytes) -> None:
    assert len(fields_of(raw, 2)) == 2
    with pytest.raises(ValueError, match="fields"):
        fields_of(raw, 1)


def test_a_body_that_never_ends_is_cut_off_with_a_page(public_client: FlaskClient) -> None:
    answer = _post(public_client, b"about=" + b"a" * (BODY_BYTES + 10))
    assert answer.status_code == 413
    assert "<h1" in answer.text


def test_a_body_without_a_length_is_read_when_it_is_short(public_client: FlaskClient) -> None:
    assert _post(public_client, b"about=a&step=preview").status_code == 400


def test_half_a_letter_is_never_taken_for_a_letter(
    public_client: FlaskClient, database: Database
) -> None:
    resident = Resident(public_client)
    resident.write()
    fields = resident.page.fields | {"step": "send", "consent": "y"}
    body = "&".join(f"{name}={value}" for name, value in fields.items()).encode()
    answer = _post(public_client, body, CONTENT_LENGTH=str(len(body) + 100))
    assert answer.status_code == 400
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 0


def test_files_where_none_are_asked_for_are_not_even_read(public_client: FlaskClient) -> None:
    boundary = b"--x\r\n"
    answer = public_client.post(
        "/gui-y-kien", data=boundary * 9, content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/gui-y-kien", "/tra-cuu"])
@pytest.mark.parametrize("body", ["[1]", "5", '"x"', "null", '{"about": ["a", {}]}', '{"a":'])
def test_what_is_no_form_is_never_read_as_one(
    public_client: FlaskClient, path: str, body: str
) -> None:
    answer = public_client.post(path, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert "<h1" in answer.text


@pytest.mark.parametrize(
    ("proxies", "sent", "seen"),
    [
        (0, "198.51.100.1", "203.0.113.7"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        (2, "192.0.2.66, 198.51.100.1, 198.51.100.2", "198.51.100.1"),
        (2, "198.51.100.2", "203.0.113.7"),
    ],
)
def test_only_as_many_proxies_are_believed_as_were_named(
    public_settings: Settings, proxies: int, sent: str, seen: str
) -> None:
    app = _app(public_settings, proxies)
    marks = app.extensions["portal"].sources
    heard: list[bytes] = []
    judge = app.extensions["portal"].arrivals.judge

    def listen(**told: object) -> object:
        heard.append(told["source"])  # type: ignore[arg-type]
        return judge(**told)

    object.__setattr__(app.extensions["portal"].arrivals, "judge", listen)
    browser = app.test_client()
    browser.environ_base |= {"REMOTE_ADDR": "203.0.113.7", "HTTP_X_FORWARDED_FOR": sent}
    Resident(browser).send()
    assert heard == [marks.mark(seen, START)]
    app.extensions["portal"].database.engine.dispose()


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_forged_scheme_or_prefix_changes_no_page(public_settings: Settings, proxies: int) -> None:
    app = _app(public_settings, proxies)
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/evil"}
    plain = app.test_client().get("/huong-dan")
    forged = app.test_client().get("/huong-dan", headers=headers)
    assert "evil" not in forged.text
    assert forged.data == plain.data
    app.extensions["portal"].database.engine.dispose()


def test_marks_of_sources_are_no_addresses() -> None:
    assert b"203.0.113.7" not in Sources().mark("203.0.113.7", START)


def _app(settings: Settings, proxies: int) -> Flask:
    """The public site behind so many proxies."""
    values = {**vars(settings), "trusted_proxies": proxies}
    return create_public_app(Settings(**values), clock=lambda: START)


def _post(browser: FlaskClient, body: bytes, **more: str) -> TestResponse:
    """Send a body as the server hands on one of no announced length."""
    return browser.open(
        "/gui-y-kien",
        method="POST",
        environ_overrides={
            "wsgi.input": io.BytesIO(body),
            "wsgi.input_terminated": True,
            "CONTENT_TYPE": PLAIN,
            "CONTENT_LENGTH": "",
            **({} if more else {"HTTP_TRANSFER_ENCODING": "chunked"}),
            **more,
        },
    )
