"""What went wrong is one clear page, and what is not there is the same page everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from portal.config import Settings
from portal.db import Database
from tests.pages import page_of
from wsgi import create_public_app


def test_every_address_that_is_not_there_is_one_page_byte_for_byte(public_app: Flask) -> None:
    answers = [
        public_app.test_client().get(address)
        for address in ("/khong-co", "/desk/", "/case/1", "/<script>", "/%00", "/gui-y-kien/x")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    assert len({tuple(answer.headers) for answer in answers}) == 1
    assert "csrf" not in answers[0].text
    assert "Set-Cookie" not in answers[0].headers


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 414, 418, 429, 500, 501, 503])
def test_every_error_has_a_page_in_vietnamese(public_app: Flask, code: int) -> None:
    public_app.add_url_rule("/fail", "fail", lambda: abort(code))
    answer = public_app.test_client().get("/fail")
    assert answer.status_code == code
    assert page_of(answer).lang == "vi"
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_accident_is_a_page_without_a_trace(
    public_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise RuntimeError("what the resident typed")

    public_app.add_url_rule("/fail", "fail", fail)
    answer = public_app.test_client().get("/fail")
    assert answer.status_code == 500
    assert "RuntimeError" not in answer.text
    assert "typed" not in answer.text
    assert "Exception on /fail" in caplog.text


def test_a_database_that_is_away_is_a_page_and_one_line_in_the_log(
    public_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise OperationalError("SELECT secret", {"words": "planted"}, Exception("disk is gone"))

    public_app.add_url_rule("/fail", "fail", fail)
    answer = public_app.test_client().get("/fail")
    assert answer.status_code == 503
    assert page_of(answer).h1 == "Cổng đang tạm dừng ít phút"
    assert "The database does not answer: disk is gone." in caplog.text
    assert "planted" not in caplog.text
    assert "Traceback" not in caplog.text


def test_pages_open_while_the_database_file_is_gone(
    public_settings: Settings, database: Database
) -> None:
    app = create_public_app(public_settings)
    path = Path(database.engine.url.database or "")
    app.extensions["portal"].database.engine.dispose()
    path.unlink()
    path.mkdir()
    client: FlaskClient = app.test_client()
    for address in ("/", "/gui-y-kien", "/tra-cuu", "/huong-dan", "/khong-co", "/healthz"):
        assert client.get(address).status_code in {200, 404}
    assert client.get("/readyz").status_code == 503
